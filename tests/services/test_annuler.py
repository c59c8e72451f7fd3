"""Every change can be taken back and made again: the dossier then holds what it held, table by table.

A use case that is not classified here makes a test fail: nobody adds a change that cannot be undone without saying why.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mps_desktop import services
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.models.base import Base
from mps_desktop.services.calendrier import CalendrierStore
from mps_desktop.services.coffre import Coffre
from mps_desktop.services.edit_calendrier import EditCalendrier
from mps_desktop.services.entretiens import Entretiens, Feuille
from mps_desktop.services.identite import Identites
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import FavoriRecord, ProfilRecord
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import AvisRecord, DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.services.conftest import TODAY

UNDOABLE = {"save_profil", "import_roster", "save_calendrier"}
TAKES_BACK = {"undo_import", "redo_import", "put_back_calendrier"}
NO_UNDO = {
    "apply_profils": "command line only, in a dossier made for one run",
    "remember_columns": "a habit of the program, no data of the dossier",
    "choose_voeux": "the same; chosen again in the same list",
    "sauvegarde_du_jour": "makes a backup",
    "sauvegarder": "makes a backup",
    "changer_mot_de_passe": "would bring a password back that somebody wanted gone",
    "prendre_cle_secours": "shown once",
    "nouvelle_cle_secours": "the former key must not open again",
    "imprimer_cle": "writes a document",
    "export_suivi": "writes a document",
    "exporter_eleve": "writes a document",
    "export_report": "writes a document",
    "renew": "opens again",
    "close": "closes",
}


def refused(work: Callable[[], object]) -> None:
    with pytest.raises(EnvironmentFault):
        work()


READS: dict[str, Callable[[DossierSession, int, Path], object]] = {
    "list_eleves": lambda s, _e, _f: s.list_eleves("TG7"),
    "load_eleve": lambda s, e, _f: s.load_eleve(e),
    "compute_suggestions": lambda s, e, _f: s.compute_suggestions(e, 3),
    "explain_suggestion": lambda s, e, _f: s.explain_suggestion(e, s.compute_suggestions(e, 1).lignes[0].formation_id),
    "compare_hypothese": lambda s, e, _f: s.compare_hypothese(e, replace(PROFIL, moyenne=8.0)),
    "list_specialites_simulees": lambda s, _e, _f: s.list_specialites_simulees(),
    "simulate_specialites": lambda s, _e, _f: s.simulate_specialites(
        tuple(option.code for option in s.list_specialites_simulees()[:2])
    ),
    "load_equilibre": lambda s, e, _f: s.load_equilibre(e),
    "list_voeux_possibles": lambda s, e, _f: s.list_voeux_possibles(e, "fl490030", None),
    "load_fiche": lambda s, e, _f: s.load_fiche("formation", "fl490030", e),
    "sommaire_fiches": lambda s, _e, _f: s.sommaire_fiches(),
    "preview_import": lambda s, _e, f: s.preview_import((f,), "", Progress()),
    "inspect_columns": lambda s, _e, f: s.inspect_columns(f, Progress()),
    "read_voeux": lambda s, _e, f: refused(lambda: s.read_voeux(f, Progress())),
    "add_voeux": lambda s, _e, _f: s.add_voeux(PROFIL, ()),
    "search": lambda s, e, _f: s.search("licence", ("formation",), 3, e),
    "formation_of": lambda s, _e, _f: s.formation_of(s.search("licence droit lille", ("voeu",), 1)[0].code),
    "load_calendrier": lambda s, _e, _f: s.load_calendrier(),
    "etat_garde": lambda s, _e, _f: s.etat_garde(),
    "etat_disque": lambda s, _e, _f: s.etat_disque(),
    "identites.lire": lambda s, e, _f: s.identites.controler(s.identites.lire(e), e),
    "identites.apercu": lambda s, e, _f: (s.identites.apercu(e), s.identites.classes()),
}
IDENTITES = {"rectifier": "revenir", "ajouter": "effacer", "effacer": "remettre"}
WRITERS = {
    "accueil": "renames the classes of past years at the opening",
    "apply_profils": "see NO_UNDO",
    "entretiens": "undone by putting back what was there: see the end of this file",
    "identite": "undone by what each call returned: see IDENTITES and test_identite",
    "import_roster": "undone by its ticket",
    "maintenance": "password and recovery key, in the journal",
    "psyen": "undone by putting back the seals that it returned: see test_psyen",
    "profil_eleve": "undone by saving what it returned",
    "rgpd": "notes in the journal that data were handed over",
    "suivi_classe": "counts that follow from the rest",
}

LISTE = """Nom;Prénom;Né(e) le;Classe;Formation;Toutes les options;Moyenne générale
{}"""
BIDON = "BIDON;Zoé;14/02/2009;{};TERMINALE GENERALE;MATHEMATIQUES, PHYSIQUE-CHIMIE;{}\n"
TESTEUR = "LE TESTEUR;Œdipe;03/11/2009;{};TERMINALE GENERALE;SC. ECONO.& SOCIALES, HIST.GEO.GEOPOL.S.P.;12,5\n"
NOUVEAU = "LOREM;Ipsum;01/01/2009;{};TERMINALE STMG;;10\n"

FAVORI = FavoriRecord("fl490030", 2, ("ta1", "ta2"), {"ta1": "A+"}, "à voir", {"ta1": AvisRecord("fragile", "Mme X")})
PROFIL = ProfilRecord(
    "quelques_pistes", "Générale", ("mat707",), 13.5, ("dom41",), ("ci16",), ("MET.384",), "longue", "interesse",
    ("44109",), (FAVORI, FavoriRecord("fl11")), ("fr22",),
)  # fmt: skip
CHANGES: dict[str, list[Any]] = {
    "situation": [None, "projet_precis"],
    "bac": [None, "STMG"],
    "specialites": [(), ("mat708", "mat707")],
    "moyenne": [None, -1.0, 0.0, 20.0],
    "domaines": [(), ("dom7", "dom41"), ("domparti",)],
    "interets": [(), ("ci16", "ci13")],
    "metiers": [(), ("MET.1", "MET.384")],
    "duree_etudes": [None, "courte"],
    "alternance": [None, "pas_interesse"],
    "communes": [(), ("2A004", "44109")],
    "favoris": [
        (),
        (FavoriRecord("fl11"), FAVORI),
        (replace(FAVORI, niveau_ambition=0), FavoriRecord("fl11")),
        (replace(FAVORI, voeux=("ta2", "ta1", "taparti")),),
        (replace(FAVORI, voeux=(), classes_enseignant={}, avis={}),),
        (replace(FAVORI, classes_enseignant={"ta1": "B", "ta2": "A"}, avis={}),),
        (replace(FAVORI, avis={"ta1": AvisRecord("autre", "M. Y", date(2026, 11, 3))}),),
        (replace(FAVORI, note="", attendus_lus=True),),
        (FAVORI, FavoriRecord("flparti", voeux=("taparti",))),
    ],
    "corbeille": [(), ("fl1002", "fr22")],
}


def content(database: Database) -> dict[str, list[Any]]:
    """Everything that the dossier holds, by table, but what only grows: the journal and the history of opinions.

    Technical numbers give way to what they stand for. Moments of writing are left out: undoing is a writing too.
    """
    held: dict[str, list[Any]] = {}
    with database.read() as session:
        connection = session.connection()
        names = {
            "classe_id": {row.id: row.nom for row in connection.execute(select(Base.metadata.tables["classe"]))},
            "favori_id": {
                row.id: (row.eleve_id, row.formation_id)
                for row in connection.execute(select(Base.metadata.tables["favori"]))
            },
        }
        for table in Base.metadata.sorted_tables:
            if table.name in {"journal", "avis"}:
                continue
            skipped = {"cree", "modifie"} | ({"id"} if table.name in {"classe", "favori", "bilan"} else set())
            rows = [
                tuple((k, names.get(k, {}).get(v, v)) for k, v in row.items() if k not in skipped)
                for row in connection.execute(select(table)).mappings()
            ]
            held[table.name] = sorted(rows, key=repr)
        in_force = [[f.avis for f in e.profil.favoris] for e in EleveRepository(session).list()]
    return held | {"avis en vigueur": in_force}


def write(folder: Path, *lines: str) -> Path:
    file = folder / f"liste{len(list(folder.glob('liste*')))}.csv"
    file.write_text(LISTE.format("".join(lines)), encoding="utf-8-sig")
    return file


@pytest.fixture
def zoe(session: DossierSession, tmp_path: Path) -> int:
    """Two students of TG7; the first one's profile is full."""
    done = session.import_roster((write(tmp_path, BIDON.format("TG7", "9"), TESTEUR.format("TG7")),), "", Progress())
    session.save_profil(done.eleve_ids[0], PROFIL)
    return done.eleve_ids[0]


@contextmanager
def ever_the_same(database: Database) -> Iterator[Callable[[str], None]]:
    """Gives what checks a step: ``fait`` or ``refait`` must be one state, ``défait`` the one before."""
    before = content(database)
    after: list[dict[str, list[Any]]] = []

    def check(step: str) -> None:
        now = content(database)
        if step == "fait":
            assert now != before
            after.append(now)
        assert now == (before if step == "défait" else after[0]), step

    yield check


def test_every_use_case_is_classified():
    public = {name for name, _ in inspect.getmembers(DossierSession, inspect.isfunction) if not name.startswith("_")}
    assert public == UNDOABLE | TAKES_BACK | set(NO_UNDO) | {name for name in READS if "." not in name}


def test_every_use_case_of_a_dossier_as_a_whole_is_classified():
    """Erasing is for good, after a backup; the others write documents, or read."""
    public = {name for name, _ in inspect.getmembers(Coffre, inspect.isfunction) if not name.startswith("_")}
    assert public == {"purger"} | {"exporter", "registre"} | {"apercus_purge", "journal"}


def test_every_use_case_about_an_identity_is_classified():
    public = {name for name, _ in inspect.getmembers(Identites, inspect.isfunction) if not name.startswith("_")}
    assert public == set(IDENTITES) | set(IDENTITES.values()) | {"lire", "classes", "controler", "apercu"}


def test_every_service_that_writes_in_the_dossier_is_known():
    folder = Path(inspect.getfile(services)).parent
    writers = {
        file.stem
        for file in folder.glob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "transaction"
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        )
    }
    assert writers <= set(WRITERS), "say in WRITERS how this is undone, and add it to the matrix"


def test_what_only_reads_never_opens_a_transaction(
    session: DossierSession, zoe: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = content(session._database)

    def refuse(_database: Database) -> None:
        pytest.fail("a reading opened a transaction")

    liste = write(tmp_path, NOUVEAU.format("TG9"))
    monkeypatch.setattr(Database, "transaction", refuse)
    for read in READS.values():
        read(session, zoe, liste)
    assert content(session._database) == before


def test_every_field_of_the_profile_is_in_the_matrix():
    assert set(CHANGES) == {field.name for field in fields(ProfilRecord)}
    said = {field.name for field in fields(FavoriRecord)} - {"formation_id"}
    changed = {
        name for one in CHANGES["favoris"] for f in one for name in said if getattr(f, name) != getattr(FAVORI, name)
    }
    assert changed == said


@pytest.mark.parametrize(("champ", "value"), [(champ, value) for champ, values in CHANGES.items() for value in values])
def test_a_field_changed_taken_back_and_changed_again(session: DossierSession, zoe: int, champ: str, value: object):
    changed = replace(PROFIL, **{champ: value}) if champ != "bac" else replace(PROFIL, bac=value, specialites=())
    for stored in (changed, PROFIL):  # ids that the catalogue no longer knows were there before they came back
        with session._database.transaction() as writing:
            EleveRepository(writing).save_profil(zoe, stored)
        session.save_profil(zoe, stored)
    with ever_the_same(session._database) as check:
        previous = session.save_profil(zoe, changed)
        check("fait")
        assert session.load_eleve(zoe).profil == changed
        session.save_profil(zoe, previous)
        check("défait")
        session.save_profil(zoe, changed)
        check("refait")


@dataclass(frozen=True)
class Liste:
    """A list imported over the two students of TG7."""

    lignes: tuple[str, ...]
    ferme: bool = False


LISTES = {
    "vers une classe nouvelle": Liste((BIDON.format("TG8", "15"), TESTEUR.format("TG8"))),
    "un nouveau, un déplacé": Liste((BIDON.format("TG8", "9"), NOUVEAU.format("TG9"))),
    "des nouveaux seulement": Liste((NOUVEAU.format("TG7"),)),
    "une moyenne": Liste((BIDON.format("TG7", "16,25"),)),
    "depuis une classe de l’an passé": Liste((BIDON.format("TG1", "9"), TESTEUR.format("TG1")), ferme=True),
}


@pytest.mark.parametrize("nom", LISTES)
def test_an_import_made_taken_back_and_made_again(session: DossierSession, zoe: int, tmp_path: Path, nom: str):
    database = session._database
    if LISTES[nom].ferme:
        with database.transaction() as writing:
            ClasseRepository(writing).close_years("2027-2028")
    file = write(tmp_path, *LISTES[nom].lignes)
    with ever_the_same(database) as check:
        done = session.import_roster((file,), "", Progress())
        check("fait")
        file.unlink()  # the USB key is gone: making it again must not need it
        for _ in range(2):
            session.undo_import(done)
            check("défait")
            session.redo_import(done)
            check("refait")


def test_changes_after_an_import_are_made_again_on_the_same_students(session: DossierSession, tmp_path: Path):
    """Ctrl+Z twice, Ctrl+Y twice: the second one must find its student."""
    done = session.import_roster((write(tmp_path, NOUVEAU.format("TG7")),), "", Progress())
    (eleve_id,) = done.eleve_ids
    previous = session.save_profil(eleve_id, PROFIL)
    session.save_profil(eleve_id, previous)
    session.undo_import(done)
    session.redo_import(done)
    session.save_profil(eleve_id, PROFIL)
    assert session.load_eleve(eleve_id).profil == PROFIL


def test_a_day_on_which_everything_was_taken_back_is_no_day_of_the_curve(session: DossierSession, zoe: int):
    before = session.list_eleves("TG7")
    assert before.suivi is not None
    session._suivi._today = date(2026, 11, 26)
    previous = session.save_profil(zoe, ProfilRecord())
    session.save_profil(zoe, previous)
    assert [row for row in content(session._database)["bilan"] if ("jour", date(2026, 11, 26)) in row] == []


ENTRETIEN = EntretienRecord(0, 1, date(2026, 11, 24), "Notes", "Décisions", "Suite", date(2026, 12, 1), "Mme X")
DECISION = DecisionRecord(0, 1, date(2026, 11, 24), "1er trimestre", "Favorable", "Revoir en mars", "Mme X")
CORRECTIONS: list[tuple[Feuille, dict[str, Any]]] = [
    *(
        (ENTRETIEN, change)
        for change in (
            {"notes": "Autre"}, {"decisions": ""}, {"suite": "x"}, {"echeance": None}, {"auteur": "M. Y"},
            {"jour": date(2026, 10, 1)}, {"suite_faite": True},
        )
    ),
    *(
        (DECISION, change)
        for change in (
            {"conseil": "2e semestre"}, {"avis": ""}, {"decision": "x"}, {"auteur": ""}, {"jour": date(2026, 10, 1)},
        )
    ),
]  # fmt: skip


def test_every_use_case_of_meetings_and_decisions_is_classified():
    """What ``ecrire`` and ``effacer`` return is what ``remettre`` takes back."""
    public = {name for name, _ in inspect.getmembers(Entretiens, inspect.isfunction) if not name.startswith("_")}
    assert public == {"ecrire", "effacer"} | {"remettre"} | {"lire"}
    for feuille in (ENTRETIEN, DECISION):
        changed = {name for one, change in CORRECTIONS if one is feuille for name in change}
        assert changed == {field.name for field in fields(feuille)} - {"id", "eleve_id"}


@pytest.mark.parametrize("feuille", [ENTRETIEN, DECISION], ids=["entretien", "décision"])
def test_a_meeting_or_a_decision_added_and_deleted_comes_back(session: DossierSession, zoe: int, feuille: Feuille):
    entretiens = session.entretiens
    with ever_the_same(session._database) as check:
        added = entretiens.ecrire(replace(feuille, eleve_id=zoe))
        check("fait")
        for _ in range(2):
            entretiens.remettre(added.apres, added.avant)
            check("défait")
            entretiens.remettre(added.avant, added.apres)
            check("refait")
    assert added.apres is not None
    with ever_the_same(session._database) as check:
        gone = entretiens.effacer(added.apres)
        check("fait")
        entretiens.remettre(gone.apres, gone.avant)
        check("défait")
        entretiens.remettre(gone.avant, gone.apres)
        check("refait")


@pytest.mark.parametrize(("feuille", "change"), CORRECTIONS)
def test_a_meeting_or_a_decision_corrected_is_taken_back(
    session: DossierSession, zoe: int, feuille: Feuille, change: dict[str, Any]
):
    entretiens = session.entretiens
    added = entretiens.ecrire(replace(feuille, eleve_id=zoe)).apres
    assert added is not None
    with ever_the_same(session._database) as check:
        done = entretiens.ecrire(replace(added, **change))
        check("fait")
        entretiens.remettre(done.apres, done.avant)
        check("défait")
        entretiens.remettre(done.avant, done.apres)
        check("refait")


def test_the_calendar_changed_taken_back_and_changed_again(socle: Socle, tmp_path: Path):
    store = CalendrierStore(socle.parametres.calendriers, tmp_path / "calendrier.toml")
    edit = EditCalendrier(store, TODAY)
    vue = edit.load()
    steps = tuple(replace(e, debut=date(2027, 1, 18)) for e in vue.etapes)
    changed = replace(vue, source="Lettre fictive", etapes=steps)
    ticket = edit.save(changed)
    after = edit.load()
    assert after != vue
    edit.put_back(vue.session, ticket)
    assert edit.load() == vue
    edit.save(changed)
    assert edit.load() == after

"""A student's identity corrected, a student added by hand, a student erased: refusals, journal, undo, redo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP
from mps_desktop.models import Favori
from mps_desktop.models.base import Base
from mps_desktop.services.identite import Identite
from mps_desktop.services.psyen import NoteSaisie, Psyen
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import EntretienRepository
from mps_desktop.storage.repositories.journal import JournalRepository
from tests.services.test_annuler import BIDON, ENTRETIEN, PROFIL, TESTEUR, content, ever_the_same, write

INE = "123456789AB"
NOUVELLE = Identite("LOREM", "Ipsum", "TG7", "terminale", "07/07/2009", "F", INE)


@pytest.fixture
def ids(session: DossierSession, tmp_path: Path) -> tuple[int, int]:
    """Two students of TG7; much hangs on the first one."""
    lines = (BIDON.format("TG7", "9"), TESTEUR.format("TG7"))
    done = session.import_roster((write(tmp_path, *lines),), "", Progress())
    zoe, oedipe = done.eleve_ids
    session.save_profil(zoe, PROFIL)
    with session._database.transaction() as writing:
        EntretienRepository(writing, lambda: datetime(2026, 11, 24, tzinfo=UTC)).add(replace(ENTRETIEN, eleve_id=zoe))
    session.psyen = Psyen(session._dossier, KdfParameters(8, 1, 1))
    session.psyen.creer("quatre mots bien fictifs")
    session.psyen.ecrire(zoe, NoteSaisie(date(2026, 11, 24), "Psy fictif", "Texte fictif du psyEN"))
    return zoe, oedipe


def everything(session: DossierSession) -> object:
    """The whole dossier but the journal: numbers and the history of opinions too."""
    with session._database.read() as reading:
        return {
            table.name: sorted((tuple(row) for row in reading.connection().execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in {"journal", "bilan"}
        }


def journal(session: DossierSession) -> list[tuple[str, str]]:
    with session._database.read() as reading:
        return [(line.action, line.objet) for line in JournalRepository(reading).list()]


CORRECTIONS = {
    "nom": "BIDON-EXEMPLE",
    "prenom": "Zoë",
    "naissance": "15/02/2009",
    "sexe": "F",
    "ine": INE,
    "niveau": "premiere",
    "classe": "TG9",
}


@pytest.mark.parametrize("champ", CORRECTIONS)
def test_a_correction_made_taken_back_and_made_again(session: DossierSession, ids: tuple[int, int], champ: str):
    zoe, _ = ids
    corrected = replace(session.identites.lire(zoe), **{champ: CORRECTIONS[champ]})
    with ever_the_same(session._database) as check:
        done = session.identites.rectifier(zoe, corrected)
        check("fait")
        assert session.identites.lire(zoe) == corrected
        assert journal(session)[0] == ("eleve.rectifie", champ)
        session.identites.revenir(done)
        check("défait")
        session.identites.rectifier(zoe, corrected)
        check("refait")
    assert session.load_eleve(zoe).profil == PROFIL


def test_the_journal_of_a_correction_holds_no_value(session: DossierSession, ids: tuple[int, int]):
    corrected = replace(NOUVELLE, nom="VALEURSECRETE")
    session.identites.rectifier(ids[0], corrected)
    said = " ".join(f"{line.quoi} {line.utilisateur}" for line in session.coffre.journal())
    assert "Rectification de l’identité (nom, prénom" in said
    assert not any(text in said for text in ("VALEURSECRETE", "Ipsum", INE, "2009"))


def test_the_last_of_a_class_moves_and_comes_back_to_the_same_class(session: DossierSession, ids: tuple[int, int]):
    """The class goes with its last student; taking the correction back makes it again with its own school year."""
    zoe, oedipe = ids
    session.identites.effacer(oedipe)
    with session._database.transaction() as writing:
        ClasseRepository(writing).close_years("2027-2028")
    before = content(session._database)["classe"]
    done = session.identites.rectifier(zoe, replace(session.identites.lire(zoe), classe="TG9"))
    assert session.identites.classes() == ("TG9",)
    session.identites.revenir(done)
    assert content(session._database)["classe"] == before


REFUS = [
    ("nom", "  ", "nom"),
    ("prenom", "", "prénom"),
    ("nom", "X" * 201, "200"),
    ("naissance", "29/02/2009", "n’existe pas"),
    ("naissance", "demain", "14/02/2009"),
    ("naissance", "01/01/2024", "2024"),
    ("naissance", "01/01/2018", "8 ans"),
    ("ine", "12345", "11 caractères"),
    ("ine", "12345678901", "une lettre"),
]


@pytest.mark.parametrize(("champ", "value", "said"), REFUS)
def test_what_is_wrong_is_told_on_its_field_and_nothing_is_written(
    session: DossierSession, ids: tuple[int, int], champ: str, value: str, said: str
):
    wrong = replace(session.identites.lire(ids[0]), **{champ: value})
    found = session.identites.controler(wrong, ids[0])
    assert [name for name, _ in found.erreurs] == [champ]
    assert said in found.erreurs[0][1]
    before = content(session._database)
    with pytest.raises(EnvironmentFault):
        session.identites.rectifier(ids[0], wrong)
    with pytest.raises(EnvironmentFault):
        session.identites.ajouter(wrong)
    assert content(session._database) == before


def test_an_ine_belongs_to_one_student(session: DossierSession, ids: tuple[int, int]):
    session.identites.ajouter(NOUVELLE)
    found = session.identites.controler(replace(session.identites.lire(ids[0]), ine=INE.lower()), ids[0])
    assert found.erreurs == (("ine", "Un autre élève du dossier a déjà cet INE."),)


def test_a_double_and_a_strange_age_are_told_and_can_be_saved(session: DossierSession, ids: tuple[int, int]):
    same = Identite("bidon", "ZOE", "TG8", naissance="14/02/2009")
    assert "né le même jour" in session.identites.controler(same).avertissements[0]
    assert "même nom" in session.identites.controler(replace(same, naissance="")).avertissements[0]
    assert session.identites.controler(replace(same, naissance="01/03/2009")).avertissements == ()
    assert session.identites.controler(session.identites.lire(ids[0]), ids[0]).avertissements == ()
    assert "28 ans" in session.identites.controler(replace(NOUVELLE, naissance="01/03/1998")).avertissements[0]
    assert session.identites.ajouter(same) not in ids


def test_what_a_file_brought_and_nobody_touches_is_no_error(session: DossierSession, ids: tuple[int, int]):
    with session._database.transaction() as writing:
        repository = EleveRepository(writing)
        repository.update_identity(replace(repository.get(ids[0]), ine="ANCIEN-INE"))
    corrected = replace(session.identites.lire(ids[0]), prenom="Zoë")
    assert session.identites.controler(corrected, ids[0]).erreurs == ()
    session.identites.rectifier(ids[0], corrected)
    assert session.identites.lire(ids[0]).ine == "ANCIEN-INE"


def test_a_student_added_taken_back_and_added_again(session: DossierSession, ids: tuple[int, int]):
    with ever_the_same(session._database) as check:
        added = session.identites.ajouter(replace(NOUVELLE, classe=" tg7 "))
        check("fait")
        assert session.identites.lire(added) == NOUVELLE
        gone = session.identites.effacer(added)
        check("défait")
        session.identites.remettre(gone)
        check("refait")


def test_what_goes_is_told(session: DossierSession, ids: tuple[int, int]):
    zoe, oedipe = ids
    told = session.identites.apercu(zoe)
    assert told.eleve == "Zoé BIDON"
    assert tuple(text.replace(NBSP, " ") for text in told.contenu) == (
        "2 formations retenues", "1 note sur une formation", "2 vœux", "1 avis d’enseignant", "1 entretien",
        "1 note du psyEN",
    )  # fmt: skip
    assert (told.notes_psyen, told.classe_vide) == (1, "")
    assert session.identites.apercu(oedipe).contenu == ()
    session.identites.effacer(oedipe)
    assert session.identites.apercu(zoe).classe_vide == "TG7"


def test_an_erased_student_comes_back_as_he_was_seals_and_history_included(
    session: DossierSession, ids: tuple[int, int]
):
    """Notes of the psyEN come back even while they are locked: nobody needs to read them for that."""
    zoe, _ = ids
    session.save_profil(zoe, replace(PROFIL, favoris=()))
    session.save_profil(zoe, PROFIL)  # a history of opinions
    before = everything(session)
    with session._database.read() as reading:
        history = list_avis(reading, zoe)
    assert len(history) == 3
    session.psyen.fermer()
    with ever_the_same(session._database) as check:
        gone = session.identites.effacer(zoe)
        check("fait")
        assert journal(session)[0] == ("eleve.supprime", "")
        assert "Texte" not in repr(gone)
        assert "BIDON" not in repr(gone)
        session.identites.remettre(gone)
        check("défait")
        assert journal(session)[0] == ("eleve.remis", "")
        session.identites.effacer(zoe)
        check("refait")
        session.identites.remettre(gone)
    assert everything(session) == before
    session.psyen.ouvrir("quatre mots bien fictifs")
    assert [note.texte for note in session.psyen.lire(zoe).notes] == ["Texte fictif du psyEN"]
    with session._database.read() as reading:
        assert list_avis(reading, zoe) == history


def test_a_number_given_again_meanwhile_takes_nothing_from_anybody(session: DossierSession, ids: tuple[int, int]):
    """SQLite gives the number of an erased favourite again: its owner keeps it, the one who comes back gets others."""
    zoe, oedipe = ids
    gone = session.identites.effacer(zoe)
    session.save_profil(oedipe, PROFIL)
    with session._database.read() as reading:
        numbers = set(reading.scalars(select(Favori.id)))
    assert numbers & {row["id"] for name, rows in gone.lignes if name == "favori" for row in rows}
    session.identites.remettre(gone)
    assert session.load_eleve(zoe).profil == session.load_eleve(oedipe).profil == PROFIL


def test_the_last_of_a_class_is_erased_and_comes_back_with_it(session: DossierSession, ids: tuple[int, int]):
    zoe, oedipe = ids
    session.identites.effacer(oedipe)
    with session._database.transaction() as writing:
        ClasseRepository(writing).close_years("2027-2028")
    with ever_the_same(session._database) as check:
        gone = session.identites.effacer(zoe)
        check("fait")
        assert session.identites.classes() == ()
        session.identites.remettre(gone)
        check("défait")


def test_who_is_no_longer_there_is_told(session: DossierSession, ids: tuple[int, int]):
    session.identites.effacer(ids[0])
    for call in (session.identites.lire, session.identites.apercu, session.identites.effacer):
        with pytest.raises(EnvironmentFault, match="plus dans le dossier"):
            call(ids[0])
    with pytest.raises(EnvironmentFault, match="plus dans le dossier"):
        session.identites.rectifier(ids[0], NOUVELLE)


def test_every_table_that_hangs_on_a_student_goes_with_him():
    """Whatever a later version adds: no table with the number of a student may delete otherwise than with him."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name in {"eleve", "favori"}:
                assert key.ondelete == "CASCADE", table.name

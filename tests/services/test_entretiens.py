"""Meetings and decisions of the conseil: what is accepted, what is refused and how, what the journal keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP
from mps_desktop.services.entretiens import (
    CONSEILS,
    TEXTE_MAX,
    ChangementFeuille,
    Entretiens,
    Feuille,
    build_entretiens,
    check,
    propose_conseil,
    secours,
)
from mps_desktop.services.garde import local_now
from mps_desktop.services.journal import list_journal
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.dossier import OpenDossier, unlock_dossier
from mps_desktop.storage.records import DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.transport import export_dossier, import_dossier
from tests.storage.conftest import folder, opened  # noqa: F401  fixtures
from tests.storage.samples import MOT_DE_PASSE, TEXTS, build_eleve

TODAY = date(2026, 11, 25)
DIT = EntretienRecord(
    0, 1, date(2026, 11, 24), "ZZDIT hésite encore", "ZZDECIDE deux visites", "ZZSUITE rappeler", date(2026, 12, 8),
    "Mme ZZMENEUSE",
)  # fmt: skip
DECIDE = DecisionRecord(0, 1, date(2026, 11, 25), "ZZCONSEIL", "ZZAVIS favorable", "ZZSUITES en mars", "M. ZZSIGNE")


@pytest.fixture
def entretiens(opened: OpenDossier) -> Entretiens:  # noqa: F811  the fixture
    with opened.database.transaction() as session:
        EleveRepository(session).add(build_eleve())
        EleveRepository(session).add(build_eleve("TESTEUR", "Œdipe"))
    return Entretiens(opened.database, lambda: TODAY)


def made(change: ChangementFeuille) -> Any:
    assert change.apres is not None
    return change.apres


def test_each_student_has_his_own_newest_first(entretiens: Entretiens):
    first = made(entretiens.ecrire(DIT))
    newer = made(entretiens.ecrire(replace(DIT, jour=TODAY, notes="  plus tard \n", suite="", echeance=None)))
    decided = made(entretiens.ecrire(DECIDE))
    assert newer.notes == "plus tard"
    read = entretiens.lire(1)
    assert (read.entretiens, read.decisions) == ((newer, first), (decided,))
    assert entretiens.lire(2) == type(read)()


def test_what_was_done_is_noted_and_the_journal_never_says_what_is_written(
    entretiens: Entretiens,
    opened: OpenDossier,  # noqa: F811  the fixture
):
    for feuille in (DIT, DECIDE):
        kept = made(entretiens.ecrire(feuille))
        change = {"notes": "ZZAUTRE"} if isinstance(kept, EntretienRecord) else {"avis": "ZZAUTRE"}
        done = entretiens.ecrire(replace(kept, **change))
        entretiens.remettre(done.apres, done.avant)
        entretiens.effacer(kept)
    lines = list_journal(opened.database)
    assert [line.quoi for line in lines[::-1][2:]] == [
        "Entretien noté", "Entretien modifié (notes)", "Entretien modifié (notes)", "Entretien supprimé",
        "Décision du conseil notée", "Décision du conseil modifiée (avis)", "Décision du conseil modifiée (avis)",
        "Décision du conseil supprimée",
    ]  # fmt: skip
    assert all(line.utilisateur and line.eleve == "BIDON Zoé" for line in lines[:8])
    with opened.database.raw_connection() as connection:
        assert "ZZ" not in repr(connection.execute("SELECT * FROM journal").fetchall())


@pytest.mark.parametrize(
    ("feuille", "said"),
    [
        (replace(DIT, jour=date(2026, 11, 26)), "26/11/2026 n’est pas encore passé. Un entretien se note une fois"),
        (replace(DECIDE, jour=date(2027, 1, 1)), "01/01/2027 n’est pas encore passé. Une décision"),
        (replace(DIT, jour=date(26, 11, 24)), "Vérifiez l’année"),
        (replace(DIT, notes=" \n", decisions="", suite="", echeance=None), "L’entretien est vide"),
        (replace(DIT, suite=" "), "Rien n’est prévu pour le 08/12/2026. Écrivez la prochaine action"),
        (replace(DIT, notes="x" * 4000), "Ce qui a été dit compte 4000 caractères, au-delà des 3999 permis"),
        (replace(DIT, decisions="x" * 4000), "Ce qui a été décidé compte 4000"),
        (replace(DIT, suite="x" * 501), "La prochaine action compte 501"),
        (replace(DECIDE, conseil=" "), f"De quel conseil s’agit-il{NNBSP}?"),
        (replace(DECIDE, conseil="x" * 101), "Le nom du conseil compte 101"),
        (replace(DECIDE, avis="", decision="\n"), "La décision est vide"),
        (replace(DECIDE, avis="x" * 4000), "L’avis compte 4000"),
        (replace(DIT, eleve_id=404), "plus dans le dossier"),
        (replace(DIT, id=404), "Cet entretien n’est plus"),
        (replace(DECIDE, id=404), "Cette décision n’est plus"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do_and_nothing_is_written(
    entretiens: Entretiens, feuille: Feuille, said: str
):
    with pytest.raises(EnvironmentFault) as refused:
        entretiens.ecrire(feuille)
    assert said in str(refused.value)
    assert entretiens.lire(1) == type(entretiens.lire(1))()


def test_the_longest_texts_and_a_far_next_action_are_accepted(entretiens: Entretiens):
    longest = replace(DIT, notes="é" * TEXTE_MAX, decisions="🙂" * TEXTE_MAX, echeance=date(2028, 1, 1))
    assert made(entretiens.ecrire(longest)).decisions == "🙂" * TEXTE_MAX
    assert not made(entretiens.ecrire(replace(DIT, suite="", echeance=None, suite_faite=True))).suite_faite


@given(notes=TEXTS, decisions=TEXTS, suite=TEXTS, auteur=TEXTS, jour=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_accepted_is_accepted_again_unchanged(notes: str, decisions: str, suite: str, auteur: str, jour: date):
    said = EntretienRecord(0, 1, jour, notes, decisions, suite, None, auteur)
    try:
        clean = check(said, TODAY)
    except EnvironmentFault:
        assert jour > TODAY or not (notes.strip() or decisions.strip() or suite.strip())
        return
    assert check(clean, TODAY) == clean
    assert jour <= TODAY


@given(
    notes=st.builds(lambda text, times: text * times, TEXTS, st.integers(1, 500)), decisions=TEXTS, suite=TEXTS,
    echeance=st.none() | st.dates(), jour=st.dates(), conseil=TEXTS,
)  # fmt: skip
def test_a_draft_that_is_left_keeps_every_word(
    notes: str, decisions: str, suite: str, echeance: date | None, jour: date, conseil: str
):
    drafts: tuple[Feuille, ...] = (
        EntretienRecord(3, 1, jour, notes, decisions, suite, echeance),
        DecisionRecord(3, 1, jour, conseil, notes, decisions),
    )
    for draft in drafts:
        kept = [check(feuille, TODAY) for feuille in secours(draft, TODAY)]
        said = [f.notes if isinstance(f, EntretienRecord) else f.avis for f in kept]
        assert "".join("".join(said).split()) == "".join(notes.split())
        assert [f.id for f in kept] == [3, *[0] * (len(kept) - 1)][: len(kept)]
        if isinstance(draft, EntretienRecord):
            assert bool(kept) == bool(notes.strip() or decisions.strip() or suite.strip() or echeance)
        else:
            assert bool(kept) == bool(notes.strip() or decisions.strip())


def test_a_conseil_is_proposed_by_its_date():
    assert [propose_conseil(date(2026, month, 10)) for month in (11, 2, 6)] == list(CONSEILS[:3])


def test_a_dossier_left_open_past_midnight_accepts_the_new_day(opened: OpenDossier):  # noqa: F811  the fixture
    with opened.database.transaction() as session:
        EleveRepository(session).add(build_eleve())
    late = build_entretiens(opened.database, date(2020, 1, 1))
    assert made(late.ecrire(replace(DECIDE, jour=local_now().date()))).id == 1


def test_a_dossier_sent_elsewhere_carries_them(
    entretiens: Entretiens,
    opened: OpenDossier,  # noqa: F811  the fixture
    tmp_path: Path,
):
    entretiens.ecrire(DIT)
    entretiens.ecrire(DECIDE)
    target = export_dossier(opened, tmp_path / "copie.mpsdossier")
    with unlock_dossier(import_dossier(target, tmp_path / "ailleurs", MOT_DE_PASSE), MOT_DE_PASSE) as elsewhere:
        assert Entretiens(elsewhere.database, lambda: TODAY).lire(1) == entretiens.lire(1)


def test_the_page_of_the_conseil_prints_the_last_decision_of_the_year(session: DossierSession, tmp_path: Path):
    liste = tmp_path / "liste.csv"
    liste.write_text("Nom;Prénom;Classe\nBIDON;Zoé;TG7\nLE TESTEUR;Œdipe;TG7\n", encoding="utf-8-sig")
    zoe, oedipe = session.import_roster((liste,), "", Progress()).eleve_ids
    for jour, conseil, avis in (
        (date(2026, 11, 20), "ZZDERNIER", "ZZNEUF"), (date(2026, 10, 1), "ZZPREMIER", "ZZANCIEN"),
    ):  # fmt: skip
        session.entretiens.ecrire(DecisionRecord(0, zoe, jour, conseil, avis, "ZZREVOIR"))
    session.entretiens.ecrire(DecisionRecord(0, oedipe, date(2026, 6, 1), "ZZPASSE", "ZZPASSE"))
    pdf = session.export_report((zoe, oedipe), None, tmp_path / "conseil.pdf", Progress())
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    for said in ("ZZDERNIER, 20 novembre 2026", "ZZNEUF", "ZZREVOIR"):
        assert said in pages[1]
    assert not any(said in page for page in pages for said in ("ZZANCIEN", "ZZPREMIER", "ZZPASSE"))

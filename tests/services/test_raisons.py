"""Weighted reasons, what-if and simulator, from the real catalogue and a real dossier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP, NNBSP
from mps_desktop.engine.donnees import Percentiles
from mps_desktop.engine.explications import PartSpecialite, RaisonMoyenne, RaisonSimilaire
from mps_desktop.engine.mesures import Chemin, DistanceCommune, Mesures
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.services.phrases_pesees import DEJA_RETENUE, paths, reason
from mps_desktop.services.pourquoi import explain, ordinal
from mps_desktop.services.raisons_pesees import in_order, percents
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.specialites import SimulateSpecialites, famille_fr
from mps_desktop.services.views import ProfilRecord
from mps_desktop.services.vues_raisons import RaisonPesee

LABELS = {
    "MET.1": "fromager", "dom1": "Bulles", "ci1": "Buller", "fl1": "Licence - Fromagerie", "mat1": "Fromages",
    "mat2": "Vapeurs", "00001": "Testville", "00002": "Angers",
}  # fmt: skip
MESURES = Mesures(
    formation_id="fl9",
    annees=2,
    apprentissage=True,
    pct_bac=6,
    specialites=(PartSpecialite("mat1", 30), PartSpecialite("mat2", 1)),
    moyenne=RaisonMoyenne(20, 19, Percentiles(20, 24, 27, 30, 33), "STMG"),
    distances=(DistanceCommune("00002", 180),),
    similaires=(RaisonSimilaire("fl1", 70_000),),
    chemins=(Chemin("MET.1", "", 1.0), Chemin("ci1", "MET.1", 0.1)),
)
PROFIL = Profil(
    bac="STMG",
    duree="court",
    apprentissage="A",
    communes=("00002",),
    specialites=("mat1", "mat2"),
    moyenne=20.0,
    choix=(Choix("MET.1", Statut.FAVORI), Choix("fl1", Statut.FAVORI)),
)


def say(critere: str, favorable: bool = True, mesures: Mesures = MESURES, profil: Profil = PROFIL) -> str:
    return reason(critere, mesures, profil, LABELS.__getitem__, favorable=favorable)


def french(text: str) -> str:
    return text.replace(" :", f"{NNBSP}:").replace(" %", f"{NNBSP}%").replace("_", NBSP)


@pytest.mark.parametrize(
    ("critere", "good", "bad"),
    [
        ("tags", "Mène à un métier choisi : fromager",
         "Moins liée aux choix de l’élève que les autres suggestions : fromager et Buller seulement"),
        ("sim", "Proche de : Licence - Fromagerie",
         "Proche de : Licence - Fromagerie, mais moins bien que d’autres suggestions"),
        ("geo", "Loin de la ville souhaitée : 180_km d’Angers au plus près, mais mieux que d’autres suggestions",
         "Loin de la ville souhaitée : 180_km d’Angers au plus près"),
        ("duration", "Durée courte, comme souhaité",
         "Durée courte, comme souhaité, mais moins bien que d’autres suggestions"),
        ("app", "Existe en apprentissage, comme souhaité",
         "Existe en apprentissage, comme souhaité, mais moins bien que d’autres suggestions"),
        ("spec", "Part de ses spécialités parmi celles des admis : Fromages (30 %) et Vapeurs (1 %)",
         "Part de ses spécialités parmi celles des admis : Fromages (30 %) et Vapeurs (1 %)"
         ", mais moins bien que d’autres suggestions"),
        ("typebac", "6 % des admis viennent d’un bac technologique",
         "6 % seulement des admis viennent d’un bac technologique"),
        ("moygen", "Moyenne sous celle de neuf admis sur dix (estimation), mais mieux que d’autres suggestions",
         "Moyenne sous celle de neuf admis sur dix (estimation)"),
        ("autre", "", ""),
    ],
)  # fmt: skip
def test_each_criterion_is_a_fact(critere: str, good: str, bad: str):
    assert say(critere) == french(good)
    assert say(critere, favorable=False) == french(bad)


def test_what_does_not_suit_is_said_plainly():
    other = replace(
        MESURES, annees=5, apprentissage=False, pct_bac=0, specialites=(PartSpecialite("mat2", 2),), similaires=(),
        chemins=(), distances=(DistanceCommune("00001", None),), moyenne=None,
    )  # fmt: skip
    told = {
        critere: say(critere, favorable=False, mesures=other)
        for critere in ("tags", "sim", "geo", "duration", "app", "spec", "typebac", "moygen")
    }
    assert told == {
        "tags": "Aucun lien avec les domaines, centres d’intérêt et métiers choisis",
        "sim": "Ne ressemble à aucune des formations retenues",
        "geo": "Lieux d’enseignement non publiés",
        "duration": "Plus longue que souhaité",
        "app": "N’existe pas en apprentissage, qui intéresse l’élève",
        "spec": french("Spécialités peu présentes chez les admis : Vapeurs (2 %)"),
        "typebac": "Presque aucun admis ne vient d’un bac technologique",
        "moygen": "Moyennes des admis inconnues",
    }
    unpublished = replace(other, pct_bac=None, specialites=None)
    assert say("typebac", mesures=unpublished) == "Bac des admis non publié"
    assert say("spec", mesures=unpublished) == "Spécialités des admis non publiées"
    assert say("sim", mesures=replace(other, formation_id="fl1")) == DEJA_RETENUE
    near = replace(MESURES, distances=(DistanceCommune("00001", 3), DistanceCommune("00002", 180)))
    assert say("geo", mesures=near) == f"Existe à 3{NBSP}km de Testville"
    longer = replace(PROFIL, duree="long")
    assert (say("duration", False, profil=longer), say("duration", mesures=other, profil=longer)) == (
        "Plus courte que souhaité",
        "Durée longue, comme souhaité",
    )


def test_nothing_is_said_of_what_the_student_did_not_say():
    silent = Profil(bac="NC")
    mesures = replace(MESURES, distances=(), similaires=())
    for critere in ("sim", "geo", "duration", "app", "spec", "typebac", "moygen"):
        assert say(critere, mesures=mesures, profil=silent) == ""
    indirect = replace(MESURES, chemins=(Chemin("ci1", "MET.1", 0.1),))
    assert say("tags", mesures=indirect) == f"En lien avec «{NNBSP}Buller{NNBSP}», par exemple par fromager"


def test_paths_are_told_step_by_step():
    assert paths(MESURES.chemins, "BTS - Bulles", LABELS.__getitem__) == (
        "fromager → BTS - Bulles",
        "Buller → fromager → BTS - Bulles",
    )


def test_a_short_list_has_the_strong_points_then_the_weak_one():
    raisons = [RaisonPesee("x", f"{sign}{n}", sign == "+", 0.1) for n, sign in enumerate("++--+++")]
    raisons.append(RaisonPesee("sim", DEJA_RETENUE, True, 0.1))
    assert in_order(raisons) == ("+0", "+1", "+4", "-2", "+5", "+6", "-3")


ELEVE = ProfilRecord(
    bac="Générale", specialites=("mat700", "mat703"), moyenne=13.5, domaines=("dom16",), interets=("ci29",),
    communes=("69123",), duree_etudes="courte", alternance="tres_interesse",
)  # fmt: skip


@pytest.fixture
def eleve_id(session: DossierSession, liste: Path) -> int:
    (first, *_) = session.import_roster((liste,), "", Progress()).eleve_ids
    session.save_profil(first, ELEVE)
    return first


def test_suggestions_carry_weighed_reasons(session: DossierSession, eleve_id: int):
    vue = session.compute_suggestions(eleve_id, 12)
    assert len(vue.lignes) == 12
    for ligne in vue.lignes:
        assert ligne.pesees
        assert sum(one.part for one in ligne.pesees) == pytest.approx(1)
        assert sum(one.pourcent for one in ligne.pesees) == 100
        assert set(ligne.raisons) <= {one.phrase for one in ligne.pesees}
        told = [one.part for one in ligne.pesees if one.critere != "reste"]
        assert told == sorted(told, reverse=True)
    notes = {one.critere: one.note for ligne in vue.lignes for one in ligne.pesees}
    assert notes["moygen"].startswith("estimé")
    assert "typebac" not in notes or notes["typebac"].startswith("calculé")


def test_why_says_the_rank_the_paths_and_what_would_move_it(session: DossierSession, eleve_id: int, socle: Socle):
    lignes = session.compute_suggestions(eleve_id, 30).lignes
    first = session.explain_suggestion(eleve_id, lignes[0].formation_id)
    assert first.rang == 1
    assert first.resume.startswith("1re de ")
    assert first.raisons == lignes[0].pesees
    assert first.chemins
    assert all("→" in chemin and chemin.endswith(lignes[0].libelle) for chemin in first.chemins)
    every = [session.explain_suggestion(eleve_id, ligne.formation_id) for ligne in lignes[10:]]
    assert any("au lieu de" in piste for vue in every for piste in vue.pistes)
    unknown = explain(socle, eleve_id, Profil(bac="Générale"), lignes[0].formation_id)
    assert (unknown.rang, unknown.raisons) == (None, ())
    assert (ordinal(1), ordinal(12)) == ("1re", "12e")


def test_whole_percents_add_up_to_100():
    assert percents([1 / 3, 1 / 3, 1 / 3]) == [34, 33, 33]
    assert percents([0.995, 0.005]) in ([99, 1], [100, 0])
    assert percents([]) == []
    assert sum(percents([0.123456, 0.4, 0.2, 0.276544])) == 100


def test_a_favourite_that_nothing_else_ties_is_said_to_be_kept_once(socle: Socle):
    vue = explain(socle, 1, Profil(bac="Générale", choix=(Choix("fl2047", Statut.FAVORI),)), "fl2047")
    assert vue.rang == 1
    assert [one.phrase for one in vue.raisons].count(DEJA_RETENUE) == 1
    assert sum(one.pourcent for one in vue.raisons) == 100
    assert not any("Aucun lien" in one.phrase for one in vue.raisons)


def test_what_can_still_be_chosen_is_tried(socle: Socle):
    """A seconde is told of a spécialité, a première of the two to keep, a terminale of none; all of a domaine."""
    asked = Profil(bac="Générale", specialites=("mat703",), interets=("dom32",), moyenne=26.0)

    def tried(profil: Profil) -> str:
        order = [s.formation_id for s in socle.moteur.classer(profil, 60) if s.affinite > 0]
        return " | ".join(p for one in order[20:60:4] for p in explain(socle, 1, profil, one).pistes)

    seconde, terminale = tried(replace(asked, niveau="sec")), tried(replace(asked, niveau="term"))
    assert "Avec la spécialité " in seconde
    assert "spécialité" not in terminale
    assert "Avec le domaine «" in terminale
    three = replace(asked, niveau="prem", specialites=("mat703", "mat700", "mat1065"))
    assert "en terminale" in tried(three)


def test_a_hypothesis_moves_the_list_and_writes_nothing(session: DossierSession, eleve_id: int):
    same = session.compare_hypothese(eleve_id, ELEVE)
    assert (same.entrent, same.montent, same.descendent, same.sortent) == ((), (), (), ())
    assert same.resume.startswith("Rien ne bouge")
    moved = session.compare_hypothese(eleve_id, replace(ELEVE, duree_etudes="longue", alternance="indifferent"))
    assert moved.entrent
    assert len(moved.entrent) == len(moved.sortent)
    assert all(one.texte.endswith(f"→ {ordinal(one.apres or 0)}") for one in (*moved.entrent, *moved.montent))
    assert all((one.avant or 0) > (one.apres or 0) for one in moved.montent)
    assert all((one.avant or 0) < (one.apres or 0) for one in moved.descendent)
    assert session.load_eleve(eleve_id).profil == ELEVE
    empty = session.compare_hypothese(eleve_id, ProfilRecord(bac="Générale"))
    assert empty.sortent
    assert all(one.texte.endswith("plus proposée") for one in empty.sortent)


def test_simulator_reads_the_published_counts(session: DossierSession, socle: Socle):
    options = session.list_specialites_simulees()
    assert {"Maths", "SES", "NSI"} <= {one.code for one in options}
    assert next(one for one in options if one.code == "Maths").detail == "mat700"
    vue = session.simulate_specialites(("Maths", "NSI"))
    assert vue.titre == "Mathématiques et NSI"
    assert "2021 à 2024" in vue.effectif
    by_name = {one.famille: one for one in vue.lignes}
    informatique = by_name["Licence Informatique"]
    assert informatique.acces == "plus"
    assert informatique.paire == ""
    assert "intervalle" in informatique.phrase
    assert informatique.exemples
    order = ["plus", "autant", "moins", "rare", "inconnu"]
    assert [order.index(one.acces) for one in vue.lignes] == sorted(order.index(one.acces) for one in vue.lignes)
    assert "réserve" in by_name["Licences avec accès santé (LAS)"].phrase
    triple = session.simulate_specialites(("Maths", "SES", "NSI"))
    assert {one.paire for one in triple.lignes} <= {"Mathématiques et NSI", "Mathématiques et SES", "NSI et SES"}
    assert session.simulate_specialites(("Maths",)).message
    assert SimulateSpecialites(socle.catalogue)(("Maths", "Rien")).message.startswith("Aucun bachelier")


def test_families_have_names_for_people():
    assert famille_fr("Ecoles d'ingénieurs") == "Écoles d’ingénieurs"
    assert famille_fr("Licence Sciences de l éducation") == "Licence Sciences de l’éducation"
    assert famille_fr("D.E  social") == "Diplômes d’État du social"

"""The 30 defects of the reference: each test shows the defect there, and what the corrected mode does instead."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mps_desktop.engine.defauts import DEFAUTS
from mps_desktop.engine.distances import VoeuProche
from mps_desktop.engine.donnees import Percentiles, PositionVoeu, Ville
from mps_desktop.engine.explications import (
    PartSpecialite,
    RaisonGouts,
    RaisonProximite,
    RaisonSimilaire,
    RaisonSpecialites,
)
from mps_desktop.engine.graphe import PASS, build_graphe
from mps_desktop.engine.jeu_neutre import read_profil
from mps_desktop.engine.lecture import BacAbsent, CommuneNulle
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import COMMUNE_NULLE, Choix, Profil, Statut
from mps_desktop.engine.regles import CORRIGE, REFERENCE, Mode
from mps_desktop.engine.reponse_neutre import explanation
from tests.engine.deux_moteurs import (
    DOM1,
    both,
    formation,
    liked,
    linked,
    order,
    positive,
    reasons,
    score,
    with_formation,
)
from tests.engine.petit_jeu import (
    BTS,
    FROMAGER,
    GUERISSEUR,
    ISOLEE,
    JEU,
    LAS,
    LICENCE,
    PLONGEUR,
    TESTVILLE,
)

ROOT = Path(__file__).resolve().parents[2]


def test_defaut_01_parts_de_specialites():
    reference, corrige = both(
        linked(formation("fl1", pct_specialites={"mat1": 1}), formation("fl2", pct_specialites={"mat1": 40}))
    )
    profil = dataclasses.replace(DOM1, specialites=("mat1",))
    assert score(reference, "spec", profil) == {"fl1": 1, "fl2": 1}
    assert score(corrige, "spec", profil) == pytest.approx({"fl1": 0.02, "fl2": 0.8})


def test_defaut_02_raison_dite_une_fois():
    share = RaisonSpecialites((PartSpecialite("mat1", 30),))
    profil = dataclasses.replace(DOM1, specialites=("mat1",))
    reference, corrige = (reasons(moteur, profil, LICENCE) for moteur in both())
    assert reference.count(share) == 2
    assert corrige.count(share) == 1


def test_defaut_03_pourcentage_affiche():
    profil = dataclasses.replace(DOM1, specialites=("mat1",))
    shown = [shown_reasons(moteur, profil, LICENCE, "spec")[0] for moteur in both()]
    assert shown == [{"stats": [{"spe": "mat1", "pct": 3000}]}, {"stats": [{"spe": "mat1", "pct": 30}]}]


def shown_reasons(moteur: Moteur, profil: Profil, name: str, kind: str) -> list[Any]:
    (found,) = moteur.expliquer(profil, (name,))
    return [reason[kind] for reason in explanation(found, moteur.mode)["explanations"] if kind in reason]


def test_defaut_04_courbe_de_la_moyenne():
    percentiles = {"NC": Percentiles(20, 24, 27, 30, 33)}
    reference, corrige = both(linked(formation("fl1", percentiles=percentiles)))

    def curve(moteur: Moteur) -> list[float]:
        return [
            score(moteur, "moygen", dataclasses.replace(DOM1, moyenne=float(moyenne)))["fl1"]
            for moyenne in np.linspace(0, 40, 161)
        ]

    jumps = [np.diff(curve(moteur)) for moteur in (reference, corrige)]
    assert jumps[0].min() < -0.2
    assert jumps[0].max() > 0.2
    assert jumps[1].min() >= 0
    assert jumps[1].max() < 0.05


def test_defaut_05_pourcentage_de_ressemblance():
    profil = Profil(bac="Générale", choix=liked(LICENCE))
    shown = [shown_reasons(moteur, profil, BTS, "simi")[0] for moteur in both()]
    assert shown == [{"fl": LICENCE, "p": 1.0}, {"fl": LICENCE, "p": 60.0}]


def test_defaut_06_bac_absent_ou_blanc():
    reference, corrige = both()
    null, blank, unknown = (Profil(bac=bac, interets=("dom1",)) for bac in (None, "  ", "NC"))
    with pytest.raises(BacAbsent):
        reference.classer(null)
    assert corrige.classer(null) == corrige.classer(blank) == corrige.classer(unknown) != ()
    # A blank bac repeats types more readily in the reference: it counts as technological there.
    types = linked(*(formation(f"fl{rank}", type="a" if rank < 3 else "b", duree=3) for rank in range(1, 5)))
    assert order(Moteur(types, "reference"), blank) == ["fl1", "fl3", "fl2", "fl4"]
    assert order(Moteur(types, "corrige"), blank) == order(Moteur(types, "corrige"), unknown)


def test_defaut_07_ressemblance_dans_les_deux_sens():
    one_way = linked(
        formation("fl1", similaires={1: {"fl2": 40_000}}),
        formation("fl2"),
        formation("fl3", similaires={1: {"fl22": 70_000}}),
        formation_psup_to_mps=(("fl22", "fl2"),),
    )
    profil = Profil(bac="STMG", choix=liked("fl2"), interets=("dom1",))
    reference, corrige = (score(moteur, "sim", profil) for moteur in both(one_way))
    assert reference == {"fl1": 0, "fl2": 0, "fl3": 0}
    assert corrige == pytest.approx({"fl1": 0.4, "fl2": 1, "fl3": 0.7})


def test_defaut_08_lien_le_plus_fort():
    jeu = dataclasses.replace(JEU, metier_formation=(*JEU.metier_formation, (FROMAGER, PASS)))
    reference, corrige = (build_graphe(jeu, regles).successors(FROMAGER)[LAS] for regles in (REFERENCE, CORRIGE))
    assert (reference, corrige) == (0.25, 1.0)


def test_defaut_09_poids_egal_vers_les_metiers():
    jeu = dataclasses.replace(JEU, formation_metier=(*JEU.formation_metier, (ISOLEE, FROMAGER)))
    reference, corrige = (build_graphe(jeu, regles).successors(ISOLEE)[FROMAGER] for regles in (REFERENCE, CORRIGE))
    assert (reference, corrige) == (1.0, 0.01)


def test_defaut_10_interet_pour_la_sante():
    heals = dataclasses.replace(JEU, interet_metier=(("ci9", GUERISSEUR), ("ci8", FROMAGER)), atome_element=())
    reference, corrige = both(heals)
    heal = Profil(bac="Générale", interets=("ci9",), choix=liked(FROMAGER))
    assert LAS not in positive(reference.classer(heal))
    assert LAS in positive(corrige.classer(heal))
    other = dataclasses.replace(heal, interets=("ci8",))
    assert LAS not in positive(corrige.classer(other))


def test_defaut_11_classement_sans_arrondi():
    # Nobody of that bac in fl1 and fl2: 1e-8, rounded to 0, and the better one comes after the other.
    admis = {"NC": 100, "Générale": 0}
    known = linked(
        formation("fl1", nb_admis_par_bac=admis, duree=3),
        formation("fl2", nb_admis_par_bac=admis, duree=2),
        formation("fl3", nb_admis_par_bac={"NC": 100, "Générale": 50}),
    )
    profil = dataclasses.replace(DOM1, duree="court")
    reference, corrige = both(known)
    assert order(reference, profil) == ["fl3", "fl1", "fl2"]
    assert positive(reference.classer(profil)) == ["fl3"]
    assert order(corrige, profil) == ["fl3", "fl2", "fl1"]
    assert positive(corrige.classer(profil)) == ["fl3", "fl2", "fl1"]
    # Nothing suits, twice: far under the seventh decimal, and still the less bad one first.
    nothing = {"nb_admis_par_bac": admis, "pct_specialites": {"mat2": 90}}
    low = linked(
        formation("fl1", **nothing),
        formation("fl2", apprentissage=True, **nothing),
        formation("fl3", duree=5, apprentissage=True, pct_specialites={"mat1": 90}),
    )
    unsuited = dataclasses.replace(DOM1, duree="long", specialites=("mat1",), apprentissage="A")
    reference, corrige = both(low)
    assert order(reference, unsuited) == ["fl3", "fl1", "fl2"]
    assert order(corrige, unsuited) == ["fl3", "fl2", "fl1"]
    assert 0 < corrige.classer(unsuited)[2].affinite < 1e-7


def test_defaut_12_quota_souple():
    # The best formation is hardly offered; the other one is everywhere and 600 km away.
    far = tuple(PositionVoeu(f"tb{rank}", 42.7, 2.9) for rank in range(9))
    quotas = linked(formation("fl1", capacite=10), formation("fl2", capacite=900, voeux=far))
    profil = dataclasses.replace(DOM1, communes=(TESTVILLE,))
    reference, corrige = both(quotas)
    first = reference.classer(profil)[0]
    assert first.formation_id == "fl2"
    assert first.affinite < 0.01
    assert order(corrige, profil) == ["fl1", "fl2"]


def test_defaut_13_moyenne_debrayable():
    jeu = linked(formation("fl1", percentiles={"NC": Percentiles(20, 24, 27, 30, 33)}))
    profil = dataclasses.replace(DOM1, moyenne=10.0)

    def grade(mode: Mode) -> float:
        return score(Moteur(jeu, mode, avec_moyenne=False), "moygen", profil)["fl1"]

    assert grade("reference") < 0.01
    assert grade("corrige") == 1.0


@pytest.mark.parametrize(
    ("champ", "known_bad", "profil"),
    [
        ("nb_admis_par_bac", {"NC": 100, "Générale": 0}, DOM1),
        ("percentiles", {"NC": Percentiles(28, 30, 32, 34, 36)}, dataclasses.replace(DOM1, moyenne=17.0)),
        ("pct_specialites", {"mat1": 0, "mat2": 50}, dataclasses.replace(DOM1, specialites=("mat1",))),
    ],
)
def test_defaut_14_inconnu_sans_avantage(champ: str, known_bad: dict[str, Any], profil: Profil):
    jeu = linked(formation("fl1"), formation("fl2", **{champ: known_bad}))
    reference, corrige = (moteur.affinites(profil).brutes.tolist() for moteur in both(jeu))
    # A spécialité that nobody had and no figure at all were already worth the same.
    assert reference[0] > reference[1] or champ == "pct_specialites"
    assert corrige[0] <= corrige[1]


def test_defaut_15_obsoletes_ecartes():
    gone = PositionVoeu("ta9", 48.0, 2.0, obsolete=True)
    kept = PositionVoeu("ta8", 49.0, 2.0)
    jeu = linked(formation("fl1", obsolete=True), formation("fl2", voeux=(gone, kept)))
    reference, corrige = both(jeu)
    assert sorted(order(reference, DOM1)) == ["fl1", "fl2"]
    assert order(corrige, DOM1) == ["fl2"]
    distances = [moteur.distance_km(TESTVILLE, "fl2") for moteur in (reference, corrige)]
    assert distances == [0, 111]


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_defaut_16_memoire_bornee(mode: Mode):
    """Closed in both modes: what is kept follows the graph, whatever is asked for."""
    moteur = Moteur(JEU, mode)
    for rank in range(3000):
        moteur.classer(Profil(bac="NC", interets=("dom1", f"invented{rank}"), communes=(f"nowhere{rank}",)), 1)
    kept = moteur._chemins._vectors
    communes = moteur._distances.formations.cache_info()
    assert len(kept) <= len(moteur.graphe.noeuds)
    assert communes.maxsize is not None
    assert communes.currsize <= communes.maxsize


def test_defaut_17_deux_etapes_partout():
    # ci1 -> PLONGEUR -> FROMAGER -> GUERISSEUR
    chain = dataclasses.replace(JEU, metier_associe=((PLONGEUR, FROMAGER), (FROMAGER, GUERISSEUR)))
    profil = Profil(bac="NC", interets=("ci1",))
    reference, corrige = (
        {metier.metier_id: metier.score for metier in moteur.classer_metiers(profil)} for moteur in both(chain)
    )
    assert reference[GUERISSEUR] > 0
    assert corrige[GUERISSEUR] == 0
    assert corrige[FROMAGER] > 0


@pytest.mark.parametrize("profil", [Profil(bac="NC", communes=(TESTVILLE,)), Profil(bac="NC", interets=("dom404",))])
def test_defaut_18_rien_de_personnel(profil: Profil):
    reference, corrige = both()
    assert {suggestion.affinite for suggestion in reference.classer(profil)} == {0.0}
    assert corrige.classer(profil) == ()
    assert corrige.classer_metiers(profil) == ()


def test_defaut_19_favori_mal_note():
    profil = Profil(bac="Générale", interets=("dom1",), choix=(Choix(FROMAGER, Statut.FAVORI, 1),))
    without = dataclasses.replace(profil, choix=())
    reference, corrige = both()
    assert score(reference, "tags", profil) != score(reference, "tags", without)
    assert score(corrige, "tags", profil) == score(corrige, "tags", without)


def test_defaut_20_raison_vide():
    reference, corrige = (reasons(moteur, Profil(bac="NC", interets=("ci1",)), BTS) for moteur in both())
    assert RaisonGouts(()) in reference
    assert RaisonGouts(()) not in corrige


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_defaut_21_graphe_immuable(mode: Mode):
    """Without object here: the graph is never cleared, it cannot be changed."""
    graphe = Moteur(JEU, mode).graphe
    with pytest.raises(dataclasses.FrozenInstanceError):
        graphe.noeuds = ()  # type: ignore[misc]  # what is refused is what is proved


def test_defaut_22_ville_par_son_nom():
    namesakes = {
        **JEU.villes,
        "00004": Ville("00004", "Doublon", ((48.0, 2.0),)),
        "00005": Ville("00005", "Doublon", ()),
    }
    reference, corrige = both(dataclasses.replace(JEU, villes=namesakes))

    def near(moteur: Moteur, ville: str) -> list[object]:
        profil = dataclasses.replace(DOM1, communes=(ville,))
        return [raison for raison in reasons(moteur, profil, LICENCE) if isinstance(raison, RaisonProximite)]

    assert near(reference, "TESTVILLE") == []
    assert near(corrige, "TESTVILLE") == [
        RaisonProximite(TESTVILLE, "Testville", (VoeuProche("ta2", 0), VoeuProche("ta1", 55)))
    ]
    assert near(corrige, "Doublon") == []


def test_defaut_23_codes_trop_fins():
    atom = Profil(bac="Générale", interets=("T-IDEO2.1",))
    reference, corrige = both()
    assert {suggestion.affinite for suggestion in reference.classer(atom)} == {0.0}
    assert corrige.classer(atom) == corrige.classer(DOM1) != ()


def test_defaut_24_duree_inconnue():
    jeu = linked(formation("fl1", duree=-1), formation("fl2", duree=1), formation("fl3", duree=3))
    profil = dataclasses.replace(DOM1, duree="court")
    reference, corrige = (score(moteur, "duration", profil) for moteur in both(jeu))
    assert reference["fl1"] == reference["fl2"] == 1
    assert corrige["fl1"] == corrige["fl3"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_defaut_25_formation_deja_retenue(mode: Mode):
    """Kept on purpose: a favourite stays in the list, the screen marks it."""
    ranked = Moteur(JEU, mode).classer(Profil(bac="Générale", choix=liked(BTS, PLONGEUR)))
    assert BTS in positive(ranked)


def test_defaut_26_ville_sans_code():
    profil = read_profil({"bac": "Générale", "interests": ["dom1"], "geo_pref": [None, TESTVILLE]})
    assert COMMUNE_NULLE in profil.communes
    reference, corrige = both()
    for ask in asks(profil):
        with pytest.raises(CommuneNulle):
            ask(reference)
    assert corrige.classer(profil) == corrige.classer(dataclasses.replace(profil, communes=(TESTVILLE,)))


def asks(profil: Profil) -> tuple[Callable[[Moteur], object], ...]:
    return (lambda moteur: moteur.classer(profil), lambda moteur: moteur.expliquer(profil, (LICENCE,)))


def test_defaut_27_division_par_zero():
    nobody = with_formation(JEU, BTS, nb_admis_par_bac={"NC": 0, "Générale": 0})
    profil = Profil(bac="Générale", choix=liked(FROMAGER))
    reference, corrige = (moteur.affinites(profil) for moteur in both(nobody))
    assert np.isnan(reference.max_brute)
    assert reference.normalisees.max() == 0
    assert np.isfinite(corrige.brutes).all()
    assert corrige.normalisees.max() == 1


def test_defaut_28_plafond_par_source():
    # Everything leads directly to both métiers, FROMAGER through one more source.
    profil = Profil(bac="NC", choix=liked(LICENCE, BTS, PLONGEUR))
    jeu = dataclasses.replace(
        JEU, metier_formation=(), formation_metier=((LICENCE, FROMAGER), (LICENCE, GUERISSEUR), (BTS, FROMAGER)),
        formation_domaine=(), domaine_metier=(),
    )  # fmt: skip
    reference, corrige = (
        {metier.metier_id: metier.score for metier in moteur.classer_metiers(profil)} for moteur in both(jeu)
    )
    assert reference[FROMAGER] == reference[GUERISSEUR] == 1.0
    assert 0 < corrige[GUERISSEUR] < corrige[FROMAGER] <= 1.0
    # Eleven favourites are tied to one, twelve to the other: more than the common cap in both cases.
    friends = tuple(f"MET.{rank}" for rank in range(100, 112))
    crowd = linked(
        formation("fl1"),
        metiers=tuple((metier, "fl1") for metier in (FROMAGER, GUERISSEUR, *friends)),
        metier_associe=(*((one, FROMAGER) for one in friends), *((one, GUERISSEUR) for one in friends[1:])),
    )
    reference, corrige = (
        {m.metier_id: m.score for m in moteur.classer_metiers(Profil(bac="NC", choix=liked(*friends)))}
        for moteur in both(crowd)
    )
    assert reference[FROMAGER] == reference[GUERISSEUR] == 1.0
    assert 0 < corrige[GUERISSEUR] < corrige[FROMAGER] <= 1.0


def test_defaut_29_reperes_visibles():
    # With the two licences accès santé, the third quartile of the places is theirs.
    sizes = {"fl1": 10, "fl2": 20, "fl1000001": 500, "fl1000002": 500}
    formations = [
        formation(name, capacite=places, las="fl1" if name.startswith("fl1000") else None)
        for name, places in sizes.items()
    ]
    reference, corrige = (moteur.affinites(DOM1) for moteur in both(linked(*formations)))
    offers = [dict(zip(found.ids, found.offres.tolist(), strict=True)) for found in (reference, corrige)]
    assert offers[0]["fl2"] == pytest.approx(20 / 500)
    assert offers[1]["fl2"] == 1


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_defaut_30_grands_entiers(mode: Mode):
    """Without object here: scores are 64-bit, and what the import of the reference made negative counts as 0."""
    huge, negative = 5_000_000_000, -2_147_483_648
    jeu = linked(
        formation("fl1", similaires={1: {"fl2": huge}}),
        formation("fl2", similaires={1: {"fl1": huge, "fl3": 1}}),
        formation("fl3", similaires={1: {"fl2": negative}}),
    )
    found = score(Moteur(jeu, mode), "sim", Profil(bac="Générale", choix=liked("fl2"), interets=("dom1",)))
    assert found["fl1"] >= 1
    assert found["fl3"] == pytest.approx(0, abs=1e-4)


def test_every_named_test_exists_and_every_defect_has_one():
    assert [defaut.numero for defaut in DEFAUTS] == list(range(1, 31))
    names = {defaut.test.partition("::")[2] for defaut in DEFAUTS}
    assert {defaut.test.partition("::")[0] for defaut in DEFAUTS} == {"tests/engine/test_defauts.py"}
    assert names == {name for name in globals() if name.startswith("test_defaut_")}


def test_the_page_for_teachers_tells_every_decision():
    page = (ROOT / "resources/textes/moteur.md").read_text(encoding="utf-8")
    words = {"corrige": "Corrigé", "garde": "Gardé", "sans_objet": "Sans objet"}
    for defaut in DEFAUTS:
        line = f"| {defaut.numero} | {defaut.titre} | {words[defaut.decision]} | {defaut.explication} |"
        assert line in page


def test_isolated_formation_is_reached_by_likeness_only():
    corrige = both()[1]
    assert ISOLEE in positive(corrige.classer(Profil(bac="Générale", choix=liked(LICENCE))))
    found = reasons(corrige, Profil(bac="Générale", choix=liked(LICENCE, LICENCE)), ISOLEE)
    assert found == (RaisonSimilaire(LICENCE, 100_000),)

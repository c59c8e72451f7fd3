"""A data set small enough to work every figure out by hand. Everything in it is invented."""

from __future__ import annotations

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.graphe import PASS

LICENCE, BTS, LAS, ISOLEE = "fl1", "fl2", "fl1000001", "fr9"
FROMAGER, PLONGEUR, GUERISSEUR = "MET.1", "MET.2", "MET.3"
TESTVILLE, FAUXBOURG, SANS_POINT = "00001", "00002", "00003"

FORMATIONS = (
    FormationMoteur(
        id=LICENCE, libelle="Licence - Fromagerie", type="fr1", duree=5, apprentissage=False, las=None, capacite=100,
        # Half a degree of latitude is 55.6 km.
        voeux=(PositionVoeu("ta1", 48.5, 2.0), PositionVoeu("ta2", 48.0, 2.0), PositionVoeu("ta3", None, None)),
        nb_admis_par_bac={"NC": 100, "Générale": 80, "STMG": 11},
        percentiles={"Générale": Percentiles(20, 24, 27, 30, 33)},
        pct_specialites={"mat1": 30, "mat2": 0},
        similaires={1: {BTS: 60_000, ISOLEE: 100_000, "fl77": 5}},
    ),
    FormationMoteur(
        id=BTS, libelle="BTS - Bulles", type="fr2", duree=2, apprentissage=True, las=None, capacite=40,
        voeux=(PositionVoeu("ta4", 43.6, 1.44),),
        nb_admis_par_bac={"NC": 100},
        percentiles={"NC": Percentiles(10, 12, 14, 16, 18)},
        pct_specialites={"mat1": 1},
        similaires={1: {LICENCE: 50_000, BTS: 120_000}},
    ),
    FormationMoteur(
        id=PASS, libelle="Parcours accès santé", type="fr3", duree=5, apprentissage=False, las=None, capacite=200,
        voeux=(PositionVoeu("ta5", None, 2.0),),
    ),
    FormationMoteur(
        id=LAS, libelle="Licence - Fromagerie - Accès Santé", type="fr1", duree=5, apprentissage=False, las=LICENCE,
        capacite=-1,
    ),
    FormationMoteur(
        id=ISOLEE, libelle="DE Sieste", type="fr4", duree=-1, apprentissage=False, las=None, capacite=60,
        voeux=(PositionVoeu("ta6", 48.0, 2.0),),
        similaires={1: {LICENCE: 250_000}},
    ),
)  # fmt: skip

JEU = JeuDeDonnees(
    formations=FORMATIONS,
    formation_metier=((LICENCE, FROMAGER), (BTS, PLONGEUR), (PASS, GUERISSEUR), (LAS, FROMAGER), (LAS, GUERISSEUR)),
    interet_metier=(("T-IDEO2.9", PLONGEUR),),
    formation_domaine=((LICENCE, "T-IDEO2.1"), (PASS, "T-IDEO2.2")),
    domaine_metier=(("T-IDEO2.1", FROMAGER), ("T-IDEO2.2", GUERISSEUR)),
    metier_associe=((FROMAGER, PLONGEUR),),
    formation_psup_to_mps=(("fl11", BTS),),
    las_to_generic=((LAS, LICENCE),),
    las_to_pass=((LAS, PASS),),
    atome_element=(("T-IDEO2.1", "dom1"), ("T-IDEO2.2", "dom2"), ("T-IDEO2.9", "ci1")),
    metier_formation=((FROMAGER, LICENCE), (FROMAGER, "fl11"), (PLONGEUR, BTS), (GUERISSEUR, PASS)),
    villes={
        TESTVILLE: Ville(TESTVILLE, "Testville", ((48.0, 2.0),)),
        FAUXBOURG: Ville(FAUXBOURG, "Fauxbourg", ((10.0, 2.0), (49.0, 2.0))),
        SANS_POINT: Ville(SANS_POINT, "Nulle-Part", ()),
    },
)

GRAPHE = {
    LICENCE: {FROMAGER: 0.01, "dom1": 0.01},
    BTS: {PLONGEUR: 0.01, FROMAGER: 0.01},
    PASS: {GUERISSEUR: 0.01, "dom2": 0.01},
    LAS: {FROMAGER: 0.01, "dom1": 0.01, GUERISSEUR: 0.0025, "dom2": 0.0025},
    ISOLEE: {},
    FROMAGER: {LICENCE: 1.0, LAS: 1.0, BTS: 1.0, "dom1": 0.01, PLONGEUR: 0.1},
    PLONGEUR: {BTS: 1.0, FROMAGER: 0.1},
    GUERISSEUR: {PASS: 1.0, LAS: 0.25, "dom2": 0.01},
    "dom1": {LICENCE: 1.0, FROMAGER: 0.01, LAS: 1.0},
    "dom2": {PASS: 1.0, GUERISSEUR: 0.01, LAS: 0.25},
    "ci1": {PLONGEUR: 0.001},
}
"""The finished graph, worked out by hand from the lists above."""

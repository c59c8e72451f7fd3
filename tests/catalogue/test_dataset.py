from __future__ import annotations

import time

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.engine.donnees import Percentiles, PositionVoeu
from tests.catalogue.factories import BUT, ISOLEE, LICENCE


def test_formations_in_store_order_with_their_figures(petit: Catalogue):
    data = engine_dataset(petit)
    assert [f.id for f in data.formations] == [LICENCE, BUT, ISOLEE]
    licence, but, las = data.formations
    assert licence.nb_admis_par_bac == {"NC": 40, "Générale": 35}
    assert licence.percentiles == {"Générale": Percentiles(20, 24, 28, 30, 33, 39)}
    assert licence.pct_specialites == {"mat1": 60}
    assert licence.similaires == {i: {BUT: 100000} for i in (0, 1, 2, 3)}
    assert but.apprentissage
    assert but.nb_admis_par_bac == {}
    assert but.similaires[1] == {}
    assert (las.las, las.capacite, las.voeux) == (LICENCE, -1, ())
    assert [formation.obsolete for formation in data.formations] == [False, False, True]


def test_a_voeu_without_coordinates_stands_at_its_commune(petit: Catalogue):
    licence = engine_dataset(petit).formations[0]
    assert licence.voeux == (
        PositionVoeu("ta1", 48.0, 2.0),
        PositionVoeu("ta2", 48.5, 2.0),
        PositionVoeu("ta3", None, None, obsolete=True),
    )


def test_edges_in_reading_order(petit: Catalogue):
    data = engine_dataset(petit)
    assert data.formation_metier == ((LICENCE, "MET.2"), (LICENCE, "MET.1"))
    assert data.las_to_generic == ((ISOLEE, LICENCE),)
    assert data.metier_associe == ()


def test_an_arrondissement_counts_with_its_city(petit: Catalogue):
    villes = engine_dataset(petit).villes
    both = ((48.87, 2.33), (48.88, 2.35))
    assert villes["75056"].coords == villes["75101"].coords == villes["75102"].coords == both
    assert villes["75101"].nom == "Paris 1er Arrondissement"
    assert villes["00101"].coords == ((48.0, 2.0),)
    assert villes["00103"].coords == ()


def test_labels_of_what_the_explanations_name(petit: Catalogue):
    libelles = engine_dataset(petit).libelles
    assert libelles["MET.1"] == "bulleur/euse"
    assert libelles["T-ATOME.1"] == "Pâtes molles"
    assert libelles["mat1"] == "Mathématiques"
    assert libelles["ci1"] == "Compter les trous"


def test_the_shipped_catalogue_is_ready_in_no_time(livre: Catalogue):
    started = time.perf_counter()
    data = engine_dataset(livre)
    assert time.perf_counter() - started < 3  # 0.2 s on an idle machine
    assert len(data.formations) >= 500
    assert len(data.villes) > 34_000


def test_the_shipped_catalogue_names_only_what_it_holds(livre: Catalogue):
    data = engine_dataset(livre)
    formations = {formation.id for formation in data.formations}
    metiers = {metier.id for metier in livre.metiers()}
    assert [f.id for f in data.formations] == sorted(formations)
    assert len(data.formation_metier) >= 3000
    assert {source for source, _ in data.formation_metier} <= formations
    assert {cible for _, cible in data.formation_metier} <= metiers
    assert {cible for _, cible in data.formation_psup_to_mps} <= formations
    assert {las for las, _ in data.las_to_generic} == {f.id for f in data.formations if f.las}
    for formation in data.formations:
        assert all(0 <= pct <= 100 for pct in formation.pct_specialites.values())
        assert all(p.r10 <= p.r25 <= p.r50 <= p.r75 <= p.r90 <= p.rang_max for p in formation.percentiles.values())


def test_paris_counts_with_its_twenty_arrondissements(livre: Catalogue):
    villes = engine_dataset(livre).villes
    assert len(villes["75056"].coords) == 20
    assert villes["75115"].coords == villes["75056"].coords
    assert len(villes["13055"].coords) == 16
    assert len(villes["69123"].coords) == 9

"""Which official fiches speak of a formation: a link of the files, else the same name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mps_desktop.catalogue.fiches.liens import Correspondances, possible_names
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.fiches.records import Bloc, FicheLue, LotLu, Section
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.progress import Progress

INFORMATIQUE, INFORMATIQUE_LAS = "fl2032", "fl1002032"


def lot(nature: str, names: dict[str, str], pairs: tuple[tuple[str, str], ...] = ()) -> LotLu:
    texte = (Section("description", (Bloc("paragraphe", "Essai."),)),)
    fiches = tuple(FicheLue(identifier, name, texte) for identifier, name in names.items())
    return LotLu(nature, "f.zip", "2024-06-25", "0", fiches, pairs)


def install(magasin: Magasin, *lots: LotLu) -> None:
    magasin.install(lots, date(2026, 11, 25), Progress())


@pytest.fixture
def magasin(tmp_path: Path) -> Magasin:
    return Magasin(tmp_path / "f.sqlite")


def ids(catalogue: Catalogue, magasin: Magasin, formation_id: str) -> tuple[str, ...]:
    (formation,) = catalogue.formations((formation_id,))
    return Correspondances(catalogue, magasin).ids(formation)


def test_the_same_name_links(livre: Catalogue, magasin: Magasin):
    install(magasin, lot("fiches_formations", {"FOR.1": "licence mention informatique", "FOR.2": "BUT chose"}))
    assert ids(livre, magasin, INFORMATIQUE)[:2] == ("FOR.1", INFORMATIQUE)


def test_a_link_of_the_files_wins_over_the_name(livre: Catalogue, magasin: Magasin):
    install(
        magasin,
        lot("fiches_formations", {"FOR.1": "licence mention informatique", "FOR.2": "autre nom"}),
        lot("donnees_mps", {}, ((INFORMATIQUE, "FOR.2"), (INFORMATIQUE, "FOR.404"))),
    )
    assert ids(livre, magasin, INFORMATIQUE)[0] == "FOR.2"
    assert "FOR.404" not in ids(livre, magasin, INFORMATIQUE)


def test_access_to_health_studies_has_the_texts_of_its_licence(livre: Catalogue, magasin: Magasin):
    install(magasin, lot("fiches_formations", {"FOR.1": "licence mention informatique"}))
    found = ids(livre, magasin, INFORMATIQUE_LAS)
    assert found[0] == "FOR.1"
    assert {INFORMATIQUE_LAS, INFORMATIQUE} <= set(found)


def test_links_are_learnt_again_when_the_store_changes(livre: Catalogue, magasin: Magasin):
    (formation,) = livre.formations((INFORMATIQUE,))
    correspondances = Correspondances(livre, magasin)
    assert correspondances.ids(formation)[0] == INFORMATIQUE
    install(magasin, lot("fiches_formations", {"FOR.1": "licence mention informatique"}))
    assert correspondances.ids(formation)[0] == "FOR.1"
    magasin.remove()
    assert correspondances.ids(formation)[0] == INFORMATIQUE


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Licence - Droit", "licence mention droit"),
        ("DN MADE - Objet", "dn made mention objet"),
        ("Certificat de spécialisation - Cybersécurité", "mc cybersecurite"),
        ("Certificat de spécialisation agricole - Apiculture", "cs apiculture"),
        ("Diplôme d’État - Ergothérapeute", "de ergotherapeute"),
        ("Titre professionnel - Conducteur de travaux (Bac + 2)", "tp conducteur de travaux"),
    ],
)
def test_names_that_onisep_may_use(label: str, name: str):
    assert name in possible_names(label)

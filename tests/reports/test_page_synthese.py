"""The class synthesis: one page when it can be, A-Z always."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mps_desktop.core.text import NBSP, sort_key
from mps_desktop.reports.blocks import Block
from mps_desktop.reports.data import EvolutionReport
from mps_desktop.reports.page_synthese import compose_synthese
from tests.reports.factories import build_classe, build_data
from tests.reports.test_page_eleve import overlap

HEIGHT = 727.0


def words(page: Block) -> str:
    return " ".join(text.text for text in page.texts).replace(NBSP, " ")


@pytest.mark.parametrize("size", [0, 1, 12, 24, 36])
def test_a_class_fits_on_one_page(size: int):
    (page,) = compose_synthese(build_data(build_classe(size)), HEIGHT)
    assert page.height <= HEIGHT
    assert "Classe TG1" in words(page)


def test_thirty_six_compound_names_and_long_findings_still_fit():
    data = build_data(build_classe(36))
    lignes = tuple(
        replace(li, nom=f"{li.nom}-DE-LA-DÉMONSTRATION", constat=li.constat + " Voir le détail." * 6)
        for li in data.synthese.lignes
    )
    pages = compose_synthese(replace(data, synthese=replace(data.synthese, lignes=lignes)), HEIGHT)
    assert len(pages) == 1
    assert pages[0].cuts > 0


def evolution(days: int) -> EvolutionReport:
    jours = tuple(f"{day + 1:02}/11/2026" for day in range(days))
    reached = tuple(f"{day} sur 36" for day in range(days))
    voeux = tuple(f"{day}{NBSP}/ 120{NBSP}/ 99" for day in range(days))
    lignes = (("Jalon atteint", reached), ("Sans aucun vœu", jours), ("Vœux A+ / A / B", voeux))
    return EvolutionReport(jours, lignes, tuple(day / 36 for day in range(days)), "Jalon atteint par 9 élèves.")


@pytest.mark.parametrize(("size", "days"), [(1, 2), (12, 5), (24, 5), (36, 5), (36, 2)])
def test_the_evolution_is_on_the_page_which_stays_one(size: int, days: int):
    data = build_data(build_classe(size))
    (page,) = compose_synthese(replace(data, synthese=replace(data.synthese, evolution=evolution(days))), HEIGHT)
    text = words(page)
    assert page.height <= HEIGHT
    assert "Évolution de la classe" in text
    assert ("Sans aucun vœu 01/11/2026" in text) != ("Jalon atteint par 9 élèves." in text)
    ordered = sorted((one for one in page.texts if one.text.strip()), key=lambda one: one.y)
    for index, one in enumerate(ordered):
        near = [other for other in ordered[index + 1 :] if other.y - one.y < 25]
        assert not [(one.text, other.text) for other in near if overlap(one, other)]


@pytest.mark.parametrize("size", [37, 60, 200])
def test_a_larger_group_continues_with_its_header_and_loses_nobody(size: int):
    data = build_data(build_classe(size))
    pages = compose_synthese(data, HEIGHT)
    text = " ".join(map(words, pages))
    assert all(page.height <= HEIGHT for page in pages)
    for page in pages[1:]:
        assert "(suite)" in words(page) or "d’où ils viennent" in words(page)
    for ligne in data.synthese.lignes:
        assert ligne.nom in text
    assert text.count("d’où ils viennent") == 1


@pytest.mark.parametrize("size", [12, 36, 60])
def test_nothing_overlaps(size: int):
    for page in compose_synthese(build_data(build_classe(size)), HEIGHT):
        ordered = sorted((text for text in page.texts if text.text.strip()), key=lambda text: text.y)
        for index, one in enumerate(ordered):
            near = [other for other in ordered[index + 1 :] if other.y - one.y < 25]
            assert not [(one.text, other.text) for other in near if overlap(one, other)]


def test_students_are_in_french_alphabetical_order_whatever_the_input():
    data = build_data()
    mixed = replace(data.synthese, lignes=data.synthese.lignes[::-1])
    (page,) = compose_synthese(replace(data, synthese=mixed), HEIGHT)
    noms = [f"{li.nom} {li.prenom}" for li in sorted(mixed.lignes, key=lambda li: sort_key(li.nom))]
    shown = [text.text for text in page.texts if text.text in noms]
    assert shown == noms
    assert noms.index("DUFICTIF Noé") < noms.index("FAUXNOM Jean-Christophe")


def test_key_figures_findings_sources_and_warning_are_all_there():
    data = build_data()
    (page,) = compose_synthese(data, HEIGHT)
    text = words(page)
    for label, value in data.synthese.indicateurs:
        assert label in text
        assert value in text
    for phrase, _ in data.synthese.constats:
        assert phrase.split()[0] in text
    for source in data.sources:
        assert source in text
    assert "ne promettent rien" in text


def test_a_class_without_key_figures_nor_findings_is_drawn():
    data = build_data()
    bare = replace(data.synthese, indicateurs=(), constats=())
    (page,) = compose_synthese(replace(data, synthese=bare, sources=()), HEIGHT)
    assert "Points à regarder" not in words(page)


def test_findings_beyond_the_tenth_are_counted():
    data = build_data()
    many = tuple((f"Constat numéro {index}", index + 1) for index in range(13))
    (page,) = compose_synthese(replace(data, synthese=replace(data.synthese, constats=many)), HEIGHT)
    assert "+ 3 autres points, à lire dans le logiciel" in words(page)

"""Searches as teachers type them: the expected answers, and the behaviours asserted upstream (spec G.5, G.6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.catalogue.search import read_query, search
from tests.catalogue.factories import write_catalogue
from tests.catalogue.requetes import AVEUGLES, SECONDES, Requete, read_requetes

FIXTURE = (
    # Label, keywords: the 13 formations of the upstream test of the ranking.
    ("CAP Fleuriste", ("fleurs", "jardin")),
    ("Bac pro Fleuriste", ("fleurs", "jardin", "hortensia")),
    ("ENSA", ("architecture",)),
    ("L1 - Histoire", ()),
    ("L1 - Géographie", ("histoire",)),
    ("L1 - Histoire de l’art", ()),
    ("DEUST - Technicien en qualité et distribution des produits alimentaires", ()),
    ("BUT Numerique", ()),
    ("but", ()),
    ("BUT Numérique", ()),
    ("BÙT", ()),
    ("Classe préparatoire aux études supérieures - Cinéma audiovisuel", ()),
    ("L1 - Sciences sanitaires et sociales -  Accès Santé (LAS)", ()),
)


def test_the_expected_answers_come_first(livre: Catalogue):
    requetes = read_requetes()
    assert len(requetes) >= 200
    assert {genre for requete in requetes for genre in requete.genres} == set(GENRES_RECHERCHE)
    check_ranks(livre, requetes)


def test_the_answers_written_before_the_first_run_come_first(livre: Catalogue):
    requetes = read_requetes(AVEUGLES) + read_requetes(SECONDES)
    assert len(requetes) >= 200
    assert not {one.texte for one in requetes} & {one.texte for one in read_requetes()}
    check_ranks(livre, requetes)


def check_ranks(livre: Catalogue, requetes: tuple[Requete, ...]) -> None:
    ranks = {requete: requete.rank(livre) for requete in requetes}
    failures = [f"{requete.texte} : {rank}" for requete, rank in ranks.items() if rank != 1]
    first = sum(rank == 1 for rank in ranks.values()) / len(ranks)
    among_three = sum(rank is not None and rank <= 3 for rank in ranks.values()) / len(ranks)
    told = f"top-1 {first:.1%}, top-3 {among_three:.1%} ; pas en tête : {failures}"
    print(told)  # noqa: T201  read with pytest -s
    assert first >= 0.90, told
    assert among_three >= 0.98, told


@pytest.fixture
def treize(tmp_path: Path) -> Iterator[Catalogue]:
    """The 13 formations, with nothing around them."""
    ids = [f"fl{number:04}" for number in range(1, 14)]
    formations = [
        (key, label, "fr1", "Type", 3, 0, None, 30, 1, 0) for key, (label, _) in zip(ids, FIXTURE, strict=True)
    ]
    mots = [
        (key, rang, mot) for key, (_, keywords) in zip(ids, FIXTURE, strict=True) for rang, mot in enumerate(keywords)
    ]
    found = [("formation", key, label, "", "", 0.5) for key, (label, _) in zip(ids, FIXTURE, strict=True)]
    changes = {"formations": formations, "formations_mots": mots, "recherche": found, "voeux": []}
    catalogue = open_catalogue(write_catalogue(tmp_path / "treize.sqlite", changes))  # type: ignore[arg-type]
    yield catalogue
    catalogue.close()


def numbers(catalogue: Catalogue, texte: str) -> list[int]:
    return [int(hit.id[2:]) for hit in search(catalogue, texte, ("formation",), 20)]


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        ("fleur", [1, 2]),
        ("L1", [4, 5, 6, 13]),
        ("histoire", [4, 6, 5]),
        ("histoare", [4, 6, 5]),
        ("flere", [1, 2]),
        ("ist", [1, 2, 4, 5, 6, 7]),
    ],
)
def test_the_upstream_ranking_of_the_thirteen(treize: Catalogue, texte: str, expected: list[int]):
    found = numbers(treize, texte)
    assert set(found) == set(expected)
    if texte in {"ist", "flere"}:
        return  # words that only look alike are worth the same upstream, and come in store order
    if texte != "L1":
        assert found == expected
    # "L1": upstream all four have the same score and come in store order; here the shorter labels come first,
    # which is what somebody who typed two letters reads fastest.
    else:
        assert found[-1] == 13


def test_where_ours_differs_from_the_upstream_ranking(treize: Catalogue):
    assert numbers(treize, "fluer") == [1, 2]
    assert numbers(treize, "fleurise") == [1, 2]
    # The inside of a word is looked at only when no word begins so: with 56,000 labels it would bury the answers.
    assert set(numbers(treize, "hist")) == {4, 5, 6}
    # "las": upstream gives 13, then 12 because "classe" holds the letters. Only 13 is an accès santé.
    assert numbers(treize, "las") == [13]


def test_the_words_of_a_query():
    words = [" ".join(mot.lectures[0]) for mot in read_query("[^12  ma*réchèrche 1%peu Toùt!peTit")]
    assert words == ["12", "ma", "recherche", "1", "peu", "tout", "petit"]
    assert [mot.lectures[0] for mot in read_query("dans le la les droit")] == [("droit",)]


def test_a_query_may_have_one_letter_or_two_hundred(livre: Catalogue):
    # The service refuses below 2 and above 50 characters (error 400). A desktop search answers every keystroke:
    # one letter already gives what begins with it, and a pasted sentence is cut instead of refused.
    assert search(livre, "d")
    assert search(livre, "licence droit " * 40)[0].libelle.startswith("Licence - Droit")
    assert search(livre, " ") == ()


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        # Identifiers of G.6 that the open data of the catalogue holds. Absent from it, hence not asked for: MET.454,
        # 471, 682, 155, 19, 98 (cheval), 392, 375, 135 (sport), 1117, 1199, 7857, 1198, 7856 (psy).
        ("prof", ("MET.342", "MET.557", "MET.522", "MET.890", "MET.85", "MET.634")),
        ("cheval", ("MET.345",)),
        ("sport", ("MET.140", "MET.522", "MET.820")),
        ("psy", ("MET.731", "MET.871", "MET.279", "MET.876", "MET.361", "MET.634")),
        ("policier", ("MET.191", "MET.786")),
        ("astronote", ("MET.7835", "MET.24")),
        ("hôtesse de l'air", ("MET.7821", "MET.400")),
    ],
)
def test_the_metiers_that_the_service_finds(livre: Catalogue, texte: str, expected: tuple[str, ...]):
    found = [hit.id for hit in search(livre, texte, ("metier",), 60)]
    assert set(expected) <= set(found), [livre.libelle(one) for one in set(expected) - set(found)]


@pytest.mark.parametrize(
    ("texte", "first", "second"), [("astronote", "MET.7835", "MET.24"), ("hôtesse de l’air", "MET.7821", "MET.400")]
)
def test_the_order_of_the_service_is_kept(livre: Catalogue, texte: str, first: str, second: str):
    found = [hit.id for hit in search(livre, texte, ("metier",), 20)]
    assert found.index(first) < found.index(second)


def test_a_town_that_exists_is_never_another_one(livre: Catalogue):
    """Nantes teaches no BUT TC: the formation is told, not Mantes nor Nanterre as if it were there."""
    hits = search(livre, "but tc nantes", (), 20)
    assert (hits[0].genre, hits[0].libelle) == ("formation", "BUT - Techniques de commercialisation")
    hits = search(livre, "licence info nantes", (), 20)
    assert {hit.genre for hit in hits[:2]} == {"voeu"}, "no « santé » for « Nantes »"
    assert all("Nantes" in hit.detail for hit in hits[:2])


def test_what_is_taught_in_the_town_comes_before_what_bears_its_name(livre: Catalogue):
    assert "Paris" in search(livre, "pass paris", (), 1)[0].detail
    first = search(livre, "gea rennes", (), 1)[0]
    assert (first.genre, "Rennes" in first.detail) == ("voeu", True)


@pytest.mark.parametrize(
    ("texte", "debut"),
    [("bac pro", "BTS"), ("bac pro commerce", "BTS"), ("tisf", "BTS - Économie"), ("ambulancier", "Infirmier")],
)
def test_what_is_not_in_the_catalogue_leads_to_what_is_near(livre: Catalogue, texte: str, debut: str):
    assert search(livre, texte, (), 3)[0].libelle.startswith(debut)


def test_a_metier_found_by_two_words_comes_first_and_once(livre: Catalogue):
    found = [hit.id for hit in search(livre, "professeur sport professeur", ("metier",), 20)]
    assert found[0] == "MET.522"
    assert len(found) == len(set(found))

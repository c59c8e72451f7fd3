"""Our own words: everything is covered, of the right length, well set, and true to the catalogue."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.catalogue.fiches.textes import NosTextes, load_nos_textes
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.records import Formation
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.services.durees import years_to_diploma
from mps_desktop.services.parametres import load_parametres

FOLDER = find_resources() / "textes" / "fiches"
FILES = sorted(FOLDER.iterdir())
ANNEES = {1: r"une? an|une? année", 2: "deux ans", 3: "trois ans", 4: "quatre ans", 5: "cinq ans", 6: "six ans"}
MOT = re.compile(r"\w[\w’\-]*")
# Words that no French text needs; those that French borrowed (bachelor, design, marketing) are not here.
ANGLAIS = re.compile(r"\b(?:the|and|with|of|for|students?|school|degree|learning|skills?|job|years?|is|are)\b", re.I)


@pytest.fixture(scope="module")
def textes() -> NosTextes:
    return load_nos_textes(find_resources())


@pytest.fixture(scope="module")
def livre() -> Iterator[Catalogue]:
    catalogue = open_catalogue(build_paths().catalogue)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="module")
def par_texte(textes: NosTextes, livre: Catalogue) -> dict[str, list[Formation]]:
    found: defaultdict[str, list[Formation]] = defaultdict(list)
    for formation in livre.formations():
        texte = textes.of_formation(formation.libelle)
        found[texte.code if texte is not None else ""].append(formation)
    return found


def words(text: str) -> int:
    return len(MOT.findall(text))


def test_every_formation_of_the_catalogue_has_its_text(par_texte: dict[str, list[Formation]]):
    assert [(one.id, one.libelle) for one in par_texte.get("", [])] == []


def test_every_text_speaks_of_a_formation(textes: NosTextes, par_texte: dict[str, list[Formation]]):
    assert textes.types.keys() - par_texte.keys() == set()


def test_every_domaine_has_its_text(textes: NosTextes, livre: Catalogue):
    assert {one.id for one in livre.domaines()} == set(textes.domaines)
    assert len(textes.domaines) == 45


def test_lengths(textes: NosTextes):
    assert {c: n for c, t in textes.types.items() if not 60 <= (n := words(t.texte)) <= 120} == {}
    assert {c: n for c, t in textes.domaines.items() if not 30 <= (n := words(t)) <= 60} == {}
    assert 350 <= sum(words(bloc.texte) for bloc in textes.parcoursup) <= 700


def test_years_are_those_of_the_catalogue(textes: NosTextes, par_texte: dict[str, list[Formation]]):
    for code, formations in par_texte.items():
        texte = textes.types[code]
        assert {years_to_diploma(one) for one in formations} == set(texte.annees), code
        for annees in texte.annees:
            assert re.search(ANNEES[annees], texte.texte.lower()), (code, annees)


def test_selection_is_that_of_the_voeux(textes: NosTextes, par_texte: dict[str, list[Formation]], livre: Catalogue):
    for code, formations in par_texte.items():
        marks = ",".join("?" * len(formations))
        ((lowest, share),) = livre.rows(
            f"SELECT min(selectif), avg(selectif) FROM voeux WHERE formation_id IN ({marks})",
            [one.id for one in formations],
        )
        selection = textes.types[code].selection
        if selection == "selective":
            assert share > 0.98, code
        elif selection == "libre":
            assert share == 0, code
        else:
            assert lowest == 0, code
            assert 0 < share < 0.5, code


def test_apprenticeship_is_that_of_the_catalogue(textes: NosTextes, par_texte: dict[str, list[Formation]]):
    told = {code: textes.types[code].apprentissage for code in par_texte}
    assert told == {code: any(one.apprentissage for one in formations) for code, formations in par_texte.items()}


def test_the_page_on_parcoursup_says_the_rules_that_the_program_counts(textes: NosTextes):
    limites = load_parametres(find_resources()).regles.limites
    assert limites.voeux == 10
    page = " ".join(bloc.texte for bloc in textes.parcoursup)
    for said in ("jusqu’à dix vœux", "Dix vœux supplémentaires", "vingt en tout", "taux d’accès"):
        assert said in page


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_typography(file: Path):
    text = file.read_text(encoding="utf-8")
    body = re.sub(r'^[a-z_0-9]+ = (?="|\[|\d|true|false)', "", text, flags=re.M)
    assert "'" not in text
    assert not re.search(r"[ \u00a0][;:!?%»]", body)
    assert not re.search(r"\w[;!?»%]", body)
    assert not re.search(r"«[^\u202f]", body)
    assert not re.search(r"\b[CcSs]oeur|\b[Vv]oeu|[Oo]euvre", body)
    assert "  " not in body
    assert not ANGLAIS.findall(body)


@pytest.mark.parametrize("file", [file for file in FILES if file.suffix == ".toml"], ids=lambda file: file.name)
def test_every_file_says_who_wrote_it_and_when(file: Path):
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    assert read["auteur"]
    assert date(2026, 11, 1) <= read["date"]


def test_the_longest_beginning_wins(textes: NosTextes):
    def code(label: str) -> str:
        found = textes.of_formation(label)
        return found.code if found is not None else ""

    assert code("CPGE - Lettres") == "lettres"
    assert code("CPGE - Lettres et sciences sociales (B/L)") == "bl"
    assert code("Licence - STAPS (sport)") == "licence_staps"
    assert code("Licence - Droit - Accès santé (LAS)") == "las"
    assert code("Chose inconnue") == ""


def test_a_missing_text_is_told(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="domaines"):
        load_nos_textes(tmp_path)

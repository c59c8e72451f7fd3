from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.paths import find_resources
from mps_desktop.core.text import NBSP, NNBSP
from mps_desktop.engine import ambition, faits
from mps_desktop.engine import balance as balance_module
from mps_desktop.engine.ambition import estimate
from mps_desktop.engine.balance import balance
from mps_desktop.engine.classes import ClasseVoeu, Constat, Estimation, Fait, Jalon, Mentions, StatsSession
from mps_desktop.services import phrases_constats as phrases
from mps_desktop.services.parametres import load_parametres, load_textes
from tests.engine.ambition_factories import G, choisi, references, shipped_regles, shipped_seuils, voeu

TEXTES = load_textes(find_resources())
CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")
PROMISES = re.compile(r"\b(sera|seras|serez|aura|obtiendra|garanti|certain d|assuré|sûr d’être admis)", re.IGNORECASE)
BAD_SPACE = re.compile(rf"(?<![{NNBSP}{NBSP}])[;:!?%»]|«(?!{NNBSP})|'|\.\.\.| {{2}}")
VALUES = {
    "completude": 10, "nb": 2, "rayon_km": 50, "distance_km": 87, "limite": 10, "session": 2026, "classes": "A+,B",
}  # fmt: skip


def codes_of(module: object) -> set[str]:
    """Codes that a module of the engine writes."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]  # a module
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {word for word in words if CODE.fullmatch(word)}


def check_french(sentence: str) -> None:
    assert not BAD_SPACE.search(sentence), sentence
    assert not PROMISES.search(sentence), sentence
    assert "{" not in sentence
    assert sentence == sentence.strip()


def test_every_code_of_the_balance_has_a_sentence_and_an_action():
    known = {*TEXTES.constats, *TEXTES.manques}
    assert codes_of(balance_module) == known


@pytest.mark.parametrize("code", [*TEXTES.constats, *TEXTES.manques])
@pytest.mark.parametrize("nb", [1, 2])
def test_sentences_and_actions_are_french_and_complete(code: str, nb: int):
    found = Constat(code, 2, ("fl1", "fl2")[:nb], {**VALUES, "nb": nb})
    say = phrases.constat if code in TEXTES.constats else phrases.manque
    names = "BTS Bidon" if nb == 1 else "BTS Bidon et BUT Fictif"
    sentence = say(found, names)
    check_french(sentence)
    check_french(phrases.action(found))
    assert sentence.endswith(".")
    assert phrases.action(found).endswith(".")
    assert not sentence[0].islower()


def test_the_values_that_the_engine_gives_are_enough():
    """Every finding and lack that the engine can produce is said with the values it carries."""
    lists = [
        ((), (), ()),
        ((), ("fl1",), ()),
        ((choisi("ta1", "fl1", ClasseVoeu.AMBITIEUX, declaree=ClasseVoeu.SECURISANT, distance_km=99.0),), ("fl1",), ()),
        (
            tuple(choisi(f"ta{i}", "fl1", ClasseVoeu.SECURISANT, bas=0.1, fili="BTS") for i in range(21)),
            ("fl1", "fl2"),
            (),
        ),
        (
            tuple(choisi(f"ta{i}", "fl1", ClasseVoeu.AMBITIEUX, fili="Licence", connu=False) for i in range(11)),
            ("fl1",),
            ("MET.1",),
        ),
        (
            tuple(
                choisi(f"ta{i}", "fl1", ClasseVoeu.INSUFFISANT, bas=None, apprentissage=True, fili="Licence",
                       compatible_duree=False, compatible_alternance=False)
                for i in range(11)
            ),
            ("fl1",),
            (),
        ),
        (tuple(choisi(f"ta{i}", "fl1", ClasseVoeu.REALISTE, categorie="ifsi") for i in range(6)), ("fl1",), ()),
        ((choisi("ta1", "fl1", ClasseVoeu.SECURISANT, declaree=ClasseVoeu.AMBITIEUX),), ("fl1",), ()),
        (tuple(choisi(f"ta{i}", "fl1", ClasseVoeu.REALISTE) for i in range(3)), ("fl1",), ()),
        (tuple(choisi(f"ta{i}", "fl1", ClasseVoeu.SECURISANT) for i in range(3)), ("fl1",), ()),
    ]  # fmt: skip
    said: set[str] = set()
    for niveau in ("seconde", "premiere", "terminale", ""):
        for number, (voeux, formations, metiers) in enumerate(lists):
            found = balance(
                niveau=niveau, voeux=voeux, formations=formations, metiers=metiers, completude=0,
                regles=shipped_regles(), attendus_lus=(), jours_restants=number - 2,
                a_portee=("fl2",),
            )  # fmt: skip
            for constat in found.constats:
                check_french(phrases.constat(constat, "BTS Bidon"))
                said.add(constat.code)
            for manque in found.jalon.manques:
                check_french(phrases.manque(manque, "BTS Bidon"))
                said.add(manque.code)
            check_french(phrases.jalon(found.jalon))
    assert said == {*TEXTES.constats, *TEXTES.manques}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.31, 0.58, "entre 3 et 6 chances sur 10"),
        (0.48, 0.52, "environ 5 chances sur 10"),
        (0.12, 0.14, "environ 1 chance sur 10"),
        (0.0, 0.04, "moins d’une chance sur 10"),
        (0.0, 0.13, "au plus 1 chance sur 10"),
        (0.01, 0.31, "au plus 3 chances sur 10"),
        (0.62, 0.99, "au moins 6 chances sur 10"),
        (0.97, 1.0, "plus de 9 chances sur 10"),
        (0.02, 0.98, "très incertain : toutes les issues restent possibles"),
    ],
)
def test_chances_in_words(low: float, high: float, expected: str):
    assert phrases.chances(low, high).replace(NBSP, " ").replace(NNBSP, " ") == expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_chances_are_never_none_nor_all(one: float, other: float):
    sentence = phrases.chances(min(one, other), max(one, other))
    check_french(sentence)
    assert not re.search(rf"\b(0|10){NBSP}chance", sentence)


def test_every_motif_of_the_engine_has_its_sentence():
    motifs = {"APPRENTISSAGE", *codes_of(ambition)} - {"PLACES_POUR_TOUS"}
    gone = {"VOEU_INCONNU", "VOEU_DISPARU"}
    for code in (*motifs, *gone):
        sentence = phrases.motif(code)
        check_french(sentence)
        assert sentence == phrases.estimation(Estimation("ta1", ClasseVoeu.INSUFFISANT, motif=code))
        assert sentence.startswith("N’existe plus" if code in gone else "Données insuffisantes")


@pytest.mark.parametrize("share", [0.0, 1.0, 37.0, 62.5, 99.0, 100.0])
@pytest.mark.parametrize("later", [True, False])
def test_every_fact_of_the_engine_has_its_sentence(share: float, later: bool):
    rates: dict[int, float | None] = {2023: share, 2024: share if later else 50.0}
    rest = (100 - share) / 4
    variants = [
        voeu(rates, mentions=Mentions(2023, share, rest, rest, rest, rest), selectif=False, pct_meme_academie=100.0),
        voeu({2023: share}, (3, 300, 4000), mentions=Mentions(2023, 0, 0, share, 100 - share, 0)),
        voeu({2023: share}, (0, 300, 4000)),
        voeu({2023: 99.0, 2024: 100.0}, selectif=False),
    ]
    said: set[str] = set()
    for stats in variants:
        for moyenne in (None, share / 5):
            for found in estimate(stats, references(), shipped_seuils(), G, "Générale", moyenne).faits:
                sentence = phrases.fait(found)
                check_french(sentence)
                assert sentence.endswith(".")
                said.add(found.code)
        for line in phrases.chiffres(stats):
            check_french(line)
    assert said == (codes_of(faits) | {"MENTIONS", "SECTEUR", "PLACES_POUR_TOUS"})


def test_figures_carry_their_session():
    stats = voeu({2023: 42.0, 2024: 38.0, 2025: None})
    assert phrases.chiffres(stats) == (
        f"taux d’accès 2024{NNBSP}: 38{NNBSP}%",
        f"902{NBSP}candidats, 30{NBSP}places (2025)",
    )
    assert phrases.chiffres(voeu({})) == ()


def test_thousands_are_apart():
    stats = voeu({})
    busy = type(stats)(**{**_fields(stats), "sessions": (StatsSession(2025, 1200, 12345),)})
    assert phrases.chiffres(busy) == (f"12{NNBSP}345{NBSP}candidats, 1{NNBSP}200{NBSP}places (2025)",)


def _fields(stats: object) -> dict[str, object]:
    return {name: getattr(stats, name) for name in type(stats).__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(40.0, 41.0, "stable"), (40.0, 52.0, "gagné 12"), (52.0, 40.0, "perdu 12")],
)
def test_trend_of_the_rate(before: float, after: float, words: str):
    fact = Fait("TENDANCE_TAUX", {"avant": before, "apres": after, "session_avant": 2023}, 2024)
    assert words in phrases.fait(fact)


@pytest.mark.parametrize("niveau", ["seconde", "premiere", "terminale", "", "autre"])
@pytest.mark.parametrize("atteint", [True, False])
def test_every_level_has_its_milestone(niveau: str, atteint: bool):
    sentence = phrases.jalon(Jalon(niveau, atteint, 1, 3))
    check_french(sentence)
    if niveau == "premiere" and atteint:
        assert "attendus ont été lus" in sentence


@pytest.mark.parametrize(
    ("value", "step", "expected"), [(37.4, 5, "35"), (37.5, 5, "40"), (38.2, 1, "38"), (100, 5, "100")]
)
def test_percentages_are_rounded(value: float, step: int, expected: str):
    assert phrases.percent(value, step) == f"{expected}{NNBSP}%"


def test_calendar_never_invents_a_date():
    calendriers = load_parametres(find_resources()).calendriers
    assert "du 19 janvier 2026 au 12 mars 2026" in phrases.calendrier(calendriers, 2026)
    for session in (2027, 2035):
        sentence = phrases.calendrier(calendriers, session)
        assert "pas encore publié" in sentence
        assert not re.search(r"janvier|mars|avril|juin", sentence)
    for step in calendriers[2026].etapes:
        check_french(phrases.etape(step))


@pytest.mark.parametrize("code", sorted(TEXTES.constats))
def test_every_finding_has_a_title_that_suits_any_student(code: str):
    title = TEXTES.constats[code].titre
    assert title
    assert "{" not in title
    assert len(title) < 45


def test_the_warning_promises_nothing():
    check_french(phrases.AVERTISSEMENT)


def test_the_page_for_teachers_tells_the_shipped_values():
    text = (find_resources() / "textes/estimation.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        prose = re.sub(r"^\|[-|]+\|$", "", line)
        assert not BAD_SPACE.search(prose), line
    seuils = shipped_seuils()
    assert f"moins de {round(10 * seuils.ambitieux)} chances sur 10" in text
    assert f"au moins {round(10 * seuils.securisant)} chances sur 10" in text
    assert f"encore {round(10 * seuils.securisant_bas)} sur 10" in text
    assert seuils.candidats_min == 10
    assert "moins de dix candidats" in text


def test_no_other_wording_file_is_forgotten():
    shipped = {file.name for file in Path(find_resources() / "parametres").iterdir()}
    assert shipped == {"classes.toml", "equilibre.toml", "parcoursup.toml", "calendrier.toml", "constats.toml"}

"""Our texts are ours: no eight words in a row are those of an official text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from mps_desktop.core.paths import find_resources
from mps_desktop.core.text import fold

FOLDER = find_resources() / "textes"
_RUN = 8
_MARKUP = re.compile(r"<[^>]*>|\\u003c[^>]*?\\u003e|https?://\S+")
# Titles of laws, diplomas and official names are nobody's words: they may be eight words long.
_NAMES = (
    "institut national des sciences appliquees", "diplome d etat", "brevet professionnel de la jeunesse",
    "education populaire et du sport", "sciences et techniques des activites physiques et sportives",
    "diplome national des metiers d art", "national des metiers d art et du design", "made diplome national",
    "diplome d etudes universitaires scientifiques", "d etat de professeur de musique", "de commerce et de management",
    "ecole speciale militaire de saint cyr", "specialite sciences physiques et chimiques en laboratoire",
    "technicien superieur en imagerie medicale",
)  # fmt: skip


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = fold(unescape(_MARKUP.sub(" ", text))).split()
    for start in range(len(words) - _RUN + 1):
        yield tuple(words[start : start + _RUN])


def copied(ours: dict[tuple[str, ...], str], text: str) -> list[str]:
    beginnings = {run[:3] for run in ours}
    words = fold(unescape(_MARKUP.sub(" ", text))).split()
    found = {
        run
        for start, three in enumerate(zip(words, words[1:], words[2:], strict=False))
        if three in beginnings and (run := tuple(words[start : start + _RUN])) in ours
    }
    return [f"{ours[run]} : {' '.join(run)}" for run in found if not any(name in " ".join(run) for name in _NAMES)]


def our_runs() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for file in sorted(FOLDER.rglob("*")):
        if file.suffix in (".toml", ".md") and file.name != "glossaire.md":
            found |= dict.fromkeys(runs(file.read_text(encoding="utf-8")), file.name)
    return found


def test_the_comparison_sees_a_copy():
    (first, *_) = our_runs()
    assert copied(our_runs(), "Avant, " + " ".join(first) + " après.")
    assert not copied(our_runs(), "Rien de tout cela n’a jamais été écrit par nous sous cette forme précise, jamais.")


def test_no_eight_words_are_those_of_an_official_text(partage: Path):
    ours = our_runs()
    assert len(ours) > 5_000
    wrong: list[str] = []
    archives = [*(partage / "onisep").glob("*.zip"), *(partage / "mps").glob("*.zip")]
    assert archives
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                wrong += copied(ours, archive.read(name).decode("utf-8", "replace"))
    assert wrong == []

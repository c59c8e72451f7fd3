"""One idea, one word: identifiers keep to resources/textes/glossaire.md."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(ROOT.glob("mps_desktop/**/*.py"))


def banned_words() -> set[str]:
    rows = (ROOT / "resources/textes/glossaire.md").read_text(encoding="utf-8").splitlines()
    cells = [row.split("|")[3] for row in rows if row.startswith("| `")]
    return {word.strip() for cell in cells for word in cell.split(",") if word.strip()}


def identifiers(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return names


def words(identifier: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    return {spaced, *spaced.split("_")}


def test_the_glossary_bans_something():
    assert {"student", "wish", "school"} <= banned_words()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_identifiers_keep_to_the_glossary(source: Path):
    names = identifiers(ast.parse(source.read_text(encoding="utf-8")))
    assert not [name for name in names if not name.isascii()], "accents only in text shown to people"
    banned = banned_words()
    assert not sorted(name for name in names if words(name) & banned)

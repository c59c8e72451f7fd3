"""Which of a student's options are living languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from mps_desktop.core.text import fold

_LANGUE = re.compile(
    r"(?:[a-z ]+ )?lv ?[123abc]\b.*"  # ANGLAIS LV1, LV2 espagnol
    r"|(?:agl|ang|esp|all|ita|por|rus|chi|ara|heb|jap)[ -]?[123ab]"  # codes of SIECLE: AGL1, ESP2
    r"|(?:anglais|espagnol|allemand|italien|portugais|arabe|chinois|russe|hebreu|japonais|occitan|breton|corse|catalan"
    r"|basque|creole)(?: (?:section )?(?:euro(?:peen(?:ne)?)?|renforce))?"
)

LANGUES_CYCLADES = MappingProxyType({"0001": "ALLEMAND", "0002": "ANGLAIS", "0007": "ESPAGNOL"})
"""Codes of Cyclades that a public source confirms; others are left out."""


def split_langues(options: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels of living languages, then the other options, each in file order."""
    langues: list[str] = []
    autres: list[str] = []
    for option in options:
        (langues if _LANGUE.fullmatch(fold(option)) else autres).append(option)
    return tuple(langues), tuple(autres)

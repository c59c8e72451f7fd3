"""Words of labels and of queries: folding, words that say nothing, the two readings of a métier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mps_desktop.core.text import fold, strip_accents

MOTS_VIDES = frozenset(
    ("a", "au", "aux", "avec", "ce", "ces", "chez", "d", "dans", "de", "des", "du", "elle", "en", "et", "il", "l", "la",
     "le", "les", "leur", "ne", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sous",
     "sur", "un", "une")
)  # fmt: skip
"""Words that say nothing by themselves; kept when an entry or a query holds nothing else."""

_ACRONYM = re.compile(r"\b(?:[a-z]\.)+[a-z]\b")
_NOT_WORD = re.compile(r"[^a-z0-9+\n]+")
_SAME_LETTERS = 3
"""Letters shared by the masculine and the feminine of any métier."""
_PLURAL_LETTERS = 5


def stem(word: str) -> str:
    """Word without the mark of the plural, short words untouched ("langues" -> "langue", "mars" -> "mars")."""
    return word[:-1] if len(word) >= _PLURAL_LETTERS and word[-1] in "sx" else word


def content_words(words: Sequence[str]) -> Sequence[str]:
    """Words that say something, or all of them when none does."""
    return [word for word in words if word not in MOTS_VIDES] or words


def fold_all(labels: Sequence[str]) -> list[str]:
    """Folded words of many labels: ``core.text.fold``, much faster than one by one; I.U.T. becomes iut."""
    if not labels:
        return []
    joined = "\n".join(label.replace("\n", " ") for label in labels)
    plain = joined.translate({ord(letter): strip_accents(letter) for letter in set(joined)}).lower()
    plain = _ACRONYM.sub(lambda match: match[0].replace(".", ""), plain)
    return [label.strip() for label in _NOT_WORD.sub(" ", plain).split("\n")]


def forms(label: str) -> tuple[str, ...]:
    """Masculine and feminine readings of a métier, each searched as one label.

    "Agent immobilier / agente immobilière" -> both halves; "Infirmier / infirmière humanitaire" ->
    "Infirmier humanitaire", "infirmière humanitaire"; any other label -> itself.
    """
    masculine, slash, feminine = label.partition(" / ")
    if not slash or fold(masculine)[:_SAME_LETTERS] != fold(feminine)[:_SAME_LETTERS]:
        return (label,)
    rest = feminine.split()[len(masculine.split()) :]
    return (" ".join((masculine, *rest)), feminine)

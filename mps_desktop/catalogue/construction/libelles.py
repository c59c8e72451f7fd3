"""Readable French labels: spaces, apostrophes, capital accents, family prefixes."""

from __future__ import annotations

import re
from collections.abc import Callable

from mps_desktop.core.text import typography

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# A few upstream files lost their curly apostrophes on the way: « d?analyses ».
_LOST_APOSTROPHE = re.compile(r"(?<=[a-zàâçéèêëîïôûù])\?(?=[a-zàâçéèêëîïôûùœ])")
_CAPITAL_E = re.compile(
    r"\bE(?=bén|change|co(?:le|nom(?!ics)|log|concep|tour)|cri(?:t|v)|dit(?:ion|or|eur)|douard|duc|lectr(?!onics)|lev"
    r"|lisée|loi\b|luard|mile\b|ner[gG]|qu(?:ip|it|estre)|tabl|talag|tat\b|tienne|tran[gj]|tud|vén|val)"
)
_DOUBLE_CAPITAL = re.compile(r"\bELectro")
_PARIS_STYLE = re.compile(r"^(Paris|Lyon|Marseille)\s+(\d+(?:er|e))\s+[Aa]rrondissement$")
_WITHOUT_COLON_SPACE = re.compile(r"(?<=[\w)]):(?=\s)")
_LIST_DASHES = re.compile(r"(?<= )[A-ZSa-zéèê]+(?:(?:-| - )[a-zéèê]+){2,}")
_DASH_RUN = re.compile(r"(?:\s-)+\s-\s|\s-\s*$")


def _option(match: re.Match[str]) -> str:
    return f"option {match[1].upper()}"


_TYPOS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\bTechn\. en\b"), "Technicien(ne) en"),
    (re.compile(r"\bopt\.?\s*:?\s*([ab])\b"), _option),
    (re.compile(r"\bopt\b\.?\s*:?\s*"), "option "),
    (re.compile(r"\bprofessionel\b"), "professionnel"),
    (re.compile(r"(?<=\w)& "), " et "),
    (re.compile(r"théatre"), "théâtre"),
    (re.compile(r"\s*\(?\b[Bb][Aa][Cc]\s*\+\s*(\d)\)?"), r" (Bac + \1)"),
)
_PREFIXES = (
    # Prefixes of Parcoursup's nomenclature, in the words that people read.
    (re.compile(r"^L1 - "), "Licence - "),
    (re.compile(r"^BTS - (?:Services|Production) - "), "BTS - "),
    (re.compile(r"^BTS - Agricole - "), "BTSA - "),
    (re.compile(r"^BTS - Maritime - "), "BTSM - "),
    (re.compile(r"^MC - "), "Mention complémentaire - "),
    (re.compile(r"^Certificat de Spécialisation Agricole - "), "Certificat de spécialisation agricole - "),
    (re.compile(r"^Certificat de Spécialisation - "), "Certificat de spécialisation - "),
    (re.compile(r"^(?:(?:FP|Formation professionnelle) [-–] )+"), "Formation professionnelle - "),
    (re.compile(r"^Formation professionnelle - (?:TP|Titre [Pp]rofessionn?el)(?: [-–])? "), "Titre professionnel - "),
    (re.compile(r"^CPGE - (?:CPGE - )+"), "CPGE - "),
    (re.compile(r"^(?:CPES - )?Cycle pluridisciplinaire d[’']Études Supérieures - "), "CPES - "),
    (re.compile(r"^D\.E "), "Diplôme d’État - "),
)


def clean(text: str) -> str:
    """One label as people read it: single spaces, French typography, accents on capitals."""
    text = _SPACES.sub(" ", text).strip(" -\t")
    text = _LOST_APOSTROPHE.sub("’", text)
    for plain, ligature in (("Oeuvre", "Œuvre"), ("oeuvre", "œuvre"), ("Oenolog", "Œnolog"), ("oenolog", "œnolog")):
        text = text.replace(plain, ligature)
    text = _WITHOUT_COLON_SPACE.sub(" :", text)
    text = _DOUBLE_CAPITAL.sub("Électro", _CAPITAL_E.sub("É", text))
    return typography(_DASH_RUN.sub(lambda match: " - " if match[0].endswith("- ") else "", text)).strip()


def clean_formation(text: str) -> str:
    """Label of a formation, with the family first: « L1 - Droit » becomes « Licence - Droit »."""
    text = clean(text)
    for pattern, readable in _PREFIXES:
        text = pattern.sub(readable, text)
    for pattern, correct in _TYPOS:
        text = pattern.sub(correct, text)
    return " - ".join(capitalize(part) for part in text.split(" - "))


def clean_voeu(text: str) -> str:
    """Label of a vœu: as published, the family in the same words as for formations."""
    text = clean(text)
    for pattern, readable in _PREFIXES:
        text = pattern.sub(readable, text)
    return capitalize(text)


def clean_type(text: str) -> str:
    """Type of formation: « Licence - Droit-économie-gestion » becomes « Licence - Droit, économie, gestion »."""
    text = _LIST_DASHES.sub(lambda match: match[0].replace(" - ", ", ").replace("-", ", "), clean(text))
    return capitalize(text.replace("D.E secteur", "Diplôme d’État, secteur"))


def clean_commune(text: str) -> str:
    """Commune of an établissement: « Paris 13e  Arrondissement » becomes « Paris 13e Arrondissement »."""
    text = _SPACES.sub(" ", text).strip()
    return _PARIS_STYLE.sub(r"\1 \2 Arrondissement", typography(text))


def clean_etablissement(text: str) -> str:
    """Name of an établissement; one written all in capitals stays so, nobody knows its accents."""
    return clean(text)


def capitalize(text: str) -> str:
    """First letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]

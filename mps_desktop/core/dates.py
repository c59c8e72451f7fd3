"""French dates and school years. The clock is always an argument, never read here."""

from __future__ import annotations

from datetime import date

_JOURS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_MOIS_COURTS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def short_date(day: date) -> str:
    """Short form with the weekday: mar. 24 nov. 2026."""
    return f"{_JOURS[day.weekday()]} {_day(day)} {_MOIS_COURTS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """Long form: 24 novembre 2026, 1er mars 2027."""
    return f"{_day(day)} {_MOIS[day.month - 1]} {day.year}"


def numeric_date(day: date) -> str:
    """Form of school software: 24/11/2026."""
    return f"{day:%d/%m/%Y}"


def annee_scolaire(day: date) -> str:
    """School year of a day, from 1 August on: "2026-2027"."""
    start = day.year if day.month >= 8 else day.year - 1
    return f"{start}-{start + 1}"


def fin_annee(annee: str) -> date:
    """Last day of a school year: 31 July 2027 for "2026-2027".

    Raises:
        ValueError: not two years in a row.
    """
    start, end = (int(part) for part in annee.split("-"))
    if end != start + 1 or not 2000 <= start <= 9000:
        raise ValueError(annee)
    return date(end, 7, 31)


def session_parcoursup(day: date) -> int:
    """Parcoursup session that a terminale of that school year takes part in."""
    return day.year + 1 if day.month >= 8 else day.year


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)

"""The calendar of Parcoursup: the one shipped, and the user's copy that takes its place session by session."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from mps_desktop.core.dates import long_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder, replacing
from mps_desktop.core.text import NNBSP
from mps_desktop.services.parametres import Calendrier, Etape, read_calendriers

FICHIER = "calendrier.toml"
NIVEAUX = {"seconde": "seconde", "premiere": "première", "terminale": "terminale"}
ETAPES = {
    "carte": "Carte des formations",
    "voeux": "Formulation des vœux",
    "fiches_avenir": "Fiches Avenir",
    "notes": "Remontée des notes",
    "confirmation": "Confirmation des vœux",
    "admission": "Phase d’admission",
    "attente": "Classement des vœux en attente",
    "complementaire": "Phase complémentaire",
}
"""Steps of a session, in their order, with the words for one that no file names yet."""
_MOIS_RENTREE = 8
_TOML = (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError)


class CalendrierStore:
    """Calendars in force; the user's copy is read once and written at each save.

    Args:
        shipped: those of the program.
        file: the user's copy, None = nothing can be changed.

    Attributes:
        erreur: why the user's copy is not used, empty when it is fine or absent. A damaged copy never stops
            the program: the shipped dates are used, and the dialog tells.
    """

    def __init__(self, shipped: Mapping[int, Calendrier], file: Path | None = None) -> None:
        self._shipped = dict(shipped)
        self._file = file
        self.erreur = ""
        self._own = self._read()

    @property
    def calendriers(self) -> Mapping[int, Calendrier]:
        """By session, the user's own first."""
        return {**self._shipped, **self._own}

    def calendrier(self, session: int) -> Calendrier:
        """Calendar of a session; not published and empty when nobody knows it."""
        return self.calendriers.get(session) or Calendrier(session, publie=False, source="", etapes=())

    def is_own(self, session: int) -> bool:
        """Whether the user changed that session."""
        return session in self._own

    def save(self, calendrier: Calendrier) -> Calendrier | None:
        """Keep the user's version of a session.

        Returns:
            The user's previous version, None when the shipped one was in force: ``put_back`` undoes the change.

        Raises:
            EnvironmentFault: a date makes no sense, or the file cannot be written; nothing is changed.
        """
        problems = check_calendrier(calendrier)
        if problems:
            raise EnvironmentFault(
                f"Le calendrier {calendrier.session} n’a pas été enregistré{NNBSP}: {problems[0]}",
                "Corrigez les dates, puis enregistrez de nouveau.",
            )
        previous = self._own.get(calendrier.session)
        self._write({**self._own, calendrier.session: calendrier})
        return previous

    def put_back(self, session: int, previous: Calendrier | None) -> None:
        """Put an earlier version of the user back, or the shipped calendar with None."""
        others = {year: own for year, own in self._own.items() if year != session}
        self._write(others if previous is None else {**others, session: previous})

    def _write(self, own: dict[int, Calendrier]) -> None:
        if self._file is None:
            raise EnvironmentFault("Le calendrier ne peut pas être modifié ici.", "Ouvrez MPS Bureau normalement.")
        make_folder(self._file.parent)
        with replacing(self._file) as neighbour:
            neighbour.write_text(
                tomli_w.dumps({"session": {str(year): _table(own[year]) for year in sorted(own)}}), encoding="utf-8"
            )
        self._own, self.erreur = own, ""

    def _read(self) -> dict[int, Calendrier]:
        if self._file is None or not self._file.exists():
            return {}
        try:
            read = dict(read_calendriers(tomllib.loads(self._file.read_text(encoding="utf-8"))))
            wrong = [problem for calendrier in read.values() for problem in check_calendrier(calendrier)]
        except OSError:
            wrong, read = ["le fichier ne peut pas être lu."], {}
        except _TOML:
            wrong, read = ["le fichier est incomplet ou mal écrit."], {}
        if wrong:
            self.erreur = (
                f"Votre copie du calendrier n’est pas utilisée{NNBSP}: {wrong[0]} "
                "Les dates livrées avec MPS Bureau la remplacent jusqu’au prochain enregistrement."
            )
            return {}
        return read


def check_calendrier(calendrier: Calendrier) -> tuple[str, ...]:
    """What makes no sense in a calendar, as sentences; empty when all is well."""
    problems: list[str] = []
    first, last = date(calendrier.session - 1, _MOIS_RENTREE, 1), date(calendrier.session, 12, 31)
    for etape in calendrier.etapes:
        name = etape.libelle or etape.code
        if etape.debut and etape.fin and etape.fin < etape.debut:
            problems.append(
                f"«{NNBSP}{name}{NNBSP}» finit le {long_date(etape.fin)}, avant de commencer "
                f"le {long_date(etape.debut)}."
            )
        if any(day and not first <= day <= last for day in (etape.debut, etape.fin)):
            problems.append(
                f"«{NNBSP}{name}{NNBSP}» sort de la session{NNBSP}: une date se trouve entre "
                f"le {long_date(first)} et le {long_date(last)}."
            )
    codes = [etape.code for etape in calendrier.etapes]
    if len(set(codes)) != len(codes):
        problems.append("une étape figure deux fois.")
    for niveau, day in calendrier.echeances.items():
        if niveau not in NIVEAUX:
            problems.append(f"le niveau «{NNBSP}{niveau}{NNBSP}» n’existe pas.")
        elif not first <= day <= last:
            problems.append(
                f"l’échéance de {NIVEAUX[niveau]} ({long_date(day)}) doit se trouver entre "
                f"le {long_date(first)} et le {long_date(last)}."
            )
    by_code = {etape.code: etape for etape in calendrier.etapes}
    voeux, confirmation = by_code.get("voeux"), by_code.get("confirmation")
    if voeux and confirmation and voeux.fin and confirmation.fin and confirmation.fin < voeux.fin:
        problems.append("les vœux se confirment après avoir été formulés, pas avant.")
    if calendrier.publie and not any(etape.debut or etape.fin for etape in calendrier.etapes):
        problems.append("un calendrier publié donne au moins une date.")
    return tuple(problems)


def describe_echeance(store: CalendrierStore, session: int, niveau: str, today: date) -> str:
    """When the milestone of a level is due, in words; what is missing when nobody set it."""
    day = store.calendrier(session).echeances.get(niveau)
    if niveau not in NIVEAUX:
        return ""
    if day is None:
        unknown = "" if store.calendrier(session).publie else f" (calendrier {session} non publié)"
        return f"Échéance à fixer{unknown}."
    left = (day - today).days
    if left < 0:
        return f"Échéance{NNBSP}: {long_date(day)}, dépassée."
    when = "aujourd’hui" if left == 0 else "demain" if left == 1 else f"dans {left} jours"
    return f"Échéance{NNBSP}: {long_date(day)} ({when})."


def days_left(store: CalendrierStore, session: int, niveau: str, today: date) -> int | None:
    """Days until the milestone of a level is due (negative = past), None when it is not set."""
    day = store.calendrier(session).echeances.get(niveau)
    return None if day is None else (day - today).days


def blank_steps(calendrier: Calendrier) -> tuple[Etape, ...]:
    """Every step of a session in order, those that the calendar lacks without dates."""
    known = {etape.code: etape for etape in calendrier.etapes}
    others = tuple(etape for etape in calendrier.etapes if etape.code not in ETAPES)
    return (*(known.get(code) or Etape(code, libelle, None, None) for code, libelle in ETAPES.items()), *others)


def _table(calendrier: Calendrier) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for etape in calendrier.etapes:
        dates = {key: day for key, day in (("debut", etape.debut), ("fin", etape.fin)) if day is not None}
        if dates:
            steps.append({"code": etape.code, "libelle": etape.libelle, **dates})
    return {
        "publie": calendrier.publie,
        "source": calendrier.source,
        "echeances": dict(calendrier.echeances),
        "etapes": steps,
    }

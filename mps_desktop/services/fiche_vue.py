"""What a fiche shows, whatever it is about: tabs made of a few kinds of parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TexteVue:
    """One piece of text.

    Attributes:
        genre: ``titre``, ``sous_titre`` (inside an official text), ``paragraphe``, ``puce`` or ``note`` (source
            and date, small).
    """

    genre: str
    texte: str


@dataclass(frozen=True, slots=True)
class TableauVue:
    """A small table of figures.

    Attributes:
        note: source and session of the figures.
        cibles: (genre, id) that each line opens, or empty.
    """

    titre: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    note: str
    cibles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartsVue:
    """Shares drawn as bars: (what, percent)."""

    titre: str
    parts: tuple[tuple[str, float], ...]
    note: str


@dataclass(frozen=True, slots=True)
class TendanceVue:
    """A figure over the sessions, drawn: (session, value), with the same thing in words."""

    titre: str
    points: tuple[tuple[str, float], ...]
    texte: str
    note: str


@dataclass(frozen=True, slots=True)
class Cible:
    """Another fiche to open.

    Attributes:
        genre: ``formation``, ``metier``, ``etablissement``, ``domaine`` or ``page``.
    """

    genre: str
    code: str
    libelle: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CiblesVue:
    """Other fiches, as a list of links."""

    titre: str
    cibles: tuple[Cible, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdressesVue:
    """Pages outside the program: (name, http or https address)."""

    titre: str
    liens: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AppelVue:
    """No official text here: says how to add it."""

    texte: str
    action: str


PartieVue = TexteVue | TableauVue | PartsVue | TendanceVue | CiblesVue | AdressesVue | AppelVue


@dataclass(frozen=True, slots=True)
class OngletVue:
    """One tab; a tab without parts is not shown."""

    titre: str
    parties: tuple[PartieVue, ...]


@dataclass(frozen=True, slots=True)
class FicheVue:
    """A whole fiche.

    Attributes:
        genre, code: what it is about (see ``Cible``).
        badge: kind of thing, in words.
        detail: one line under the title.
    """

    genre: str
    code: str
    badge: str
    titre: str
    detail: str
    onglets: tuple[OngletVue, ...]

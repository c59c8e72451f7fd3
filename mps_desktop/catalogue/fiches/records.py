"""What a fiche is made of: plain text in blocks, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

NATURE_FORMATIONS = "fiches_formations"
NATURE_METIERS = "fiches_metiers"
NATURE_MPS = "donnees_mps"
NATURES = (NATURE_FORMATIONS, NATURE_METIERS, NATURE_MPS)
"""Kinds of official file that are read, in the order in which their texts are shown."""

JEUX = {
    NATURE_FORMATIONS: "Onisep, Idéo-fiches formations",
    NATURE_METIERS: "Onisep, Idéo-fiches métiers",
    NATURE_MPS: "MonProjetSup, attendus et conseils",
}
"""Data set and producer of each kind, for people."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """One block of plain text.

    Attributes:
        genre: ``titre``, ``paragraphe`` or ``puce``.
    """

    genre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Lien:
    """An address to open outside, http or https only."""

    nom: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of an official text.

    Attributes:
        code: ``description``, ``acces``, ``attendus``, ``conseils``, ``poursuites``, ``accroche``, ``nature``,
            ``conditions``, ``competences``, ``niveau``, ``salaire``, ``insertion``.
        source, edition: data set and its date (ISO), filled when read from the store.
    """

    code: str
    blocs: tuple[Bloc, ...]
    source: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class FicheLue:
    """One fiche as read from an official file.

    Attributes:
        id: ``FOR.…``, ``MET.…``, or a Parcoursup id (``fl…``, ``fr…``).
        libelle: its name, used to match formations that no link names; may be empty.
    """

    id: str
    libelle: str
    sections: tuple[Section, ...]
    liens: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class LotLu:
    """Everything read from one official file.

    Attributes:
        nature: one of ``NATURES``.
        edition: date of the data, ISO.
        correspondances: (Parcoursup id, FOR id) links that the file gives.
    """

    nature: str
    fichier: str
    edition: str
    empreinte: str
    fiches: tuple[FicheLue, ...]
    correspondances: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LotInstalle:
    """One official file in the store.

    Attributes:
        jeu: data set and producer, for people.
        edition, importe_le: ISO dates.
        nb_fiches: how many fiches it brought.
    """

    nature: str
    jeu: str
    fichier: str
    edition: str
    importe_le: str
    empreinte: str
    nb_fiches: int


@dataclass(frozen=True, slots=True)
class FicheOfficielle:
    """Official texts about one formation or métier, whatever the files they come from."""

    sections: tuple[Section, ...] = ()
    liens: tuple[Lien, ...] = ()

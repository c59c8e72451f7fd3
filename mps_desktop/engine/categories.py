"""How the kinds of formations count on Parcoursup: values of a data file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Categorie:
    """How one kind of formation counts on Parcoursup.

    Attributes:
        multiple: all its établissements make one vœu.
        comptee: each établissement is a counted sous-vœu.
        par_etablissement: several vœux of one établissement count once (internat, other sites).
        voeux_max: vœux accepted per filière, None = no limit of its own.
        filis: aggregated families of the catalogue that belong to it.
        debuts: beginnings of the labels of formations that belong to it.
    """

    code: str
    libelle: str
    multiple: bool
    comptee: bool
    par_etablissement: bool = False
    voeux_max: int | None = None
    filis: tuple[str, ...] = ()
    debuts: tuple[str, ...] = ()

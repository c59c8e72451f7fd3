"""How the kinds of formations count on Parcoursup: values of a data file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Categorie:
    """How one kind of formation counts on Parcoursup.

    Attributes:
        multiple: all its établissements make one vœu, or those of one établissement only.
        voeu_par_etablissement: the vœu multiple stops at one établissement (its options, sites and parcours).
        region_groupee: region whose établissements make one vœu together all the same, empty = none.
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
    voeu_par_etablissement: bool = False
    region_groupee: str = ""

    def place(self, etablissement: str, region: str) -> str:
        """Where a vœu counts: its établissement, or the region that groups several.

        Args:
            etablissement: UAI.
        """
        return f"région {region}" if region and region == self.region_groupee else etablissement

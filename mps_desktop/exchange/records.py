"""What profile files give: frozen copies, told by name because files know no dossier."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FavoriLu:
    """A formation kept by a student, with the vœux chosen for it.

    Attributes:
        niveau_ambition: declared class 1 = B, 2 = A, 3 = A+, 0 = not said.
        voeux: ``ta…`` ids in the order of choice.
        classes_enseignant: vœu id -> class stated by the teacher ("A+", "A", "B").
    """

    formation_id: str
    niveau_ambition: int = 0
    voeux: tuple[str, ...] = ()
    classes_enseignant: dict[str, str] = field(default_factory=dict[str, str])
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProfilLu:
    """Profile of one student as a file says it; the fields of the dossier's profile, None = not said.

    Attributes:
        nom, prenom, classe: whom it is about; an empty class matches any.
        moyenne: out of 20; -1 = the student does not want to say.
    """

    nom: str
    prenom: str
    classe: str = ""
    situation: str | None = None
    bac: str | None = None
    specialites: tuple[str, ...] = ()
    moyenne: float | None = None
    domaines: tuple[str, ...] = ()
    interets: tuple[str, ...] = ()
    metiers: tuple[str, ...] = ()
    duree_etudes: str | None = None
    alternance: str | None = None
    communes: tuple[str, ...] = ()
    favoris: tuple[FavoriLu, ...] = ()
    corbeille: tuple[str, ...] = ()

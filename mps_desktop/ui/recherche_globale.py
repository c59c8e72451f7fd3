"""What the search of the top bar shows: one list, by kind of thing, students first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import ClasseVue, EleveLigne, Option

GENRES = ("formation", "metier", "etablissement", "lycee", "voeu", "commune")
GROUPES = {
    "eleve": "Élèves",
    "formation": "Formations",
    "metier": "Métiers",
    "etablissement": "Établissements du supérieur",
    "lycee": "Lycées",
    "voeu": "Vœux de Parcoursup",
    "commune": "Villes",
}
TROP_COURT = Option(
    "", "Tapez au moins deux lettres", "", "Un élève, une formation, un métier, un établissement, une ville"
)
SANS_REPONSE = Option(
    "",
    "Aucun résultat",
    "",
    f"Essayez moins de mots, un sigle (LEA, GEA, MPSI) ou un exemple{NNBSP}: «{NNBSP}bts sio rennes{NNBSP}»",
)
NOMBRE = 24
_MOST_ELEVES = 6
_MOST_IN_GROUP = 5


def eleves_named(words: Sequence[str], lignes: Iterable[EleveLigne]) -> tuple[Option, ...]:
    """Students of the dossier whose name or class holds every word."""
    found = [ligne for ligne in lignes if all(word in ligne.recherche for word in words)]
    return tuple(Option(str(li.id), f"{li.nom} {li.prenom}", "eleve", li.classe) for li in found[:_MOST_ELEVES])


def known_after(tous: ClasseVue | None, vue: ClasseVue) -> ClasseVue:
    """Everybody, as known once a class was read again: its lines are the newer ones (a name was corrected)."""
    if tous is None or not vue.classe or len(vue.classes) == 1:
        return vue
    fresh = {ligne.id: ligne for ligne in vue.lignes}
    return replace(tous, lignes=tuple(fresh.get(ligne.id, ligne) for ligne in tous.lignes))


def grouped(found: Sequence[Option]) -> tuple[Option, ...]:
    """Answers by kind, the kind of the best answer first.

    Args:
        found: best first.
    """
    groups: dict[str, list[Option]] = {}
    for option in found:
        groups.setdefault(option.categorie, []).append(option)
    return tuple(option for group in groups.values() for option in group[:_MOST_IN_GROUP])


def titles(eleve: str) -> dict[str, str]:
    """Title of each kind of answer, which says once what choosing one of them does.

    Args:
        eleve: name of the open student, empty = nobody.
    """
    selection = f"ajouter à la sélection de {eleve}" if eleve else "ouvrez un élève pour l’ajouter"
    profil = f"ajouter au profil de {eleve}" if eleve else selection
    what = {"formation": selection, "voeu": selection, "metier": profil, "commune": profil}
    return {genre: f"{name} · {what[genre]}" if genre in what else name for genre, name in GROUPES.items()}


def describe_place(option: Option) -> str:
    """What is said of an établissement: it cannot be added to a profile, its vœux can."""
    place = f" ({option.detail})" if option.detail else ""
    return (
        f"{option.libelle}{place}, code UAI {option.code}. Pour ajouter un de ses vœux, cherchez la formation avec"
        f" la ville{NNBSP}: «{NNBSP}bts sio rennes{NNBSP}»."
    )

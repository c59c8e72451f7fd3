"""What a profile is worth: how complete, whether valid, and how the engine reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.services.options import Options
from mps_desktop.storage.records import ProfilRecord

NOTE_MAX = 3999
SANS_REPONSE = -1.0

_NIVEAUX = {"seconde": "sec", "premiere": "prem", "terminale": "term"}
_DUREES = {"courte": "court", "longue": "long", "indifferent": "indiff", "aucune_idee": ""}
_ALTERNANCES = {"tres_interesse": "A", "interesse": "B", "indifferent": "C", "pas_interesse": "D"}

# Field, label for people, why it matters. Order of the form.
_CHAMPS: tuple[tuple[str, str, str], ...] = (
    ("situation", "Avancement du projet", "dit par où commencer l’entretien"),
    ("bac", "Baccalauréat", "sans lui, aucune estimation A+ / A / B n’est possible"),
    ("specialites", "Spécialités", "certaines formations les regardent de près"),
    ("moyenne", "Moyenne générale", "resserre l’estimation de chaque vœu"),
    ("domaines", "Domaines professionnels", "ils portent l’essentiel des suggestions"),
    ("interets", "Centres d’intérêt", "ils ouvrent des pistes que le domaine ne montre pas"),
    ("metiers", "Métiers", "un métier choisi compte double dans les suggestions"),
    ("duree_etudes", "Durée des études", "écarte les formations trop longues ou trop courtes"),
    ("alternance", "Alternance", "change la liste des formations proposées"),
    ("communes", "Villes souhaitées", "classe les établissements par distance"),
    ("favoris", "Formations retenues", "c’est sur elles que portent les vœux"),
)


_AJOUTS = {
    "bac": "Le bac",
    "specialites": "La spécialité",
    "domaines": "Le domaine",
    "interets": "Le centre d’intérêt",
    "metiers": "Le métier",
    "communes": "La commune",
}


def missing_fields(profil: ProfilRecord, niveau: str, has_specialites: bool) -> tuple[tuple[str, str], ...]:
    """What is not filled yet: (label, why it matters), in the order of the form.

    Args:
        niveau: the average is expected of a terminale only.
        has_specialites: the student's bac has spécialités to choose from.
    """
    return tuple((label, why) for name, label, why in _expected(niveau, has_specialites) if not _filled(profil, name))


def completeness(profil: ProfilRecord, niveau: str, has_specialites: bool) -> int:
    """Share of the expected fields that are filled, 0..100."""
    expected = _expected(niveau, has_specialites)
    filled = sum(_filled(profil, name) for name, _, _ in expected)
    return round(100 * filled / len(expected))


def _expected(niveau: str, has_specialites: bool) -> tuple[tuple[str, str, str], ...]:
    skipped = {
        name for name, skip in (("specialites", not has_specialites), ("moyenne", niveau != "terminale")) if skip
    }
    return tuple(champ for champ in _CHAMPS if champ[0] not in skipped)


def _filled(profil: ProfilRecord, name: str) -> bool:
    value = getattr(profil, name)
    return value is not None and value not in ((), "")


def known_moyenne(profil: ProfilRecord) -> float | None:
    """Average out of 20, None when it is unknown or when the student keeps it to himself."""
    return None if profil.moyenne is None or profil.moyenne < 0 else profil.moyenne


def engine_profil(profil: ProfilRecord, niveau: str) -> Profil:
    """The profile as MonProjetSup's engine expects it.

    The average goes from points out of 20 to half points, truncated. A bac that nobody stated is
    ``NC``. Every favourite counts as liked (no score), every formation of the corbeille is refused.
    """
    moyenne = known_moyenne(profil)
    choix = (
        *(Choix(f.formation_id, Statut.FAVORI) for f in profil.favoris),
        *(Choix(m, Statut.FAVORI) for m in profil.metiers),
        *(Choix(f, Statut.REJETE) for f in profil.corbeille),
    )
    return Profil(
        niveau=_NIVEAUX.get(niveau, ""),
        bac=profil.bac or "NC",
        duree=None if profil.duree_etudes is None else _DUREES.get(profil.duree_etudes, ""),
        apprentissage=None if profil.alternance is None else _ALTERNANCES.get(profil.alternance, ""),
        communes=profil.communes,
        specialites=profil.specialites,
        interets=(*profil.interets, *profil.domaines),
        moyenne=None if moyenne is None else float(int(2 * moyenne)),
        choix=choix,
    )


def check_profil(profil: ProfilRecord, formation_of_voeu: Callable[[str], str | None]) -> None:
    """Refuse what MonProjetSup refuses, with a sentence that says what to do.

    Args:
        profil: what is about to be saved.
        formation_of_voeu: formation of a vœu, None when the catalogue no longer knows the vœu (it is
            then kept as it is: an update never loses a student's choice).

    Raises:
        EnvironmentFault: the average is out of range, an id appears twice, a formation is both
            kept and hidden, a vœu does not belong to its formation, or a note is too long.
    """
    if profil.moyenne is not None and profil.moyenne != SANS_REPONSE and not 0 <= profil.moyenne <= 20:
        raise EnvironmentFault(
            "La moyenne doit être comprise entre 0 et 20.", "Corrigez-la, ou cochez « ne souhaite pas répondre »."
        )
    _refuse_duplicates("Une formation retenue", tuple(favori.formation_id for favori in profil.favoris))
    _refuse_duplicates("Une formation masquée", profil.corbeille)
    _refuse_duplicates("Un métier", profil.metiers)
    if {favori.formation_id for favori in profil.favoris} & set(profil.corbeille):
        raise EnvironmentFault(
            "Une formation ne peut pas être à la fois retenue et masquée.", "Retirez-la de l’une des deux listes."
        )
    for favori in profil.favoris:
        _refuse_duplicates("Un vœu", favori.voeux)
        if len(favori.note) > NOTE_MAX:
            raise EnvironmentFault(
                f"La note compte {len(favori.note)} caractères, au-delà des {NOTE_MAX} permis.",
                "Raccourcissez-la, puis enregistrez de nouveau.",
            )
        for voeu_id in favori.voeux:
            if formation_of_voeu(voeu_id) not in (None, favori.formation_id):
                raise EnvironmentFault(
                    "Un des vœux n’appartient pas à cette formation.", "Ajoutez-le sous la formation qui le propose."
                )


def check_added(profil: ProfilRecord, known: Collection[tuple[str, str]], options: Options) -> None:
    """Refuse an id that the catalogue does not know, or a spécialité that is not of the bac, when it is added now.

    What was there already stays, and may come back: an import brought it, or a newer catalogue dropped it.

    Args:
        known: (field, id) that the student has, or had since the dossier was opened.

    Raises:
        EnvironmentFault: a newly added id cannot be; the sentence names it.
    """
    offered = {option.code for option in options.specialites(profil.bac)}
    for code in profil.specialites:
        if profil.bac and code not in offered and ("specialites", code) not in known:
            raise EnvironmentFault(
                f"La spécialité «{NNBSP}{options.libelle(code)}{NNBSP}» n’existe pas avec ce bac.",
                "Choisissez-en une de la liste, ou changez d’abord le bac.",
            )
    for champ, said in _AJOUTS.items():
        value = getattr(profil, champ)
        for code in (value,) if isinstance(value, str) else value or ():
            if (champ, code) not in known and options.libelle(code) == code:
                raise EnvironmentFault(
                    f"{said} «{NNBSP}{code}{NNBSP}» n’est pas dans le catalogue.", "Choisissez dans la liste proposée."
                )


def added_ids(profil: ProfilRecord) -> set[tuple[str, str]]:
    """(field, id) of a profile that ``check_added`` looks at."""
    found = {("specialites", code) for code in profil.specialites}
    for champ in _AJOUTS:
        value = getattr(profil, champ)
        found |= {(champ, code) for code in ((value,) if isinstance(value, str) else value or ())}
    return found


def _refuse_duplicates(what: str, ids: tuple[str, ...]) -> None:
    if len(set(ids)) != len(ids):
        raise EnvironmentFault(f"{what} figure deux fois dans la liste.", "Retirez le doublon.")

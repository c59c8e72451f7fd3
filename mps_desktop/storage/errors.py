"""What can go wrong with a dossier, told to people in French."""

from __future__ import annotations

from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

RESTORE = "Ouvrez une sauvegarde du dossier, ou demandez de l’aide avant d’y toucher."


class WrongPassword(EnvironmentFault):
    """The password does not open the dossier, which is itself in good order."""

    def __init__(self) -> None:
        super().__init__(
            "Ce mot de passe n’ouvre pas le dossier.",
            "Vérifiez les majuscules et le clavier, puis recommencez. Le dossier est intact.",
        )


class WeakPassword(EnvironmentFault):
    """The password is too short to protect anything."""

    def __init__(self, minimum: int) -> None:
        super().__init__(
            f"Le mot de passe compte moins de {minimum} caractères.",
            "Prenez par exemple quatre mots sans rapport entre eux, séparés par des espaces.",
        )


class NotADossier(EnvironmentFault):
    """There is no dossier in that folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Il n’y a pas de dossier MPS Bureau dans «{NNBSP}{folder}{NNBSP}».",
            f"Choisissez le dossier qui contient le fichier «{NNBSP}dossier.toml{NNBSP}».",
        )


class DamagedDossier(EnvironmentFault):
    """A file of the dossier is missing or was altered."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Le dossier est endommagé{NNBSP}: {what}.", RESTORE)


def unreadable() -> DamagedDossier:
    """The error of a database that the right key does not open."""
    return DamagedDossier("sa base de données est illisible")


class NewerDossier(EnvironmentFault):
    """The dossier was written by a later version whose format this one does not know."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"Ce dossier vient d’une version plus récente de MPS Bureau (format {version}).",
            "Ouvrez-le avec cette version, ou mettez MPS Bureau à jour.",
        )


class DossierLocked(EnvironmentFault):
    """Somebody has the dossier open.

    Args:
        machine: computer that holds it.
        utilisateur: session name on that computer.
        depuis: since when, ready to read.
        remede: what to do.
    """

    def __init__(self, machine: str, utilisateur: str, depuis: str, remede: str) -> None:
        self.machine = machine
        self.utilisateur = utilisateur
        self.depuis = depuis
        super().__init__(f"Ce dossier est déjà ouvert par {utilisateur} sur {machine} depuis {depuis}.", remede)


class FolderNotEmpty(EnvironmentFault):
    """A new dossier would be mixed with files that are already there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"«{NNBSP}{folder}{NNBSP}» existe déjà et n’est pas un dossier vide.",
            "Choisissez un nouveau nom ; rien n’a été modifié.",
        )


class UnknownEleve(EnvironmentFault):
    """The student was deleted in the meantime."""

    def __init__(self) -> None:
        super().__init__("Cet élève n’est plus dans le dossier.", "Revenez à la liste de la classe.")


class DiskFull(EnvironmentFault):
    """No room left to write."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a plus de place sur le disque.",
            "Libérez de la place, puis recommencez ; ce qui était enregistré l’est toujours.",
        )


class ReadOnlyDossier(EnvironmentFault):
    """The dossier can be read but not written, or not even read."""

    def __init__(self) -> None:
        super().__init__(
            "Le dossier ne peut pas être ouvert en écriture.",
            "Vérifiez vos droits sur le dossier, ou que la clé USB n’est pas protégée en écriture.",
        )


class VanishedDossier(EnvironmentFault):
    """The folder of an open dossier was deleted, moved, or its disk was taken out."""

    def __init__(self) -> None:
        super().__init__(
            f"Le dossier n’est plus à sa place{NNBSP}: ce changement n’est pas enregistré.",
            "Remettez la clé USB, ou le dossier là où il était, puis recommencez.",
        )


class DatabaseBusy(EnvironmentFault):
    """Another program keeps the database file."""

    def __init__(self) -> None:
        super().__init__(
            "Le fichier du dossier est occupé par un autre programme.",
            "Attendez la fin de la sauvegarde ou de la synchronisation en cours, puis recommencez.",
        )


class DiskFailure(EnvironmentFault):
    """The disk or the network failed while reading or writing."""

    def __init__(self) -> None:
        super().__init__(
            "Le disque ou le réseau n’a pas répondu pendant l’accès au dossier.",
            "Vérifiez la connexion ou la clé USB, puis recommencez ; ce qui était enregistré l’est toujours.",
        )


class NotEnoughMemory(EnvironmentFault):
    """The computer has no memory left for the job."""

    def __init__(self) -> None:
        super().__init__(
            "La mémoire de l’ordinateur ne suffit pas pour ouvrir le dossier.",
            "Fermez d’autres programmes, puis recommencez.",
        )

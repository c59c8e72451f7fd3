"""Which catalogue is in force: the one shipped with the program, or an updated one of the user's.

Updated catalogues have versioned names in the user's data folder and are never overwritten: an open one
can be replaced on Windows too. A small pointer file says which is in force and which was before; changing
catalogue is the exchange of that pointer, one ``os.replace``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mps_desktop.catalogue.opening import open_read_only
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import PRIVATE_FILE, make_folder, replacing
from mps_desktop.core.locks import system_lock

_POINTEUR = "en-service.json"
_VERROU = "mise-a-jour.verrou"
_FORMAT = 1
_NOMS = "catalogue-*.sqlite"
_SHIPPED = "Le catalogue livré avec le programme est utilisé à la place ; aucun choix d’élève n’est perdu."
_AGAIN = "Refaites la mise à jour dans l’écran Données."


@dataclass(frozen=True, slots=True)
class Version:
    """One catalogue that is or was in force.

    Attributes:
        fichier: name in the folder of the updated catalogues; empty = the shipped one.
        empreinte: SHA-256 of the file, hexadecimal; empty for the shipped one.
        session: newest Parcoursup session in it.
        installe: when, ISO 8601; empty for the shipped one.
        livre: SHA-256 of the shipped catalogue at that time.
    """

    fichier: str = ""
    empreinte: str = ""
    session: int = 0
    installe: str = ""
    livre: str = ""


LIVRE = Version()
"""The catalogue shipped with the program."""


@dataclass(frozen=True, slots=True)
class Choix:
    """The catalogue to open.

    Attributes:
        chemin: its file.
        version: which one it is.
        precedente: the one before, None when there is none to go back to.
        avertissement: French sentences, why the updated catalogue was not taken; empty when all is well.
    """

    chemin: Path
    version: Version
    precedente: Version | None = None
    avertissement: str = ""


class Depot:
    """The catalogues of this machine's user.

    Args:
        livre: the shipped file, read-only.
        dossier: folder of the updated ones, created when first needed.
    """

    def __init__(self, livre: Path, dossier: Path) -> None:
        self.livre = livre
        self.dossier = dossier

    def choose(self) -> Choix:
        """The updated catalogue when it is there, whole, readable and not older than the shipped one."""
        try:
            actuelle, precedente = self._read()
        except FileNotFoundError:
            return Choix(self.livre, LIVRE)
        except (OSError, ValueError, TypeError, KeyError):
            return Choix(
                self.livre, LIVRE, None, f"Le choix du catalogue mis à jour est illisible. {_SHIPPED} {_AGAIN}"
            )
        if not actuelle.fichier:
            return Choix(self.livre, LIVRE, precedente)
        reason = self._refusal(actuelle)
        if reason:
            return Choix(self.livre, LIVRE, None, f"{reason} {_SHIPPED} {_AGAIN}")
        return Choix(self.dossier / actuelle.fichier, actuelle, precedente)

    def new_file(self, session: int, now: datetime) -> Path:
        """A name that no catalogue has had, for the next one."""
        return self.dossier / f"catalogue-{session}-{now:%Y%m%d-%H%M%S-%f}.sqlite"

    def install(self, file: Path, session: int, now: datetime) -> Version:
        """Put a finished catalogue of the folder in force; the present one becomes the previous.

        Raises:
            EnvironmentFault: the pointer could not be written; nothing changed.
        """
        version = Version(
            file.name,
            fingerprint(file),
            session,
            now.isoformat(timespec="seconds"),
            fingerprint(self.livre),
        )
        self._write(version, self.choose().version)
        self.clean()
        return version

    def revert(self) -> Version:
        """Go back to the previous catalogue; doing it twice comes back.

        Raises:
            EnvironmentFault: there is none, or it cannot be read any more.
        """
        choice = self.choose()
        if choice.precedente is None:
            raise EnvironmentFault("Il n’y a pas de catalogue précédent.", "Aucune mise à jour n’a encore été faite.")
        if choice.precedente.fichier and (reason := self._refusal(choice.precedente)):
            raise EnvironmentFault(reason, "Le catalogue en place n’a pas changé.")
        self._write(choice.precedente, choice.version)
        return choice.precedente

    @contextmanager
    def exclusive(self) -> Generator[None]:
        """One update at a time, in all the programs of this user.

        Raises:
            EnvironmentFault: another one is being made, or the folder cannot be written.
        """
        make_folder(self.dossier)
        handle = os.open(self.dossier / _VERROU, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            try:
                system_lock(handle)
            except OSError as exc:
                raise EnvironmentFault(
                    "Une autre mise à jour du catalogue est en cours.", "Attendez qu’elle se termine, puis recommencez."
                ) from exc
            self.clean()
            yield
        finally:
            os.close(handle)

    def clean(self) -> None:
        """Delete what no pointer names: leftovers of a stop, versions older than the previous one."""
        try:
            kept = {one.fichier for one in self._read() if one is not None}
        except FileNotFoundError:
            kept = set[str]()
        except (OSError, ValueError, TypeError, KeyError):
            return
        for file in (*self.dossier.glob(_NOMS), *self.dossier.glob(f".{_NOMS}.*.tmp")):
            if file.name not in kept:
                try:
                    file.unlink()
                except OSError:  # still open in a window, on Windows: the next update deletes it
                    continue

    def _refusal(self, version: Version) -> str:
        """Why a version cannot be used, empty when it can."""
        file = self.dossier / version.fichier
        try:
            if fingerprint(file) != version.empreinte:
                return "Le catalogue mis à jour est abîmé."
            with closing(open_read_only(file)):
                pass
            shipped = newest_session(self.livre)
        except OSError:
            return "Le catalogue mis à jour est introuvable ou illisible."
        except EnvironmentFault as exc:
            return exc.message
        # A program update brings its own catalogue: at equal session, the newer program knows better.
        if version.session < shipped or (version.session == shipped and version.livre != fingerprint(self.livre)):
            return f"Le catalogue livré avec cette version du programme est plus récent (session {shipped})."
        return ""

    def _read(self) -> tuple[Version, Version | None]:
        content: dict[str, Any] = json.loads((self.dossier / _POINTEUR).read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError("pointer of another format")
        before = content["precedente"]
        return _version(content["actuelle"]), None if before is None else _version(before)

    def _write(self, actuelle: Version, precedente: Version) -> None:
        make_folder(self.dossier)
        content = {"format": _FORMAT, "actuelle": asdict(actuelle), "precedente": asdict(precedente)}
        with replacing(self.dossier / _POINTEUR) as neighbour:
            neighbour.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def fingerprint(file: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def newest_session(file: Path) -> int:
    """Newest Parcoursup session whose admissions are in a catalogue, 0 when there is none.

    Raises:
        EnvironmentFault: it cannot be read.
    """
    with closing(open_read_only(file)) as connection:
        sessions = connection.execute("SELECT session FROM sources WHERE jeu LIKE 'fr-esr-parcoursup%'").fetchall()
    return max((int(session) for (session,) in sessions if session.isdigit()), default=0)


def _version(raw: dict[str, Any]) -> Version:
    name = str(raw["fichier"])
    if Path(name).name != name:
        raise ValueError("a catalogue is never outside its folder")
    return Version(name, str(raw["empreinte"]), int(raw["session"]), str(raw["installe"]), str(raw["livre"]))

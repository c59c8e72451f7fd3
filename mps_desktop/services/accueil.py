"""What can be done before a dossier is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mps_desktop.core.dates import annee_scolaire
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import Paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.core.text import strip_accents
from mps_desktop.services.choix_voeux import ChoixVoeux
from mps_desktop.services.correspondances import Correspondances
from mps_desktop.services.dossiers import check_new_password
from mps_desktop.services.essais import FICHIER, Essais
from mps_desktop.services.garde import local_now
from mps_desktop.services.maintenance import (
    SauvegardeListee,
    backups_of,
    import_from,
    make_recovery_key_open,
    restore,
)
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import (
    DossierRecent,
)
from mps_desktop.storage.acces import calibrated, strengthen
from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.header import read_header
from mps_desktop.storage.repositories.classes import ClasseRepository


class Accueil:
    """What can be done before a dossier is open.

    Args:
        socle: gives catalogue, parameters and engine; called off the GUI thread, once.
        paths: folders of this run.
        settings: remembers the recent dossiers.
        today: today's date, asked at each opening.
        demo: opens the demonstration (socle, folder, date, progress).
    """

    def __init__(
        self,
        socle: Callable[[], Socle],
        paths: Paths,
        settings: SettingsStore,
        today: Callable[[], date],
        demo: Callable[[Socle, date, Progress], DossierSession],
    ) -> None:
        self._socle = socle
        self._paths = paths
        self._settings = settings
        self._today = today
        self._demo = demo
        self._essais = Essais(paths.data / FICHIER)

    def recents(self) -> tuple[DossierRecent, ...]:
        """Dossiers opened lately, newest first, with the name that their header gives."""
        recents: list[DossierRecent] = []
        for path in self._settings.current.dossiers_recents:
            try:
                recents.append(DossierRecent(path, read_header(Path(path)).nom, existe=True))
            except EnvironmentFault:
                recents.append(DossierRecent(path, Path(path).name, existe=False))
        return tuple(recents)

    def dossier_par_defaut(self, nom: str) -> Path:
        """Where a new dossier of that name would be put: a folder that does not exist yet."""
        plain = "".join(c if c.isalnum() or c in "-_ " else " " for c in strip_accents(nom))
        base = self._paths.dossiers / ("-".join(plain.lower().split()) or "dossier")
        candidate, number = base, 1
        while candidate.exists():
            number += 1
            candidate = base.with_name(f"{base.name}-{number}")
        return candidate

    def create(self, dossier: Path, nom: str, mot_de_passe: str, progress: Progress) -> DossierSession:
        """Create an encrypted dossier and open it.

        Raises:
            EnvironmentFault: no name, weak password, folder in use or not writable.
        """
        if not nom.strip():
            raise EnvironmentFault("Le dossier n’a pas de nom.", "Donnez-lui un nom, par exemple « TG1 2026-2027 ».")
        check_new_password(mot_de_passe)
        progress.step("Création du dossier chiffré")
        opened = create_dossier(dossier, nom.strip(), mot_de_passe, calibrated())
        try:
            progress.step("Clé de secours")
            cle = make_recovery_key_open(opened, mot_de_passe)
        except BaseException:
            opened.close()
            raise
        return self._open(opened, progress, cle)

    def unlock(self, dossier: Path, mot_de_passe: str, progress: Progress) -> DossierSession:
        """Open an existing dossier.

        Raises:
            EnvironmentFault: wrong password, damaged file, locked elsewhere, newer version.
        """
        progress.step("Ouverture du dossier")
        with self._essais.tentative(dossier):
            opened = unlock_dossier(dossier, mot_de_passe)
        strengthen(dossier, mot_de_passe)  # once, when the dossier comes from a time of cheaper derivations
        return self._open(opened, progress)

    def sauvegardes(self, dossier: Path) -> tuple[SauvegardeListee, ...]:
        """Backups of a dossier, newest first; no password is needed."""
        return backups_of(dossier)

    def restaurer(self, dossier: Path, numero: int, secret: str, progress: Progress) -> Path | None:
        """Put a backup back in the place of a closed dossier; what was there is kept as one more backup.

        Raises:
            EnvironmentFault: wrong secret, damaged backup, dossier open somewhere.
        """
        progress.step("Restauration de la sauvegarde")
        with self._essais.tentative(dossier):
            return restore(dossier, numero, secret, local_now())

    def importer_dossier(self, source: Path, nom: str, secret: str, progress: Progress) -> Path:
        """Make a dossier from an exported file, in the usual place, and remember it; it is not opened.

        Args:
            nom: what its folder is named after.

        Raises:
            EnvironmentFault: no export, damaged, wrong secret, or the place cannot be written.
        """
        progress.step("Import du dossier")
        folder = import_from(source, self.dossier_par_defaut(nom), secret)
        self._settings.remember_dossier(folder)
        return folder

    def open_demo(self, progress: Progress) -> DossierSession:
        """Open the fictitious classes, in an encrypted dossier that is thrown away afterwards."""
        progress.step("Préparation de la classe fictive")
        return self._demo(self._socle(), self._today(), progress)

    def _open(self, opened: OpenDossier, progress: Progress, cle: str = "") -> DossierSession:
        try:
            progress.step("Lecture du catalogue")
            today = self._today()
            session = DossierSession(
                self._socle(),
                opened,
                today,
                sauvegarde=True,
                cle_secours=cle,
                correspondances=Correspondances(self._settings),
                choix_voeux=ChoixVoeux(self._settings),
                essais=self._essais,
            )
            with opened.database.transaction() as writing:
                ClasseRepository(writing).close_years(annee_scolaire(today))
            self._socle().catalogue.index()  # read now, so that the first keystroke does not wait
        except BaseException:
            opened.close()
            raise
        self._settings.remember_dossier(session.chemin)
        return session

"""The psyEN's notes: a compartment of the dossier with its own password, which the dossier's does not open.

Inside the encrypted dossier, each note is sealed once more with a key of 32 random bytes. That key is wrapped like the
dossier's (``storage.keys``): by a password that the psyEN chooses, and by a recovery key shown once. Who only knows the
password of the dossier sees seals; ``storage.scelles`` says what shows all the same. He can also erase notes, with the
students or with the file: nothing in a file prevents that, backups do.

The key is in memory between ``ouvrir`` and ``fermer``, and no longer: the session closes the compartment when the
dossier is locked, by hand, after inactivity or at the end. ``fermer`` writes zeros over our copy; the limits of that in
Python are those told in ``storage.keys``, and hold for the text of the notes, which Python and Qt also copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.services.dossiers import check_new_password
from mps_desktop.services.essais import Essais
from mps_desktop.storage.acces import calibrated, open_wraps, weaker
from mps_desktop.storage.dossier import OpenDossier, read_header
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.keys import STRONG, KdfParameters, WrappedKey, new_data_key, wipe, wrap_key
from mps_desktop.storage.repositories.journal import utc_now
from mps_desktop.storage.repositories.psyen import Geste, NoteScellee, PsyenRepository
from mps_desktop.storage.scelles import BrokenSeal, new_note_id, seal, unseal
from mps_desktop.storage.secours import new_recovery_key, read_recovery_key

TEXTE_MAX = 20_000
AUTEUR_MAX = 200
# Not the kinds of the dossier's header: a wrap of one can never pass for a wrap of the other.
_MOT_DE_PASSE = "psyen-mot-de-passe"
_CLE_SECOURS = "psyen-secours"


@dataclass(frozen=True, slots=True)
class EtatPsyen:
    """What may be shown without the compartment's password.

    Attributes:
        existe: a password was chosen.
        ouvert: the notes can be read now.
        nb_notes: how many notes one student has.
        vide: nobody has any: another password may be chosen without losing anything.
    """

    existe: bool
    ouvert: bool
    nb_notes: int
    vide: bool = True


@dataclass(frozen=True, slots=True)
class NoteSaisie:
    """What the psyEN writes."""

    jour: date
    auteur: str = field(repr=False)
    texte: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteLue:
    """A note as read.

    Attributes:
        lisible: False when its seal is broken; then there is no text.
    """

    id: str
    eleve_id: int
    jour: date | None = field(repr=False)
    auteur: str = field(repr=False)
    texte: str = field(repr=False)
    lisible: bool = True


@dataclass(frozen=True, slots=True)
class NotesPsyen:
    """The panel of one student: what shows to anybody, and the notes when the compartment is open, newest first."""

    etat: EtatPsyen
    notes: tuple[NoteLue, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangementPsyen:
    """A change that was made, as seals: what the undo history keeps."""

    avant: NoteScellee
    apres: NoteScellee


class WrongPsyenPassword(EnvironmentFault):
    """The secret does not open the compartment."""

    def __init__(self) -> None:
        super().__init__(
            "Ce mot de passe n’ouvre pas les notes du psyEN.",
            "Vérifiez les majuscules et le clavier. Le mot de passe du dossier ne les ouvre pas ; la clé de secours "
            "du psyEN, si.",
        )


def locked() -> EnvironmentFault:
    """The error of a use case that needs the compartment open."""
    return EnvironmentFault(
        "Les notes du psyEN sont verrouillées.", "Ouvrez-les avec leur mot de passe, puis recommencez."
    )


class Psyen:
    """The compartment of one open dossier. Each call is one transaction at most; calls go through one lane.

    Args:
        dossier: open until ``fermer`` was called.
        kdf: cost of a derivation; None = calibrated on this machine, never under the shipped one.
        now: the clock of the journal.
        essais: wrong secrets tried; None = counted here only.
    """

    def __init__(
        self,
        dossier: OpenDossier,
        kdf: KdfParameters | None = None,
        now: Callable[[], datetime] = utc_now,
        essais: Essais | None = None,
    ) -> None:
        self._dossier = dossier
        self._database = dossier.database
        self._kdf = kdf
        self._now = now
        self._essais = essais or Essais()
        self._cle: bytearray | None = None

    @property
    def ouvert(self) -> bool:
        """The notes can be read now."""
        return self._cle is not None

    def lire(self, eleve_id: int) -> NotesPsyen:
        """What there is about a student; the notes themselves only when the compartment is open."""
        with self._database.read() as session:
            repository = PsyenRepository(session)
            existe = bool(repository.wraps())
            scelles = repository.list(eleve_id)
            vide = not scelles and not repository.count()
        etat = EtatPsyen(existe, self.ouvert, len(scelles), vide)
        if self._cle is None:
            return NotesPsyen(etat)
        notes = [self._lue(note) for note in scelles]
        return NotesPsyen(etat, tuple(sorted(notes, key=lambda n: (n.jour or date.min, n.id), reverse=True)))

    def creer(self, mot_de_passe: str) -> str:
        """Make the compartment and open it; one that holds no note is made anew.

        Returns:
            Its recovery key, shown once and stored nowhere.

        Raises:
            EnvironmentFault: weak password, the dossier's own password, or notes under another password.
        """
        self._check_password(mot_de_passe)
        cle = bytearray(new_data_key())
        secours, kdf = new_recovery_key(), self._cost()
        wraps = (wrap_key(cle, mot_de_passe, kdf, _MOT_DE_PASSE), wrap_key(cle, secours, kdf, _CLE_SECOURS))
        with self._database.transaction() as session:
            repository = PsyenRepository(session, self._now)
            if repository.count():
                raise EnvironmentFault(
                    "Ce dossier a déjà des notes du psyEN, sous un autre mot de passe.",
                    "Ouvrez-les avec ce mot de passe, ou avec leur clé de secours.",
                )
            repository.drop_wraps()
            repository.put_wrap(wraps[0], Geste.CREATION)
            repository.put_wrap(wraps[1], None)
        self._keep(cle)
        return secours

    def ouvrir(self, secret: str) -> None:
        """Open with the psyEN's password or recovery key; a weak derivation is made stronger on the way.

        Raises:
            WrongPsyenPassword: the secret does not open it.
            EnvironmentFault: a recovery key with a typing error, or there is no compartment.
        """
        cle, used = self._find(secret)
        if weaker(used.kdf, self._kdf or STRONG):
            typed = secret if used.kind == _MOT_DE_PASSE else read_recovery_key(secret)
            wrap = wrap_key(cle, typed, self._cost(), used.kind)
            with self._database.transaction() as session:
                PsyenRepository(session, self._now).put_wrap(wrap, None)
        self._keep(cle)

    def fermer(self) -> None:
        """Lock: zeros over the key. Harmless when it is locked."""
        cle, self._cle = self._cle, None
        if cle is not None:
            wipe(cle)

    def ecrire(self, eleve_id: int, saisie: NoteSaisie, note_id: str = "") -> ChangementPsyen:
        """Add a note, or correct the one of that id.

        Raises:
            EnvironmentFault: locked, empty, too long, or the student is no longer in the dossier.
        """
        cle = self._open_key()
        texte, auteur = saisie.texte.strip(), saisie.auteur.strip()[:AUTEUR_MAX]
        if not texte:
            raise EnvironmentFault("La note est vide.", "Écrivez-la, ou effacez-la.")
        if len(texte) > TEXTE_MAX:
            raise EnvironmentFault(
                f"La note compte {len(texte)} caractères, au-delà des {TEXTE_MAX} permis.", "Coupez-la en deux notes."
            )
        clair = json.dumps(
            {"jour": saisie.jour.isoformat(), "auteur": auteur, "texte": texte}, ensure_ascii=False
        ).encode()
        id_ = note_id or new_note_id()
        return self._put(NoteScellee(id_, eleve_id, seal(cle, eleve_id, id_, clair)))

    def effacer(self, eleve_id: int, note_id: str) -> ChangementPsyen:
        """Erase a note, even one that does not read any more.

        Raises:
            EnvironmentFault: locked.
        """
        self._open_key()
        return self._put(NoteScellee(note_id, eleve_id, None))

    def remettre(self, note: NoteScellee) -> None:
        """Undo or redo: put a note in the state that a change had or left.

        Raises:
            EnvironmentFault: locked, or the student is no longer in the dossier.
        """
        self._open_key()
        self._put(note)

    def joindre(self, eleve_id: int) -> tuple[NoteLue, ...]:
        """The notes of a student for what is handed over to him; the journal says so.

        Raises:
            EnvironmentFault: locked.
        """
        self._open_key()
        notes = self.lire(eleve_id).notes
        with self._database.transaction() as session:
            PsyenRepository(session, self._now).note_journal(Geste.NOTES_REMISES, (eleve_id,))
        return notes

    def changer_mot_de_passe(self, actuel: str, nouveau: str) -> None:
        """Change the password; the notes are not sealed again, and the recovery key goes on working.

        Args:
            actuel: the present password, or the recovery key.

        Raises:
            EnvironmentFault: wrong secret, weak password, or the dossier's own.
        """
        self._check_password(nouveau)
        self._rewrap(actuel, nouveau, _MOT_DE_PASSE, Geste.MOT_DE_PASSE)

    def nouvelle_cle_secours(self, secret: str) -> str:
        """Make another recovery key; the former one stops working. Shown once, stored nowhere.

        Raises:
            EnvironmentFault: wrong secret.
        """
        fresh = new_recovery_key()
        self._rewrap(secret, fresh, _CLE_SECOURS, Geste.CLE_SECOURS)
        return fresh

    def imprimer_cle(self, cle: str, target: Path, today: date) -> None:
        """Write the sheet of the recovery key, to print and put away."""
        from mps_desktop.services.feuille_cle import write_feuille

        write_feuille(target, cle, self._dossier.nom, today, psyen=True)

    def _lue(self, note: NoteScellee) -> NoteLue:
        cle = self._open_key()
        try:
            read = json.loads(unseal(cle, note.eleve_id, note.id, note.contenu or b""))
            jour, auteur, texte = date.fromisoformat(read["jour"]), str(read["auteur"]), str(read["texte"])
        except BrokenSeal:
            return NoteLue(note.id, note.eleve_id, None, "", "", lisible=False)
        return NoteLue(note.id, note.eleve_id, jour, auteur, texte)

    def _put(self, after: NoteScellee) -> ChangementPsyen:
        with self._database.transaction() as session:
            before = PsyenRepository(session, self._now).put(after)
        return ChangementPsyen(before, after)

    def _open_key(self) -> bytearray:
        if self._cle is None:
            raise locked()
        return self._cle

    def _keep(self, cle: bytearray) -> None:
        self.fermer()
        self._cle = cle

    def _cost(self) -> KdfParameters:
        return self._kdf or calibrated()

    def _check_password(self, nouveau: str) -> None:
        """Refuse what a patient guesser finds, and what opens the dossier itself: others know that one."""
        check_new_password(nouveau)
        try:
            cle, _ = open_wraps(read_header(self._dossier.dossier).wraps, nouveau)
        except EnvironmentFault:
            return  # it does not open the dossier, or cannot be tried
        wipe(cle)
        raise EnvironmentFault(
            "Ce mot de passe est celui du dossier.",
            f"Choisissez-en un autre{NNBSP}: qui ouvre le dossier lirait vos notes.",
        )

    def _find(self, secret: str) -> tuple[bytearray, WrappedKey]:
        """The compartment's key, to wipe or to keep, and the way in that gave it."""
        with self._database.read() as session:
            wraps = tuple(wrap for wrap in PsyenRepository(session).wraps() if wrap.kdf.plausible)
        if not wraps:
            raise EnvironmentFault("Ce dossier n’a pas de notes du psyEN.", "Créez d’abord le compartiment.")
        with self._essais.tentative(self._dossier.dossier, "psyen", WrongPsyenPassword):
            try:
                return open_wraps(wraps, secret, _MOT_DE_PASSE, _CLE_SECOURS)
            except WrongPassword as exc:
                raise WrongPsyenPassword from exc

    def _rewrap(self, secret: str, fresh: str, kind: str, geste: Geste) -> None:
        cle, _ = self._find(secret)
        try:
            wrap = wrap_key(cle, fresh, self._cost(), kind)
        finally:
            wipe(cle)
        with self._database.transaction() as session:
            PsyenRepository(session, self._now).put_wrap(wrap, geste)

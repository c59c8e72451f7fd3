"""Who a student is: corrected, added by hand, erased. Every change can be taken back; the journal keeps no value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP, fold, plural
from mps_desktop.importers.valeurs import read_date, read_ine
from mps_desktop.services.suivi_classe import SuiviClasses
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ClasseRecord, EleveRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.effacement import EffacementRepository, EleveEfface
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, utc_now

NIVEAUX = (("terminale", "Terminale"), ("premiere", "Première"), ("seconde", "Seconde"))
SEXES = (("", "Non indiqué"), ("F", "Féminin"), ("M", "Masculin"))
NOM_MAX, CLASSE_MAX = 200, 100
_AGE_MIN = 10
_AGES = (13, 22)
"""Ages that surprise nobody from seconde to terminale."""
_INE_LONG = 11
_INE = re.compile(r"\d{9}[\dA-Z][A-Z]")
_SUITE = {  # tables that hang on a student -> how people count them, in the order of the sentence
    "favori": ("formation retenue", "formations retenues"),
    "voeu": ("vœu", "vœux"),
    "avis": ("avis d’enseignant", "avis d’enseignants"),
    "entretien": ("entretien", "entretiens"),
    "decision_conseil": ("décision du conseil", "décisions du conseil"),
    "note_psyen": ("note du psyEN", "notes du psyEN"),
}
_MEME_CHOSE = frozenset(("eleve", "profil", "corbeille", "attendus_lus"))  # the profile, told as such


@dataclass(frozen=True, slots=True)
class Identite:
    """Identity of a student as people type it.

    Attributes:
        naissance: "14/02/2009", empty when it is not known; sexe: "F", "M" or empty.
        ine: 11 characters, or empty.
        niveau: ``terminale``, ``premiere`` or ``seconde``.
    """

    nom: str = field(repr=False)
    prenom: str = field(repr=False)
    classe: str = field(repr=False)
    niveau: str = "terminale"
    naissance: str = field(default="", repr=False)
    sexe: str = field(default="", repr=False)
    ine: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Controle:
    """What is wrong with an identity.

    Attributes:
        erreurs: (name of the field, sentence): nothing can be saved.
        avertissements: sentences to read; saving remains possible.
    """

    erreurs: tuple[tuple[str, str], ...] = ()
    avertissements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectification:
    """What takes a correction back: the identity and the classes before it."""

    avant: EleveRecord = field(repr=False)
    classes: tuple[ClasseRecord, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApercuEffacement:
    """What erasing a student would take.

    Attributes:
        eleve: first name and name.
        contenu: "2 vœux", "1 entretien"…: what hangs on him, empty when nothing was written about him.
        notes_psyen: how many notes of the psyEN are among it.
        classe_vide: his class, when he is the last one of it.
    """

    eleve: str = field(repr=False)
    contenu: tuple[str, ...] = ()
    notes_psyen: int = 0
    classe_vide: str = ""


class Identites:
    """Identities of one open dossier. Each call is one transaction at most.

    Args:
        suivi: keeps the state of the classes after a change, None = not kept.
        now: the clock of the journal.
    """

    def __init__(
        self, database: Database, suivi: SuiviClasses | None = None, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._suivi = suivi
        self._now = now

    def lire(self, eleve_id: int) -> Identite:
        """Identity of a student.

        Raises:
            EnvironmentFault: he is no longer in the dossier.
        """
        with self._database.read() as session:
            e = EleveRepository(session).get(eleve_id)
        born = numeric_date(e.naissance) if e.naissance else ""
        return Identite(e.nom, e.prenom, e.classe, e.niveau, born, e.sexe, e.ine)

    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in order."""
        with self._database.read() as session:
            return tuple(classe.nom for classe in ClasseRepository(session).list())

    def controler(self, identite: Identite, eleve_id: int = 0) -> Controle:
        """What is wrong with an identity, before it is saved.

        Args:
            eleve_id: whose it would be; 0 = somebody new.
        """
        with self._database.read() as session:
            return _check(session, identite, eleve_id, self._today())

    def rectifier(self, eleve_id: int, identite: Identite) -> Rectification:
        """Correct an identity; the journal says which fields.

        Returns:
            What ``revenir`` takes back.

        Raises:
            EnvironmentFault: something is wrong, or the student is no longer in the dossier; nothing is written.
        """
        with self._database.transaction() as session:
            repository = EleveRepository(session, self._now)
            before = repository.get(eleve_id)
            classes = tuple(c for c in ClasseRepository(session).list() if c.nom == before.classe)
            after = replace(_record(session, identite, eleve_id, self._today()), id=eleve_id)
            repository.update_identity(after, Action.RECTIFICATION)
            self._keep_state(session, before.classe, after.classe)
        return Rectification(before, classes)

    def revenir(self, rectification: Rectification) -> None:
        """Take a correction back.

        Raises:
            EnvironmentFault: the student is no longer in the dossier.
        """
        before = rectification.avant
        with self._database.transaction() as session:
            ClasseRepository(session, self._now).put_back(rectification.classes)
            repository = EleveRepository(session, self._now)
            now = repository.get(before.id)
            repository.update_identity(before, Action.RECTIFICATION)
            self._keep_state(session, before.classe, now.classe)

    def ajouter(self, identite: Identite) -> int:
        """Add somebody by hand, with an empty profile; ``effacer`` takes it back.

        Raises:
            EnvironmentFault: something is wrong; nothing is written.
        """
        with self._database.transaction() as session:
            record = _record(session, identite, 0, self._today())
            eleve_id = EleveRepository(session, self._now).add(record)
            self._keep_state(session, record.classe)
        return eleve_id

    def apercu(self, eleve_id: int) -> ApercuEffacement:
        """What erasing a student would take; nothing is written.

        Raises:
            EnvironmentFault: he is no longer in the dossier.
        """
        with self._database.read() as session:
            e = EleveRepository(session).get(eleve_id)
            gathered = EffacementRepository(session).gather(eleve_id)
        counts = gathered.counts()
        told = [plural(counts[table], *words) for table, words in _SUITE.items() if counts[table]]
        notes = sum(bool(favori.note.strip()) for favori in e.profil.favoris)
        if notes:
            told.insert(1, plural(notes, "note sur une formation", "notes sur des formations"))
        others = sum(count for table, count in counts.items() if table not in _SUITE and table not in _MEME_CHOSE)
        if others:
            told.append(plural(others, "autre élément", "autres éléments"))
        alone = gathered.classe is not None and gathered.classe.nb_eleves == 1
        name = f"{e.prenom} {e.nom}".strip()
        return ApercuEffacement(name, tuple(told), counts["note_psyen"], e.classe if alone else "")

    def effacer(self, eleve_id: int) -> EleveEfface:
        """Erase a student with everything about him.

        Returns:
            What ``remettre`` brings back, until the dossier is closed.

        Raises:
            EnvironmentFault: he is no longer in the dossier.
        """
        with self._database.transaction() as session:
            gone = EffacementRepository(session, self._now).erase(eleve_id)
            self._keep_state(session, gone.classe.nom if gone.classe else "")
        return gone

    def remettre(self, efface: EleveEfface) -> None:
        """Bring an erased student back, with everything about him; the psyEN's notes as they were sealed."""
        with self._database.transaction() as session:
            EffacementRepository(session, self._now).restore(efface)
            self._keep_state(session, efface.classe.nom if efface.classe else "")

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _keep_state(self, session: Session, *classes: str) -> None:
        if self._suivi is not None:
            self._suivi.record_moved(session, classes)


def _check(session: Session, identite: Identite, eleve_id: int, today: date) -> Controle:
    """Errors and warnings. What is stored already and was not touched is no error: a file may have brought it."""
    eleves = EleveRepository(session).list()
    before = next((e for e in eleves if e.id == eleve_id), None)
    others = [e for e in eleves if e.id != eleve_id]
    parts = (
        _check_names(identite, before),
        _check_birth(identite, before, today),
        _check_ine(identite, before, others),
        Controle((), _find_doubles(identite, others)),
    )
    return Controle(
        tuple(error for part in parts for error in part.erreurs),
        tuple(warning for part in parts for warning in part.avertissements),
    )


def _check_names(identite: Identite, before: EleveRecord | None) -> Controle:
    errors: list[tuple[str, str]] = []
    if not identite.nom.strip():
        errors.append(("nom", "Écrivez le nom de famille."))
    if not identite.prenom.strip() and (before is None or before.prenom):
        errors.append(("prenom", "Écrivez le prénom."))
    for name, text, limit in (
        ("nom", identite.nom, NOM_MAX),
        ("prenom", identite.prenom, NOM_MAX),
        ("classe", identite.classe, CLASSE_MAX),
    ):
        if len(text.strip()) > limit:
            errors.append((name, f"{len(text.strip())} caractères, au-delà des {limit} permis."))
    return Controle(tuple(errors))


def _check_birth(identite: Identite, before: EleveRecord | None, today: date) -> Controle:
    born = read_date(identite.naissance.strip())
    if born.jour is None:
        if not identite.naissance.strip():
            return Controle()
        return Controle((("naissance", f"{_sentence(born.remarque)} Écrivez-la ainsi{NNBSP}: 14/02/2009."),))
    warnings = (_sentence(born.remarque),) if born.remarque else ()
    if before is not None and before.naissance == born.jour:
        return Controle((), warnings)
    age = (today - born.jour).days // 365
    if age < _AGE_MIN:
        return Controle((("naissance", f"Cette date donnerait l’âge de {max(age, 0)} ans{NNBSP}: vérifiez l’année."),))
    if not _AGES[0] <= age <= _AGES[1]:
        warnings = (*warnings, f"Cette date de naissance donne l’âge de {age} ans.")
    return Controle((), warnings)


def _check_ine(identite: Identite, before: EleveRecord | None, others: Sequence[EleveRecord]) -> Controle:
    if before is not None and before.ine == identite.ine:
        return Controle()
    ine = read_ine(identite.ine)
    if ine is None:
        signs = len("".join(identite.ine.split()))
        said = (
            f"L’INE compte 11 caractères et finit par une lettre{NNBSP}; celui-ci en compte {signs}."
            if signs != _INE_LONG
            else "L’INE compte 10 chiffres et une lettre, ou 9 chiffres et deux lettres."
        )
        return Controle((("ine", said),))
    if ine and any(e.ine == ine for e in others):
        return Controle((("ine", "Un autre élève du dossier a déjà cet INE."),))
    if ine and not _INE.fullmatch(ine):
        usual = (
            f"INE inhabituel{NNBSP}: il compte d’ordinaire 10 chiffres et une lettre, ou 9 chiffres et deux lettres."
        )
        return Controle((), (usual,))
    return Controle()


def _find_doubles(identite: Identite, others: Sequence[EleveRecord]) -> tuple[str, ...]:
    """Sentences about students of the same name whom no birth date tells apart."""
    born = read_date(identite.naissance.strip()).jour
    name = (fold(identite.nom.strip()), fold(identite.prenom.strip()))
    found: list[str] = []
    for other in others:
        if (fold(other.nom), fold(other.prenom)) != name:
            continue
        where = f"en {other.classe}" if other.classe else "sans classe"
        if born and other.naissance == born:
            found.append(f"Un élève du même nom, né le même jour, est déjà dans le dossier ({where}).")
        elif not (born and other.naissance):
            found.append(f"Un élève du même nom est déjà dans le dossier ({where}).")
    return tuple(found)


def _record(session: Session, identite: Identite, eleve_id: int, today: date) -> EleveRecord:
    """The identity as it is stored; refused with its first error."""
    found = _check(session, identite, eleve_id, today)
    if found.erreurs:
        raise EnvironmentFault(found.erreurs[0][1], "Corrigez, puis enregistrez de nouveau.")
    born: date | None = read_date(identite.naissance.strip()).jour
    ine = read_ine(identite.ine)
    classe = " ".join(identite.classe.split())
    known = {fold(c.nom): c.nom for c in ClasseRepository(session).list()}
    return EleveRecord(
        id=eleve_id,
        nom=" ".join(identite.nom.split()),
        prenom=" ".join(identite.prenom.split()),
        classe=known.get(fold(classe), classe),  # "tg1" is the TG1 that exists
        niveau=identite.niveau,
        naissance=born,
        sexe=identite.sexe,
        ine=identite.ine if ine is None else ine,
    )


def _sentence(remark: str) -> str:
    """A remark of the importer as a sentence."""
    return f"{remark[:1].upper()}{remark[1:]}." if remark else ""

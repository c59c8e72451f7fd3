"""What each line of teachers' files would do to the dossier. Nothing is read nor written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.text import NNBSP, fold, plural
from mps_desktop.importers.classes import told_by_classe
from mps_desktop.importers.rows import RosterReading, RosterRow, VoeuLu
from mps_desktop.storage.records import EleveRecord, FavoriRecord, ProfilRecord

TakeVoeux = Callable[[ProfilRecord, tuple[VoeuLu, ...]], ProfilRecord]

_SAME_NAME_CONTRADICTED = 0.9
"""Likeness of the same name with another birth date or another INE."""
_ALIKE = 0.84
"""Likeness of two names (difflib, 0..1) from which they may be one student written in two ways."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one line of a file would do.

    Attributes:
        etat: "nouveau", "modifie", "inchange", "a_confirmer" (new unless the teacher says that it is the stored
            student ``semblable``), "absent" (stored in a class of the file, and not in the file: nothing is done)
            or "rejete".
        avant: the stored student that the line is about, None when new or rejected.
        apres: the student as he would be stored, None when rejected or absent.
    """

    etat: str
    fichier: str
    ligne: int
    detail: str = ""
    extrait: str = ""
    avant: EleveRecord | None = None
    apres: EleveRecord | None = None
    semblable: EleveRecord | None = None


def plan_import(
    readings: Iterable[RosterReading],
    stored: Iterable[EleveRecord],
    classe: str,
    memes: frozenset[tuple[str, int]] = frozenset(),
    take: TakeVoeux = lambda profil, _voeux: profil,
) -> tuple[PlannedRow, ...]:
    """Decide what each line does to the dossier, in file order, then who of those classes is in no file.

    A line is about a stored student when the INE is the same; else when surname, first name and
    birth date are; else when surname, first name and class are, neither INE nor birth date
    contradicts, and he is the only one. A new name that may be that of somebody whom no line is
    about (alike in the class, or the same in another one) is to be confirmed. Nothing is ever deleted.

    Args:
        classe: class of the lines that do not say theirs.
        memes: (file, line) of the lines that the teacher confirmed to be the student that they look like.
        take: adds the wishes of a line to a profile.
    """
    known_before = tuple(stored)
    index = _Index(known_before)
    planned: list[PlannedRow] = []
    for reading in readings:
        start = len(planned)
        seen: set[int] = set()
        index.given = {row.ine for row in reading.rows if row.ine}
        own_class = any(colonne.champ == "classe" for colonne in reading.colonnes)
        planned += [
            PlannedRow("rejete", reading.fichier, rejet.ligne, rejet.raison, rejet.extrait) for rejet in reading.rejets
        ]
        for row in reading.rows:
            # A class given by the teacher beats one that was guessed from a title or a file name.
            row_class = row.classe if own_class and row.classe else classe or row.classe
            known = index.find(row, row_class)
            after = _merge(known, row, row_class)
            after = replace(after, profil=take(after.profil, row.voeux))
            if known is None:
                planned.append(PlannedRow("nouveau", reading.fichier, row.ligne, "", "", None, after))
                index.add(after)
                continue
            if known.id == 0:
                planned.append(_same_as_new(planned, known, after, reading.fichier, row, start))
            elif known.id in seen:
                planned.append(_repeated(reading.fichier, row))
            else:
                planned.append(_changed(reading.fichier, row.ligne, known, after))
            seen.add(known.id)
            if planned[-1].etat != "rejete":
                index.replace(known, after)
        planned[start:] = sorted(planned[start:], key=lambda row: row.ligne)
    planned = _look_alikes(planned, known_before, memes)
    return (*planned, *_absents(planned, known_before))


def _changed(fichier: str, ligne: int, known: EleveRecord, after: EleveRecord) -> PlannedRow:
    detail = _changes(known, after)
    return PlannedRow("modifie" if detail else "inchange", fichier, ligne, detail, "", known, after)


def _look_alikes(
    planned: list[PlannedRow], stored: tuple[EleveRecord, ...], memes: frozenset[tuple[str, int]]
) -> list[PlannedRow]:
    """New lines that may be about a stored student whom no line is about, each student once, the likest first."""
    taken = {row.avant.id for row in planned if row.avant is not None}
    free = [record for record in stored if record.id not in taken]
    by_class: dict[str, list[EleveRecord]] = {}
    by_name: dict[str, list[EleveRecord]] = {}
    for record in free:
        by_class.setdefault(_class_key(record.classe), []).append(record)
        by_name.setdefault(_words(record), []).append(record)
    pairs: list[tuple[float, int, EleveRecord]] = []
    for at, row in enumerate(planned):
        new = row.apres if row.etat == "nouveau" else None
        if new is None:
            continue
        same_class = by_class.get(_class_key(new.classe), [])
        others = [record for record in by_name.get(_words(new), []) if record not in same_class]
        pairs += [(_likeness(record, new), -at, record) for record in (*same_class, *others)]
    twins: dict[int, EleveRecord] = {}
    for likeness, rank, record in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if likeness < _ALIKE:
            break
        if -rank not in twins and record not in twins.values():
            twins[-rank] = record
    return [_maybe(row, twins[at], memes) if at in twins else row for at, row in enumerate(planned)]


def _maybe(row: PlannedRow, twin: EleveRecord, memes: frozenset[tuple[str, int]]) -> PlannedRow:
    """A new line that may be about a stored student: to be confirmed, or confirmed already."""
    new = row.apres
    if new is None:
        return row
    if (row.fichier, row.ligne) in memes:
        return _changed(row.fichier, row.ligne, twin, _complete(twin, new))
    differs = [
        f"{label}{NNBSP}: {old} dans le dossier, {told} dans le fichier"
        for label, old, told in (
            ("né(e) le", _date(twin.naissance), _date(new.naissance)),
            ("INE", twin.ine, new.ine),
            ("classe", _class_key(twin.classe) and twin.classe, _class_key(new.classe) and new.classe),
        )
        if old and told and _class_key(old) != _class_key(told)
    ]
    why = f" ({' ; '.join(differs)})".replace(" ;", f"{NNBSP};") if differs else ""
    detail = f"Ressemble à {twin.nom} {twin.prenom}, déjà dans le dossier{why}. Est-ce le même élève{NNBSP}?"
    return replace(row, etat="a_confirmer", detail=detail, semblable=twin)


def _words(record: EleveRecord) -> str:
    """The words of a name whatever their order."""
    return " ".join(sorted(fold(f"{record.nom} {record.prenom}").split()))


def _likeness(record: EleveRecord, new: EleveRecord) -> float:
    """0..1: how alike two names are, in either order.

    Another INE or birth date tells two people apart, unless the name is the very same: a date mistyped or an INE
    corrected is then likelier than two homonyms, and the teacher is asked.
    """
    other_ine = bool(record.ine and new.ine and record.ine != new.ine)
    other_birth = bool(record.naissance and new.naissance and record.naissance != new.naissance)
    if _words(record) == _words(new):
        return 0.0 if other_ine and other_birth else _SAME_NAME_CONTRADICTED if other_ine or other_birth else 1.0
    if other_ine or other_birth:
        return 0.0
    one, other = fold(f"{record.nom} {record.prenom}"), fold(f"{new.nom} {new.prenom}")
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _complete(known: EleveRecord, new: EleveRecord) -> EleveRecord:
    """A stored student with what a line says of him under another spelling, the line's being kept."""
    profil = known.profil
    return replace(
        new,
        id=known.id,
        naissance=new.naissance or known.naissance,
        sexe=new.sexe or known.sexe,
        ine=new.ine or known.ine,
        modifie=known.modifie,
        profil=replace(
            profil,
            bac=new.profil.bac or profil.bac,
            specialites=new.profil.specialites or profil.specialites,
            moyenne=profil.moyenne if new.profil.moyenne is None else new.profil.moyenne,
            favoris=_both(profil.favoris, new.profil.favoris),
        ),
    )


def _both(known: tuple[FavoriRecord, ...], new: tuple[FavoriRecord, ...]) -> tuple[FavoriRecord, ...]:
    """Favourites of a student with those that a line adds."""
    more = {favori.formation_id: favori for favori in new}
    kept: list[FavoriRecord] = []
    for favori in known:
        added = more.pop(favori.formation_id, None)
        voeux = tuple(dict.fromkeys((*favori.voeux, *(added.voeux if added else ()))))
        note = favori.note or (added.note if added else "")
        kept.append(replace(favori, voeux=voeux, note=note))
    return (*kept, *more.values())


def _absents(planned: Iterable[PlannedRow], stored: tuple[EleveRecord, ...]) -> list[PlannedRow]:
    """Stored students of the classes that the files list, whom no line is about or may be about.

    A class of which the files name fewer students than half of those stored is not listed: some of its students are.
    """
    rows = [row for row in planned if row.apres is not None]
    named = Counter(_class_key(row.apres.classe) for row in rows if row.apres is not None)
    stored_in = Counter(_class_key(record.classe) for record in stored)
    classes = {classe for classe, count in named.items() if classe and 2 * count >= stored_in[classe]}
    seen = {record.id for row in rows for record in (row.avant, row.semblable) if record is not None}
    return [
        PlannedRow("absent", "", 0, "Dans le dossier, mais plus dans la liste. Rien n’est supprimé.", "", record, None)
        for record in stored
        if record.id not in seen and _class_key(record.classe) in classes
    ]


def _same_as_new(
    planned: list[PlannedRow], known: EleveRecord, after: EleveRecord, fichier: str, row: RosterRow, start: int
) -> PlannedRow:
    """A line about a student that an earlier line adds: a second file completes him, the same file repeats him."""
    place = next(n for n, earlier in enumerate(planned) if earlier.etat == "nouveau" and earlier.apres is known)
    if place >= start:
        return _repeated(fichier, row)
    planned[place] = replace(planned[place], apres=after)
    detail = f"Même élève que dans {planned[place].fichier}, ligne {planned[place].ligne}{NNBSP}: les deux sont réunis."
    return PlannedRow("inchange", fichier, row.ligne, detail, "", None, after)


def _repeated(fichier: str, row: RosterRow) -> PlannedRow:
    return PlannedRow("rejete", fichier, row.ligne, "Élève déjà présent plus haut.", f"{row.nom} {row.prenom}"[:60])


class _Index:
    """Students by the three keys of matching. New ones (id 0) are added on the way.

    Attributes:
        given: every INE of the file being planned: the student who has one of them is that line's, not a homonym's.
    """

    def __init__(self, stored: Iterable[EleveRecord]) -> None:
        self.given: set[str] = set()
        self._by_ine: dict[str, EleveRecord] = {}
        self._by_birth: dict[tuple[str, date], list[EleveRecord]] = {}
        self._by_classe: dict[tuple[str, str], list[EleveRecord]] = {}
        for record in stored:
            self.add(record)

    def replace(self, before: EleveRecord, after: EleveRecord) -> None:
        """A student has changed on the way."""
        self._by_ine.pop(before.ine, None)
        name = _name_key(before.nom, before.prenom)
        lists = [self._by_classe.get((name, _class_key(before.classe)), [])]
        if before.naissance:
            lists.append(self._by_birth.get((name, before.naissance), []))
        for found in lists:
            found[:] = [record for record in found if record is not before]
        self.add(after)

    def add(self, record: EleveRecord) -> None:
        name = _name_key(record.nom, record.prenom)
        if record.ine:
            self._by_ine[record.ine] = record
        if record.naissance:
            self._by_birth.setdefault((name, record.naissance), []).append(record)
        self._by_classe.setdefault((name, _class_key(record.classe)), []).append(record)

    def find(self, row: RosterRow, classe: str) -> EleveRecord | None:
        """The student that a line is about; None when nobody, or several, could be."""
        if row.ine and row.ine in self._by_ine:
            return self._by_ine[row.ine]
        name = _name_key(row.nom, row.prenom)
        born = self._by_birth.get((name, row.naissance), []) if row.naissance else []
        same = [record for record in born if record.ine not in self.given]
        if not same:
            named = self._by_classe.get((name, _class_key(classe)), [])
            same = [
                record
                for record in named
                if not (row.ine and record.ine)
                and not (row.naissance and record.naissance)
                and record.ine not in self.given
            ]
        return same[0] if len(same) == 1 else None


def _class_key(classe: str) -> str:
    """Key of a class: TSTMG 1 and TSTMG1 are the same."""
    return fold(classe).replace(" ", "")


def _name_key(nom: str, prenom: str) -> str:
    return f"{fold(nom)}|{fold(prenom)}"


def _merge(known: EleveRecord | None, row: RosterRow, classe: str) -> EleveRecord:
    """The stored student with what the line says; an empty cell never erases anything."""
    told = told_by_classe(classe)  # what the name of the class says, when the line does not
    niveau = row.niveau or guess_niveau(classe)
    bac = row.bac or (told.bac if known is None else "")
    if known is None:
        known = EleveRecord(0, row.nom, row.prenom, classe, niveau)
    profil = known.profil
    return replace(
        known,
        nom=_spelling(known.nom, row.nom),
        prenom=_spelling(known.prenom, row.prenom),
        classe=classe,
        niveau=row.niveau or known.niveau or niveau,
        naissance=row.naissance or known.naissance,
        sexe=row.sexe or known.sexe,
        ine=row.ine or known.ine,
        profil=replace(
            profil,
            bac=bac or profil.bac,
            specialites=_merge_specialites(profil, row),
            moyenne=profil.moyenne if row.moyenne is None else row.moyenne,
        ),
    )


def _spelling(known: str, told: str) -> str:
    """The stored spelling of a name, unless the file's is another name or has accents that it lacks."""
    if fold(known) != fold(told):
        return told
    return told if sum(char > "\x7f" for char in told) > sum(char > "\x7f" for char in known) else known


def _merge_specialites(profil: ProfilRecord, row: RosterRow) -> tuple[str, ...]:
    """Spécialités of the file, unless it shows fewer of the same than what is already known.

    A PRONOTE list shows only the options that the teacher displays, often one spécialité of two.
    """
    same_bac = not row.bac or profil.bac in (None, row.bac)
    if not row.specialites or (same_bac and set(row.specialites) <= set(profil.specialites)):
        return profil.specialites if same_bac else ()
    return row.specialites


def guess_niveau(classe: str) -> str:
    """Level told by the name of a class ("TG1", "1re 3", "2nde B"); terminale when it says nothing."""
    key = fold(classe)
    if key.startswith(("1", "p")):
        return "premiere"
    if key.startswith(("2", "s")):
        return "seconde"
    return "terminale"


def _changes(before: EleveRecord, after: EleveRecord) -> str:
    """What differs, for people: "classe : TG1 → TG2 ; INE ajouté". Empty when nothing does."""
    parts: list[str] = []
    for label, old, new in (
        ("classe", before.classe, after.classe),
        ("niveau", before.niveau, after.niveau),
        ("nom", before.nom, after.nom),
        ("prénom", before.prenom, after.prenom),
        ("né(e) le", _date(before.naissance), _date(after.naissance)),
        ("sexe", before.sexe, after.sexe),
        ("INE", before.ine, after.ine),
        ("bac", before.profil.bac or "", after.profil.bac or ""),
        ("moyenne", _number(before.profil.moyenne), _number(after.profil.moyenne)),
    ):
        if old != new:
            parts.append(f"{label}{NNBSP}: {old} → {new}" if old else f"{label} ajouté{NNBSP}: {new}")
    if before.profil.specialites != after.profil.specialites:
        parts.append("spécialités mises à jour")
    parts += _added_voeux(before.profil.favoris, after.profil.favoris)
    return f"{NNBSP}; ".join(parts)


def _added_voeux(before: tuple[FavoriRecord, ...], after: tuple[FavoriRecord, ...]) -> list[str]:
    """What wishes change: "2 vœux ajoutés", "1 formation ajoutée"."""
    old, new = ({voeu for favori in favoris for voeu in favori.voeux} for favoris in (before, after))
    known = {favori.formation_id for favori in before}
    bare = sum(favori.formation_id not in known and not favori.voeux for favori in after)
    parts = [plural(len(new - old), "vœu ajouté", "vœux ajoutés")] if new - old else []
    if bare:
        parts.append(plural(bare, "formation ajoutée", "formations ajoutées"))
    if not parts and before != after:
        parts.append("vœux précisés")
    return parts


def _date(day: date | None) -> str:
    return numeric_date(day) if day else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")

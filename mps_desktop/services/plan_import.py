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
    birth date are; else when surname, first name and class are and neither INE nor birth date
    contradicts. A new name that looks like somebody of the class whom no line is about is to be
    confirmed. Nothing is ever deleted.

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
            else:
                planned.append(_changed(reading.fichier, row.ligne, known, after))
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
    """New lines that may be about a student of the class whom no line is about, each student once."""
    free: dict[str, list[EleveRecord]] = {}
    taken = {row.avant.id for row in planned if row.avant is not None}
    for record in stored:
        if record.id not in taken:
            free.setdefault(_class_key(record.classe), []).append(record)
    found: list[PlannedRow] = []
    for row in planned:
        new = row.apres if row.etat == "nouveau" else None
        candidates = free.get(_class_key(new.classe), []) if new is not None else []
        twin = max(candidates, key=lambda record: _likeness(record, new), default=None) if new is not None else None
        if new is None or twin is None or _likeness(twin, new) < _ALIKE:
            found.append(row)
            continue
        candidates.remove(twin)
        if (row.fichier, row.ligne) in memes:
            found.append(_changed(row.fichier, row.ligne, twin, _complete(twin, new)))
        else:
            detail = f"Ressemble à {twin.nom} {twin.prenom}, déjà dans le dossier. Est-ce le même élève{NNBSP}?"
            found.append(replace(row, etat="a_confirmer", detail=detail, semblable=twin))
    return found


def _likeness(record: EleveRecord, new: EleveRecord | None) -> float:
    """0..1: how alike two names are, in either order; 0 when INE or birth date tells two people apart."""
    if (
        new is None
        or (record.ine and new.ine)
        or (record.naissance and new.naissance and record.naissance != new.naissance)
    ):
        return 0.0
    one, other = fold(f"{record.nom} {record.prenom}"), fold(f"{new.nom} {new.prenom}")
    if sorted(one.split()) == sorted(other.split()):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


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
        return PlannedRow("rejete", fichier, row.ligne, "Élève déjà présent plus haut.", f"{row.nom} {row.prenom}"[:60])
    planned[place] = replace(planned[place], apres=after)
    detail = f"Même élève que dans {planned[place].fichier}, ligne {planned[place].ligne}{NNBSP}: les deux sont réunis."
    return PlannedRow("inchange", fichier, row.ligne, detail, "", None, after)


class _Index:
    """Students by the three keys of matching. New ones (id 0) are added on the way."""

    def __init__(self, stored: Iterable[EleveRecord]) -> None:
        self._by_ine: dict[str, EleveRecord] = {}
        self._by_birth: dict[tuple[str, date], EleveRecord] = {}
        self._by_classe: dict[tuple[str, str], EleveRecord] = {}
        for record in stored:
            self.add(record)

    def replace(self, before: EleveRecord, after: EleveRecord) -> None:
        """A student has changed on the way."""
        self._by_ine.pop(before.ine, None)
        if before.naissance:
            self._by_birth.pop((_name_key(before.nom, before.prenom), before.naissance), None)
        self._by_classe.pop((_name_key(before.nom, before.prenom), _class_key(before.classe)), None)
        self.add(after)

    def add(self, record: EleveRecord) -> None:
        name = _name_key(record.nom, record.prenom)
        if record.ine:
            self._by_ine[record.ine] = record
        if record.naissance:
            self._by_birth[name, record.naissance] = record
        self._by_classe[name, _class_key(record.classe)] = record

    def find(self, row: RosterRow, classe: str) -> EleveRecord | None:
        if row.ine and row.ine in self._by_ine:
            return self._by_ine[row.ine]
        name = _name_key(row.nom, row.prenom)
        if row.naissance and (name, row.naissance) in self._by_birth:
            return self._by_birth[name, row.naissance]
        found = self._by_classe.get((name, _class_key(classe)))
        if found is None or (row.ine and found.ine) or (row.naissance and found.naissance):
            return None
        return found


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
        nom=row.nom,
        prenom=row.prenom,
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

"""Erase the students of a school year or of classes, for good, and prove it without naming anybody."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mps_desktop.core.dates import annee_scolaire
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import PRIVATE_FOLDER, replacing
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold
from mps_desktop.services.garde import local_now
from mps_desktop.storage.backup import check_file
from mps_desktop.storage.dossier import OpenDossier
from mps_desktop.storage.purge import compact, copies_of, count_of, eleves_of, erase
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.sauvegardes import make_backup

PREUVES = "preuves"


@dataclass(frozen=True, slots=True)
class ApercuPurge:
    """What a purge would erase. Figures and names of classes only.

    Attributes:
        annee: the school year asked for, empty when classes were.
        classes: their names; sans_classe: students of no class.
        autres: students of the dossier who stay.
        copies: backups beside the dossier, which hold these students too.
    """

    annee: str
    classes: tuple[str, ...]
    eleves: int
    sans_classe: int
    autres: int
    formations_retenues: int
    voeux: int
    avis: int
    entretiens: int
    copies: tuple[Path, ...]
    notes_psyen: int = 0
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class ResultatPurge:
    """What was done.

    Attributes:
        preuve: the file that says it without a name.
        sauvegarde: the backup made just before, None when the backups were erased too.
        copies: backups that still hold the erased students.
        copies_effacees: how many backups were erased.
    """

    eleves: int
    classes: int
    preuve: Path
    sauvegarde: Path | None
    copies: tuple[Path, ...]
    copies_effacees: int


def annees_of(dossier: OpenDossier) -> tuple[str, ...]:
    """School years of the classes, oldest first."""
    with dossier.database.read() as session:
        return tuple(sorted({classe.annee for classe in ClasseRepository(session).list() if classe.annee}))


def preview_purge(dossier: OpenDossier, annee: str = "", classes: tuple[str, ...] = ()) -> ApercuPurge:
    """What would be erased; nothing is written.

    Args:
        annee: a school year ("2025-2026"): its classes, and the students of no class added during it.
        classes: names of classes, instead.

    Raises:
        EnvironmentFault: neither or both were given, or a class does not exist.
    """
    with dossier.database.read() as session:
        known = ClasseRepository(session).list()
        if bool(annee) == bool(classes):
            raise EnvironmentFault("Que faut-il effacer ?", "Donnez une année scolaire, ou des classes.")
        wanted = {fold(name) for name in classes}
        chosen = [c for c in known if (c.annee == annee if annee else fold(c.nom) in wanted)]
        missing = wanted - {fold(c.nom) for c in chosen}
        if missing:
            raise EnvironmentFault(
                f"Le dossier n’a pas de classe «{NNBSP}{min(missing)}{NNBSP}».",
                f"Ses classes{NNBSP}: {', '.join(c.nom for c in known) or 'aucune'}.",
            )
        ids, alone = eleves_of(session, tuple(c.id for c in chosen), _in_year(annee) if annee else None)
        counts = count_of(session, ids)
    return ApercuPurge(
        annee=annee,
        classes=tuple(c.nom for c in chosen),
        eleves=len(ids),
        sans_classe=alone,
        autres=counts.eleves - len(ids),
        formations_retenues=counts.favoris,
        voeux=counts.voeux,
        avis=counts.avis,
        entretiens=counts.entretiens,
        copies=copies_of(dossier.dossier),
        notes_psyen=counts.notes_psyen,
        decisions=counts.decisions,
    )


def purge(
    dossier: OpenDossier,
    apercu: ApercuPurge,
    progress: Progress,
    *,
    sauvegardes: bool = False,
    preuve: Path | None = None,
    now: Callable[[], datetime] = local_now,
) -> ResultatPurge:
    """Erase what was previewed, after a backup; then nothing of it is left in the database file.

    Args:
        apercu: what ``preview_purge`` answered, so that nothing else goes.
        sauvegardes: erase the backups too: they hold the same students. A fresh one is made first.
        preuve: file to write; None = one beside the dossier.

    Raises:
        EnvironmentFault: nothing to erase, the backup fails, or the dossier changed since the preview.
    """
    if not apercu.eleves and not apercu.classes:
        raise EnvironmentFault("Il n’y a rien à effacer.", "Aucun élève ne correspond.")
    quand = now()
    progress.step("Sauvegarde avant la purge", 0, 4)
    before = make_backup(dossier, "purge", quand)
    progress.step("Effacement", 1, 4)
    annee = apercu.annee
    stay = erase(dossier.database, apercu.classes, _in_year(annee) if annee else None, apercu.eleves, now)
    # No cancelling from here on: the students are gone, the traces must go too.
    free = _compact(dossier)
    erased = 0
    saved: Path | None = before.dossier
    if sauvegardes:
        fresh = make_backup(dossier, "demande", now())
        for copy in copies_of(dossier.dossier):
            if copy != fresh.dossier:
                shutil.rmtree(copy)
                erased += 1
        saved = None
    left = () if sauvegardes else copies_of(dossier.dossier)
    target = preuve or dossier.dossier / PREUVES / f"purge-{quand:%Y-%m-%d-%Hh%M%S}.txt"
    _write_proof(target, quand, apercu, (stay, free, erased, len(left)))
    return ResultatPurge(apercu.eleves, len(apercu.classes), target, saved, left, erased)


def _compact(dossier: OpenDossier) -> int | None:
    """Free pages left, None when there was no room to rewrite the file: what was erased is zeros in it all the same."""
    try:
        free = compact(dossier.database)
    except EnvironmentFault:
        return None
    check_file(dossier.database)
    return free


def _in_year(annee: str) -> Callable[[datetime], bool]:
    return lambda moment: annee_scolaire(moment.astimezone().date()) == annee


def _write_proof(target: Path, quand: datetime, apercu: ApercuPurge, after: tuple[int, int | None, int, int]) -> None:
    """Date and counts; the fingerprint is that of these lines, nothing personal goes in it."""
    stay, free, erased, left = after
    lines = [
        "MPS Bureau — preuve d’effacement",
        f"Date : {quand:%d/%m/%Y %H:%M}",
        f"Année scolaire : {apercu.annee or 'effacement par classes'}",
        f"Classes effacées : {len(apercu.classes)}",
        f"Élèves effacés : {apercu.eleves}",
        f"Formations retenues : {apercu.formations_retenues}",
        f"Vœux : {apercu.voeux}",
        f"Avis : {apercu.avis}",
        f"Entretiens : {apercu.entretiens}",
        f"Décisions de conseil de classe : {apercu.decisions}",
        f"Notes du psyEN : {apercu.notes_psyen}",
        f"Élèves restant dans le dossier : {stay}",
        "Contenu effacé : remplacé par des zéros dans le fichier",
        f"Pages libres dans le fichier après compactage : {'compactage impossible' if free is None else free}",
        f"Sauvegardes effacées : {erased}",
        f"Sauvegardes qui contiennent encore ces données : {left}",
    ]
    text = "\n".join(lines) + "\n"
    text += f"Empreinte SHA-256 des lignes ci-dessus : {hashlib.sha256(text.encode()).hexdigest()}\n"
    target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with replacing(target) as neighbour:
        neighbour.write_text(text, encoding="utf-8")

"""What the maintenance of a dossier says in the terminal."""

from __future__ import annotations

from pathlib import Path

from mps_desktop.commandes.texte import table
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.journal import LigneJournal
from mps_desktop.services.purge import ApercuPurge, ResultatPurge


def apercu_purge(apercu: ApercuPurge) -> str:
    """What a purge would erase."""
    alone = f", dont {apercu.sans_classe} sans classe" if apercu.sans_classe else ""
    lines = [
        f"Classes{NNBSP}: {', '.join(apercu.classes) or 'aucune'}",
        f"À effacer{NNBSP}: {plural(apercu.eleves, 'élève')}{alone}, "
        f"{plural(apercu.formations_retenues, 'formation retenue', 'formations retenues')}, "
        f"{plural(apercu.voeux, 'vœu', 'vœux')}, {plural(apercu.avis, 'avis', 'avis')}, "
        f"{plural(apercu.entretiens, 'entretien')}, "
        f"{plural(apercu.decisions, 'décision de conseil', 'décisions de conseil')}, "
        f"{plural(apercu.notes_psyen, 'note du psyEN', 'notes du psyEN')}",
        f"Restent dans le dossier{NNBSP}: {plural(apercu.autres, 'élève')}",
    ]
    return "\n".join([*lines, *_copies(apercu.copies)])


def purge(resultat: ResultatPurge) -> str:
    """What a purge did."""
    lines = [f"{plural(resultat.eleves, 'élève effacé', 'élèves effacés')}. Preuve sans nom{NNBSP}: {resultat.preuve}"]
    if resultat.copies_effacees:
        lines.append(f"{plural(resultat.copies_effacees, 'sauvegarde effacée', 'sauvegardes effacées')}.")
    return "\n".join([*lines, *_copies(resultat.copies)])


def journal(lines: tuple[LigneJournal, ...]) -> str:
    """The journal, newest first."""
    if not lines:
        return "Le journal est vide."
    rows = [(f"{li.quand:%d/%m/%Y %H:%M}", li.utilisateur, li.quoi, li.eleve) for li in lines]
    return table(("Date", "Utilisateur", "Action", "Élève"), rows)


def _copies(copies: tuple[Path, ...]) -> list[str]:
    if not copies:
        return []
    return [
        f"Attention{NNBSP}: {plural(len(copies), 'sauvegarde')} peuvent contenir ces élèves, et s’ouvrent "
        f"toujours avec "
        "le mot de passe. L’option --sauvegardes les efface aussi. Les copies faites ailleurs (export, clé USB, "
        f"documents imprimés) restent{NNBSP}: le logiciel ne les connaît pas.",
        *(f"    {copy.name}" for copy in copies),
    ]

"""The sheet of a recovery key, to print and put away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mps_desktop.core.dates import long_date
from mps_desktop.core.files import make_folder
from mps_desktop.reports.document import DocumentData, SectionDoc, write_document

_DOSSIER = (
    "Elle ouvre le dossier à la place du mot de passe, et permet d’en choisir un autre.",
    "Rangez cette feuille sous clé, loin de l’ordinateur, puis effacez ce fichier.",
    "Qui la détient peut lire le dossier s’il en a une copie. En cas de doute, refaites une clé : "
    "celle-ci n’ouvrira plus que les sauvegardes déjà faites.",
)
_PSYEN = (
    "Elle ouvre les notes du psyEN à la place de leur mot de passe, et permet d’en choisir un autre. Elle n’ouvre pas "
    "le dossier lui-même.",
    "Le psyEN la range sous clé, loin de l’ordinateur et du professeur principal, puis efface ce fichier.",
    "Qui la détient avec le mot de passe du dossier peut lire les notes. En cas de doute, refaites une clé : celle-ci "
    "n’ouvrira plus que les sauvegardes déjà faites. Sans elle ni le mot de passe, les notes sont perdues.",
)


def write_feuille(target: Path, cle: str, nom: str, today: date, *, psyen: bool = False) -> Path:
    """Write the PDF, private to the user (0600).

    Args:
        nom: name of the dossier.
        psyen: the key is that of the psyEN's notes, not the dossier's.

    Raises:
        EnvironmentFault: the place cannot be written.
    """
    make_folder(target.parent)
    sections = (
        SectionDoc(
            "La clé",
            paragraphes=("28 signes, sept groupes de quatre. Majuscules et tirets ne comptent pas.",),
            en_grand=cle,
        ),
        SectionDoc(
            "À savoir",
            paragraphes=_PSYEN if psyen else _DOSSIER,
        ),
    )
    pied = "Document secret. MPS Bureau ne garde aucune copie de cette clé."
    titre = "Clé de secours des notes du psyEN" if psyen else "Clé de secours"
    write_document(DocumentData(titre, f"Dossier {nom}, le {long_date(today)}", sections, pied), target)
    return target

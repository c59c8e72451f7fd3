"""Files given together: rosters one by one, the XML files of a SIECLE export as one set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.correspondance import Correspondance
from mps_desktop.importers.encodage import TexteLu, decode
from mps_desktop.importers.feuille import Tableau, too_big
from mps_desktop.importers.inspection import Inspection, inspect
from mps_desktop.importers.nature import Nature
from mps_desktop.importers.roster import read_table
from mps_desktop.importers.rows import RosterReading
from mps_desktop.importers.siecle import Nomenclature, Piece, open_pieces, read_eleves, read_nomenclature
from mps_desktop.importers.tableau import Contenu, check_lines, read_contenu, read_tableau, table_of_text
from mps_desktop.importers.voeux import is_pasted, read_pasted

PRESSE_PAPIERS = "Presse-papiers"


@dataclass(frozen=True, slots=True)
class TexteColle:
    """Text pasted from another window; never written to any file."""

    texte: str


Source = Path | TexteColle
"""What a teacher gives: a file, or pasted text."""

_MAX_PASTED = 5_000_000
_NEEDS_ELEVES = (
    "Ajoutez le fichier des élèves de SIECLE (ExportXML_ElevesSansAdresses.zip ou ElevesSansAdresses.xml) et donnez "
    "les deux ensemble."
)


def read_roster(
    path: Path, progress: Progress | None = None, correspondances: Iterable[Correspondance] = ()
) -> RosterReading:
    """Read one file (see ``read_rosters``)."""
    return read_rosters((path,), progress, correspondances)[0]


def read_rosters(
    paths: Sequence[Source], progress: Progress | None = None, correspondances: Iterable[Correspondance] = ()
) -> tuple[RosterReading, ...]:
    """Read class lists given together, in the order given.

    Args:
        paths: SIECLE, PRONOTE, École Directe, Cyclades or Parcoursup exports, or any spreadsheet or text table; the
            extension is not trusted. SIECLE's nomenclature names the subjects of the student files given with it, and
            gives no reading of its own.
        progress: told about the files, sheets and lines.
        correspondances: columns matched by hand for such files.

    Raises:
        EnvironmentFault: a file cannot be a roster, has no recognisable column of names, or holds no student.
        Cancelled: the user stopped.
    """
    progress = progress or Progress()
    known = tuple(correspondances)
    contents = [_pasted(source) if isinstance(source, TexteColle) else read_contenu(source) for source in paths]
    pieces = {
        rank: open_pieces(content.data, content.nom)
        for rank, content in enumerate(contents)
        if content.nature is Nature.XML_SIECLE
    }
    nomenclature = read_nomenclature(piece for found in pieces.values() for piece in found)
    readings: list[RosterReading] = []
    for rank, content in enumerate(contents):
        progress.step(f"Lecture de {content.nom}", rank, len(contents))
        if rank in pieces:
            readings += _read_siecle(content.nom, pieces[rank], nomenclature, progress)
        else:
            readings.append(_read_one(content, known, progress))
    if not readings:
        raise EnvironmentFault(
            f"« {contents[0].nom} » vient bien de SIECLE, mais ne contient pas d’élèves.", _NEEDS_ELEVES
        )
    return tuple(readings)


def inspect_source(source: Source, progress: Progress | None = None) -> Inspection | None:
    """The beginning of a table, for whoever tells its columns; None for what is no table (XML, pasted wishes).

    Raises:
        EnvironmentFault: it cannot be read.
    """
    content = _pasted(source) if isinstance(source, TexteColle) else read_contenu(source)
    if content.nature in (Nature.XML_SIECLE, Nature.XML_PRONOTE):
        return None
    return inspect(read_tableau(content, progress or Progress()), content.nom)


def _pasted(source: TexteColle) -> Contenu:
    """Pasted text as a file that has no name.

    Raises:
        EnvironmentFault: blank, or far too long.
    """
    if not source.texte.strip():
        raise EnvironmentFault(
            "Le presse-papiers ne contient pas de texte.",
            "Dans PRONOTE, affichez la liste des élèves, tapez Ctrl+A puis Ctrl+C, et revenez ici.",
        )
    if len(source.texte) > _MAX_PASTED:
        raise too_big(PRESSE_PAPIERS, f"{_MAX_PASTED // 1_000_000}{NNBSP}millions de caractères")
    return Contenu(PRESSE_PAPIERS, Nature.TEXTE, source.texte.encode("utf-8", errors="replace"))


def _read_one(content: Contenu, known: tuple[Correspondance, ...], progress: Progress) -> RosterReading:
    if content.nature is Nature.TEXTE:
        progress.step(f"Lecture de {content.nom}")
        check_lines(content.data, content.nom)
        return _read_text(decode(content.data), content.nom, known, progress)
    return read_table(read_tableau(content, progress), content.nom, progress, known)


def _read_text(read: TexteLu, name: str, known: tuple[Correspondance, ...], progress: Progress) -> RosterReading:
    if is_pasted(read.texte):
        return _pasted_wishes(read, name)
    return read_table(table_of_text(read, name), name, progress, known)


def _pasted_wishes(read: TexteLu, name: str) -> RosterReading:
    wishes = read_pasted(read.texte)
    if not wishes:
        raise EnvironmentFault(
            f"Aucun vœu n’a été reconnu dans « {name} ».",
            "Copiez tout l’écran des vœux du candidat (Ctrl+A, Ctrl+C), sans en retirer de ligne.",
        )
    return RosterReading(
        fichier=name,
        logiciel="Parcoursup",
        encodage=read.encodage,
        separateur="",
        ligne_entete=0,
        colonnes=(),
        rows=(),
        rejets=(),
        avertissements=(
            "Ces vœux ont été copiés depuis le dossier d’un candidat, dont le nom n’y est pas\u202f: collez-les dans "
            "la page de l’élève.",
        ),
        confiance=0.9,
        voeux_seuls=wishes,
    )


def _read_siecle(
    name: str, pieces: tuple[Piece, ...], nomenclature: Nomenclature, progress: Progress
) -> list[RosterReading]:
    """Readings of the student files of one file or archive; others of the set have none."""
    if not any(piece.genre != "inconnu" for piece in pieces):
        raise EnvironmentFault(
            f"« {name} » ne contient aucun export de SIECLE.", "Donnez la liste de la classe, ou l’export de SIECLE."
        )
    if any(piece.genre == "responsables" for piece in pieces) and len(pieces) == 1:
        raise EnvironmentFault(
            f"« {name} » contient les responsables des élèves, que le programme ne lit jamais.", _NEEDS_ELEVES
        )
    readings: list[RosterReading] = []
    for piece in pieces:
        if piece.genre == "eleves":
            tableau: Tableau = read_eleves(piece, nomenclature)
            readings.append(read_table(tableau, piece.nom, progress))
    return readings

"""One sheet -> the students it lists, with the class that titles and section lines give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold
from mps_desktop.importers.classes import class_names_in, read_classe
from mps_desktop.importers.entetes import Entete, header_at, is_header
from mps_desktop.importers.feuille import Feuille, Ligne
from mps_desktop.importers.lecture import LigneLue, read_line, read_section
from mps_desktop.importers.noms import split_identite, usually_prenom_first
from mps_desktop.importers.rows import Rejet
from mps_desktop.importers.valeurs import writes_month_first

_STEP = 200


@dataclass(frozen=True, slots=True)
class Releve:
    """What one sheet gave.

    Attributes:
        entetes: its header, then those of the tables below it.
    """

    entetes: tuple[Entete, ...]
    lues: tuple[LigneLue, ...]
    rejets: tuple[Rejet, ...]
    avertissements: tuple[str, ...]


def read_sheet(feuille: Feuille, entete: Entete, file_name: str, progress: Progress) -> Releve:
    """Read every line of a sheet.

    The class of a student is the one of his line; else that of the section title above him; else, when the class is
    written only on the first student of each group, the last one written; else, when nobody has one, the only class
    named by the titles, the name of the sheet or the name of the file.

    Raises:
        Cancelled: the user stopped.
    """
    rejets = [
        Rejet(ligne.numero, "Ligne placée au-dessus de l’en-tête.", entete.extract(ligne))
        for ligne in feuille.lignes[: entete.debut]
        if _like_a_person(ligne, entete)
    ]
    month_first = writes_month_first(entete.text(ligne, "naissance") for ligne in feuille.lignes[entete.fin :])
    prenom_first = usually_prenom_first(_whole_names(feuille, entete))
    entetes = [entete]
    lues: list[LigneLue] = []
    sections: list[str] = []
    section = ""
    skipped_until = entete.fin
    for at, ligne in enumerate(feuille.lignes):
        if at % _STEP == 0:
            progress.step(f"Lecture de {file_name}", at, len(feuille.lignes))
        if at < skipped_until:
            if at >= entetes[0].fin:
                rejets.append(_repeated(ligne, entetes[-1]))
            continue
        if is_header(ligne):
            entetes.append(header_at(feuille, at))
            skipped_until = entetes[-1].fin
            rejets.append(_repeated(ligne, entetes[-1]))
            continue
        if title := read_section(ligne, entetes[-1]):
            section = title
            reason = f"Titre{NNBSP}: la classe « {title} » est donnée aux élèves qui suivent."
            rejets.append(Rejet(ligne.numero, reason, entetes[-1].extract(ligne)))
            continue
        read = read_line(ligne, entetes[-1], month_first=month_first, prenom_first=prenom_first)
        if isinstance(read, Rejet):
            rejets.append(read)
        else:
            lues.append(read)
            sections.append(section)
    above = [title for ligne in feuille.lignes[: entete.debut] if (title := read_section(ligne, entete))]
    if above and any(sections):  # each class has its title, the first one above the header
        sections = [one or above[-1] for one in sections]
    lues, left = _set_leavers_apart(lues, sections)
    rejets += left
    titles = tuple(" ".join(dict.fromkeys(ligne.remplies)) for ligne in feuille.lignes[: entete.debut])
    lues, warnings = _give_classes(lues, sections, (*titles, feuille.nom), file_name)
    return Releve(tuple(entetes), tuple(lues), tuple(sorted(rejets, key=_by_line)), tuple(warnings))


def _whole_names(feuille: Feuille, entete: Entete) -> list[str]:
    """Cells that hold a surname and a first name together."""
    if entete.has("prenom"):
        return []
    champ = next((champ for champ in ("identite", "nom") if entete.has(champ)), "")
    return [cell for ligne in feuille.lignes[entete.fin :] if (cell := entete.text(ligne, champ))]


def _by_line(rejet: Rejet) -> int:
    return rejet.ligne


def _repeated(ligne: Ligne, entete: Entete) -> Rejet:
    return Rejet(ligne.numero, "En-tête répété.", entete.extract(ligne))


def _like_a_person(ligne: Ligne, entete: Entete) -> bool:
    """A line above the header that could be a student lost by a wrong guess: better said than silent."""
    names = " ".join(
        cell for champ in ("identite", "prenom_nom", "nom", "prenom") if (cell := entete.text(ligne, champ))
    )
    identite = split_identite(names)
    return len(set(ligne.remplies)) > 1 and identite is not None and identite.sur


def _set_leavers_apart(lues: list[LigneLue], sections: list[str]) -> tuple[list[LigneLue], list[Rejet]]:
    """Reject those who left, unless most have an exit date: it is then the end of everybody's school year."""
    leavers = {at for at, lue in enumerate(lues) if lue.sortie}
    if 2 * len(leavers) > len(lues):
        return lues, []
    rejets = [Rejet(lues[at].numero, "Élève sorti de l’établissement.", lues[at].extrait) for at in sorted(leavers)]
    sections[:] = [section for at, section in enumerate(sections) if at not in leavers]
    return [lue for at, lue in enumerate(lues) if at not in leavers], rejets


def _give_classes(
    lues: list[LigneLue], sections: list[str], titles: Sequence[str], file_name: str
) -> tuple[list[LigneLue], list[str]]:
    own = sum(bool(lue.classe) for lue in lues)
    if not own and not any(sections):
        return _give_one_class(lues, titles, file_name)
    carried = 2 * own < len(lues) and bool(lues[0].classe)
    current, previous_section = "", ""
    settled: list[LigneLue] = []
    for lue, section in zip(lues, sections, strict=True):
        if section != previous_section:
            current, previous_section = section, section
        if lue.classe and carried:
            current = lue.classe
        settled.append(replace(lue, classe=lue.classe or current))
    warnings: list[str] = []
    if carried:
        warnings.append(
            "La classe n’est écrite que sur le premier élève de chaque groupe\u202f: elle a été donnée aux suivants."
        )
    return settled, warnings


def _give_one_class(lues: list[LigneLue], titles: Sequence[str], file_name: str) -> tuple[list[LigneLue], list[str]]:
    """Class of a list that writes none, from its titles, the sheet's name or the file's name."""
    *above, sheet_name = titles
    stem = file_name.rpartition(".")[0] or file_name
    for place, texts in (
        ("d’après le titre", above),
        ("d’après le nom de la feuille", [sheet_name]),
        ("d’après le nom du fichier", [stem]),
    ):
        names = {fold(name).replace(" ", ""): name for text in texts for name in _class_names(text)}
        if len(names) == 1:
            (classe,) = names.values()
            warning = f"La liste ne dit pas la classe{NNBSP}: « {classe} » a été retenue {place}, vérifiez-la."
            return [replace(lue, classe=classe) for lue in lues], [warning] if lues else []
    return lues, []


def _class_names(text: str) -> tuple[str, ...]:
    cursus = read_classe(text)
    return (text.replace("_", " "),) if cursus is not None and cursus.clair else class_names_in(text)

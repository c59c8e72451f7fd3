"""A teacher's class list, whatever wrote it -> students, rejected lines and what was recognised.

Every line below the header ends up either in ``rows`` or in ``rejets``; only blank ones are left out. A value that
cannot be right (29/02/2009) is left out with a sentence in ``avertissements``: its student is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold, join_fr, plural
from mps_desktop.importers.classes import Cursus, read_classe
from mps_desktop.importers.entetes import Entete, find_header, headerless
from mps_desktop.importers.feuille import Tableau
from mps_desktop.importers.lecture import LigneLue
from mps_desktop.importers.releve import Releve, read_sheet
from mps_desktop.importers.rows import Rejet, RosterReading, RosterRow
from mps_desktop.importers.specialites import EXPECTED, read_free_text, sort_subjects
from mps_desktop.importers.tableau import read_tableau

_MAX_REMARKS = 12
_SIGNATURES: tuple[tuple[str, tuple[set[str], ...]], ...] = (
    ("Cyclades", ({"division classe", "serie"}, {"zone geo souhaitee"})),
    ("SIECLE", ({"n interne"}, {"code structure"}, {"division"})),
    (
        "PRONOTE",
        (
            {"cnx ele"}, {"classe de rattachement"}, {"toutes les options"}, {"encouragement valorisation"},
            {"ne e le", "option 1"}, {"date naiss", "option 1", "n national"},
        ),
    ),
)  # fmt: skip


def read_roster(path: Path, progress: Progress | None = None) -> RosterReading:
    """Read a class list.

    Args:
        path: PRONOTE, SIECLE or École Directe export, or any spreadsheet or text table; the extension is not trusted.
        progress: told about the sheets and lines.

    Raises:
        EnvironmentFault: the file cannot be a roster, has no recognisable column of names, or holds no student.
        Cancelled: the user stopped.
    """
    progress = progress or Progress()
    tableau = read_tableau(path, progress)
    headed = _find_headers(tableau, path.name)
    releves = [
        _name_sheet(
            read_sheet(tableau.feuilles[at], entete, path.name, progress), tableau.feuilles[at].nom, len(headed)
        )
        for at, entete in headed.items()
    ]
    lues, doubles = _without_doubles(lue for releve in releves for lue in releve.lues)
    if not lues:
        raise EnvironmentFault(
            f"Aucun élève n’a été trouvé dans « {path.name} ».",
            "Vérifiez que la liste contient une ligne par élève, avec son nom et son prénom.",
        )
    entetes = [entete for releve in releves for entete in releve.entetes]
    rejets = (*(rejet for releve in releves for rejet in releve.rejets), *doubles)
    settled = [_settle(lue) for lue in lues]
    rows = tuple(row for row, _ in settled)
    unknown = dict.fromkeys(text for _, texts in settled for text in texts)
    columns = dict.fromkeys((column.titre, column.champ) for entete in entetes for column in entete.colonnes)
    unread = tuple(dict.fromkeys(title for entete in entetes for title in entete.non_lu))
    return RosterReading(
        fichier=path.name,
        logiciel=_tell_software(tableau, [title for title, _ in columns] + list(unread)),
        encodage=tableau.encodage,
        separateur=tableau.separateur,
        ligne_entete=entetes[0].numero,
        colonnes=tuple(columns),
        rows=rows,
        rejets=rejets if len(headed) > 1 else tuple(sorted(rejets, key=lambda rejet: rejet.ligne)),
        non_lu=unread,
        avertissements=(
            *tableau.avertissements,
            *_unread_sheets(tableau, set(headed)),
            *dict.fromkeys(warning for releve in releves for warning in releve.avertissements),
            *_missing_specialites(rows, entetes),
            *_unknown_specialites(tuple(unknown)),
            *_remarks(lues),
        ),
    )


def _find_headers(tableau: Tableau, name: str) -> dict[int, Entete]:
    """Header of each visible sheet that has one; else of those that are bare lists of names.

    Raises:
        EnvironmentFault: no sheet has any.
    """
    visible = [(at, feuille) for at, feuille in enumerate(tableau.feuilles) if feuille.visible and feuille.lignes]
    for search in (find_header, headerless):
        found = {at: entete for at, feuille in visible if (entete := search(feuille)) is not None}
        if found:
            return found
    remede = "Le tableau doit nommer ses colonnes, par exemple Nom, Prénom, Classe, Né(e) le."
    if any(not feuille.visible and feuille.lignes for feuille in tableau.feuilles):
        remede += " Les feuilles masquées ne sont pas lues\u202f: affichez-les dans votre tableur."
    raise EnvironmentFault(f"Aucune colonne de noms n’a été reconnue dans « {name} ».", remede)


def _name_sheet(releve: Releve, sheet: str, nb_sheets: int) -> Releve:
    """Say the sheet in rejections and remarks when the file has several."""
    if nb_sheets < 2 or not sheet:
        return releve
    place = f"Feuille « {sheet} ». "
    return replace(
        releve,
        rejets=tuple(replace(rejet, raison=place + rejet.raison) for rejet in releve.rejets),
        lues=tuple(replace(lue, feuille=sheet) for lue in releve.lues),
        avertissements=tuple(place + warning for warning in releve.avertissements),
    )


def _without_doubles(lues: Iterable[LigneLue]) -> tuple[list[LigneLue], list[Rejet]]:
    """Keep the first line of each student; the others are rejected.

    Same student: same INE; else same name and same birth date; else, when a birth date is missing, same name and
    same class (or none written). Two full homonyms born on different days are two students.
    """
    kept: list[LigneLue] = []
    rejets: list[Rejet] = []
    by_ine: dict[str, LigneLue] = {}
    by_name: dict[str, list[LigneLue]] = {}
    for lue in lues:
        homonyms = by_name.setdefault(f"{fold(lue.nom)}|{fold(lue.prenom)}", [])
        twin = by_ine.get(lue.ine) if lue.ine else None
        reason = "Même INE que la ligne"
        if twin is None:
            twin = next((other for other in homonyms if _same(lue, other)), None)
            reason = "Doublon de la ligne"
        if twin is not None:
            sheet = f"Feuille « {lue.feuille} ». " if lue.feuille else ""
            rejets.append(Rejet(lue.numero, f"{sheet}{reason} {twin.place}.", lue.extrait))
            continue
        kept.append(lue)
        homonyms.append(lue)
        if lue.ine:
            by_ine[lue.ine] = lue
    return kept, rejets


def _same(one: LigneLue, other: LigneLue) -> bool:
    if one.ine and other.ine:
        return False
    if one.naissance and other.naissance:
        return one.naissance == other.naissance
    return fold(one.classe) == fold(other.classe) or not one.classe or not other.classe


def _settle(lue: LigneLue) -> tuple[RosterRow, tuple[str, ...]]:
    """Final row of a student, and the cells of spécialité columns that were not understood.

    What the line says wins over what the name of the class says. The spécialité of a technological student comes
    first from his formation ("T-STMG MERCATIQUE (MARKETING)").
    """
    told = read_classe(lue.classe) or Cursus()
    niveau = lue.niveau or told.niveau
    bac = lue.bac or ("" if niveau == "seconde" else told.bac)
    subjects = sort_subjects(niveau, bac, lue.specialites, lue.options)
    from_formation = [mat for label in lue.formations for mat in read_free_text(label, subjects.bac)[0]]
    mats = dict.fromkeys((lue.specialite_mef, *from_formation, *subjects.specialites))
    row = RosterRow(
        ligne=lue.numero,
        nom=lue.nom,
        prenom=lue.prenom,
        classe=lue.classe,
        naissance=lue.naissance,
        sexe=lue.sexe,
        ine=lue.ine,
        niveau=niveau,
        bac=subjects.bac,
        specialites=tuple(mat for mat in mats if mat),
        options=subjects.options,
        moyenne=lue.moyenne,
    )
    return row, subjects.inconnus


def _tell_software(tableau: Tableau, titles: list[str]) -> str:
    present = {fold(title) for title in titles}
    for name, alternatives in _SIGNATURES:
        if any(wanted <= present for wanted in alternatives):
            return name
    return "Fichier texte" if tableau.encodage else "Tableur"


def _unread_sheets(tableau: Tableau, read: set[int]) -> list[str]:
    warnings: list[str] = []
    for at, feuille in enumerate(tableau.feuilles):
        if at in read or not feuille.lignes:
            continue
        if feuille.visible:
            warnings.append(
                f"La feuille « {feuille.nom} » n’a pas été lue{NNBSP}: aucune colonne de noms n’y est reconnue."
            )
        else:
            warnings.append(f"La feuille masquée « {feuille.nom} » n’a pas été lue.")
    return warnings


def _missing_specialites(rows: tuple[RosterRow, ...], entetes: list[Entete]) -> list[str]:
    """General students with fewer spécialités than they follow: the file does not show all the columns."""
    if not any(entete.has("option") or entete.has("specialite") for entete in entetes):
        return []
    short = sum(row.bac == "Générale" and len(row.specialites) < EXPECTED.get(row.niveau, 0) for row in rows)
    if not short:
        return []
    who = f"{plural(short, 'élève')} de la voie générale"
    return [
        f"Il manque des spécialités pour {who}{NNBSP}: affichez toutes les options avant d’exporter, ou complétez "
        "les profils."
    ]


def _unknown_specialites(texts: tuple[str, ...]) -> list[str]:
    if not texts:
        return []
    shown = [f"« {text[:40]} »" for text in texts[:_MAX_REMARKS]]
    return [f"Spécialités non reconnues{NNBSP}: {join_fr(shown)}."]


def _remarks(lues: list[LigneLue]) -> list[str]:
    """One sentence per doubtful value, at most twelve."""
    sentences = [f"Ligne {lue.place}{NNBSP}: {remark}." for lue in lues for remark in lue.remarques]
    more = len(sentences) - _MAX_REMARKS
    if more <= 0:
        return sentences
    return [*sentences[:_MAX_REMARKS], f"Et {plural(more, 'autre remarque', 'autres remarques')} du même genre."]

"""A teacher's class list, whatever wrote it -> students, rejected lines and what was recognised.

Every line below the header ends up either in ``rows`` or in ``rejets``; only blank ones are left out. A value that
cannot be right (29/02/2009) is left out with a sentence in ``avertissements``: its student is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold, join_fr, plural
from mps_desktop.importers.classes import told_by_classe
from mps_desktop.importers.colonnes_devinees import headerless, named_by_cells
from mps_desktop.importers.correspondance import Correspondance, find_mapped
from mps_desktop.importers.cote_a_cote import side_by_side
from mps_desktop.importers.croix import with_crosses
from mps_desktop.importers.doublons import without_class, without_doubles
from mps_desktop.importers.entetes import Entete, find_header
from mps_desktop.importers.feuille import Tableau
from mps_desktop.importers.inspection import ColonnesInconnues, inspect
from mps_desktop.importers.langues import split_langues
from mps_desktop.importers.lecture import LigneLue
from mps_desktop.importers.provenance import columns_read, header_lines, header_signature, tell_software
from mps_desktop.importers.releve import Releve, read_sheet
from mps_desktop.importers.rows import RosterReading, RosterRow
from mps_desktop.importers.specialites import EXPECTED, read_free_text, sort_subjects

_MAX_REMARKS = 12
_SAIO = frozenset(("numero parcoursup", "nb total de voeux confirmes en phase principale"))
"""Titles that only the anonymous extraction of the academies has."""


def read_table(
    tableau: Tableau, name: str, progress: Progress, correspondances: Iterable[Correspondance] = ()
) -> RosterReading:
    """Read the students of a table.

    Args:
        name: file name, for messages and for the class that it may tell.
        correspondances: columns matched by hand for such files; they win over recognition.

    Raises:
        ColonnesInconnues: no recognisable column of names.
        EnvironmentFault: no student.
        Cancelled: the user stopped.
    """
    known = tuple(correspondances)
    if not any(find_mapped(feuille, known) for feuille in tableau.feuilles):
        parts = tuple(part for feuille in tableau.feuilles for part in side_by_side(feuille))
        tableau = replace(tableau, feuilles=parts)
    headed = _find_headers(tableau, name, known)
    releves = [
        _name_sheet(read_sheet(tableau.feuilles[at], entete, name, progress), tableau.feuilles[at].nom, len(headed))
        for at, entete in headed.items()
    ]
    entetes = [entete for releve in releves for entete in releve.entetes]
    titles = [column.titre for entete in entetes for column in entete.colonnes]
    unread = tuple(dict.fromkeys(title for entete in entetes for title in entete.non_lu))
    logiciel, sure = tell_software(tableau, titles + list(unread))
    lues, rejets = without_doubles(lue for releve in releves for lue in releve.lues)
    if logiciel == "SIECLE":
        lues, unassigned = without_class(lues)
        rejets += unassigned
    if not lues:
        raise EnvironmentFault(
            f"Aucun élève n’a été trouvé dans « {name} ».",
            "Vérifiez que la liste contient une ligne par élève, avec son nom et son prénom.",
        )
    rejets = [*(rejet for releve in releves for rejet in releve.rejets), *rejets]
    settled = [_settle(lue) for lue in lues]
    rows = tuple(row for row, _ in settled)
    unknown = dict.fromkeys(text for _, texts in settled for text in texts)
    return RosterReading(
        fichier=name,
        logiciel=logiciel,
        encodage=tableau.encodage,
        separateur=tableau.separateur,
        ligne_entete=entetes[0].numero,
        colonnes=columns_read(tableau, headed, entetes),
        rows=rows,
        rejets=tuple(rejets if len(headed) > 1 else sorted(rejets, key=lambda rejet: rejet.ligne)),
        non_lu=unread,
        avertissements=(
            *tableau.avertissements,
            *_unread_sheets(tableau, set(headed)),
            *dict.fromkeys(warning for releve in releves for warning in releve.avertissements),
            *_second_tables(entetes),
            *_missing_specialites(rows, entetes),
            *_unknown_specialites(tuple(unknown)),
            *_remarks(lues),
        ),
        confiance=sure,
        lignes_entete=header_lines(tableau, headed, entetes),
        signature=header_signature(tableau, headed),
    )


def _find_headers(tableau: Tableau, name: str, known: tuple[Correspondance, ...]) -> dict[int, Entete]:
    """Header of each visible sheet: matched by hand, else recognised, else that of a bare list of names.

    Raises:
        ColonnesInconnues: no sheet has any.
        EnvironmentFault: and none is visible, or the file can be about nobody.
    """
    visible = [(at, feuille) for at, feuille in enumerate(tableau.feuilles) if feuille.visible and feuille.lignes]
    mapped = {at: entete for at, feuille in visible if (entete := find_mapped(feuille, known)) is not None}
    for search in (find_header, named_by_cells, headerless):
        found = {at: entete for at, feuille in visible if (entete := mapped.get(at) or search(feuille)) is not None}
        if found:
            return {
                at: entete if at in mapped else with_crosses(entete, tableau.feuilles[at])
                for at, entete in found.items()
            }
    if any({fold(cell) for ligne in f.lignes[:5] for cell in ligne.cellules} >= _SAIO for _, f in visible):
        raise EnvironmentFault(
            f"« {name} » est une extraction académique de Parcoursup, sans nom ni INE{NNBSP}: ses lignes ne peuvent "
            "être rattachées à aucun élève.",
            "Donnez le suivi des vœux du site de gestion, ou une liste qui porte le nom des élèves.",
        )
    remede = "Le tableau doit nommer ses colonnes, par exemple Nom, Prénom, Classe, Né(e) le."
    if any(not feuille.visible and feuille.lignes for feuille in tableau.feuilles):
        remede += " Les feuilles masquées ne sont pas lues\u202f: affichez-les dans votre tableur."
    message = f"Aucune colonne de noms n’a été reconnue dans « {name} »."
    inspection = inspect(tableau, name)
    if inspection is None:
        raise EnvironmentFault(message, remede)
    raise ColonnesInconnues(message, remede, inspection)


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


def _settle(lue: LigneLue) -> tuple[RosterRow, tuple[str, ...]]:
    """Final row of a student, and the cells of spécialité columns that were not understood.

    What the line says wins over what the name of the class says. The spécialité of a technological student comes
    first from his formation ("T-STMG MERCATIQUE (MARKETING)").
    """
    told = told_by_classe(lue.classe)
    niveau = lue.niveau or told.niveau
    bac = lue.bac or ("" if niveau == "seconde" else told.bac)
    subjects = sort_subjects(niveau, bac, lue.specialites, lue.options)
    from_formation = [mat for label in lue.formations for mat in read_free_text(label, subjects.bac)[0]]
    langues, options = split_langues(dict.fromkeys((*subjects.options, *lue.facultatives)))
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
        options=options,
        moyenne=lue.moyenne,
        langues=langues,
        voeux=lue.voeux,
    )
    return row, subjects.inconnus


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


def _second_tables(entetes: list[Entete]) -> list[str]:
    """A table beside the first one, with the same titles, is not read: better said than lost silently."""
    read = {column.titre for entete in entetes for column in entete.colonnes if column.champ in ("identite", "nom")}
    if not any(read & set(entete.non_lu) for entete in entetes):
        return []
    return [
        "Un second tableau, à droite du premier, n’a pas été lu\u202f: placez-le sous le premier, ou sur une autre "
        "feuille."
    ]


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

"""SIECLE sets and spreadsheets with a known truth: see ``variantes``."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from tests.importers.conftest import ods_bytes, xls_of, xlsx_bytes
from tests.importers.variantes import (
    EDS,
    LANGUES,
    OPTIONS,
    SECRET,
    VOIES,
    Attendu,
    Ecrivain,
    Eleve,
    Variante,
    attendu,
    ecole,
    identite,
    jour,
    texte,
)

_BASE = ("classe", "niveau", "bac")
_MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
         "décembre")  # fmt: skip

# --------------------------------------------------------------------- SIECLE


def siecle_xml(hasard: Random) -> Variante:
    """The set (student file and nomenclature) in one or several files, or the student file alone."""
    classes = ecole(hasard)
    eleves = [eleve for classe in classes for eleve in classe]
    codec = hasard.choice(("ISO-8859-15", "ISO-8859-15", "ISO-8859-1", "UTF-8", "UTF-16"))
    root = hasard.choice(("BEE_ELEVES", "BEE_ELEVES", "BEE_EPHC_ELEVES"))
    alone = hasard.random() < 0.3
    local = not alone and hasard.random() < 0.3
    students = _encode(_eleves_xml(hasard, root, eleves, local=local), codec)
    name = hasard.choice(("ElevesSansAdresses.xml", "ElevesAvecAdresses.xml", "eleves.xml"))
    others = {} if alone else {"Nomenclature.xml": _encode(_nomenclature(local=local), codec)}
    if not alone and hasard.random() < 0.5:
        others["Structures.xml"] = _encode('<BEE_STRUCTURES VERSION="3.1"><DONNEES/></BEE_STRUCTURES>', codec)
    shape = hasard.choice(("xml", "zip", "un_zip", "zip_de_zip"))
    members = {name: students, **others}
    if shape == "xml":
        files = list(members.items())
    elif shape == "zip":
        files = [(f"ExportXML_{key.removesuffix('.xml')}.zip", _zip({key: data})) for key, data in members.items()]
    elif shape == "un_zip":
        files = [("siecle.zip", _zip(members))]
    else:
        files = [
            ("tout.zip", _zip({f"ExportXML_{k.removesuffix('.xml')}.zip": _zip({k: d}) for k, d in members.items()}))
        ]
    hasard.shuffle(files)
    truth = tuple(_attendu_siecle(e) for e in eleves)
    return Variante("SIECLE XML seul" if alone else "SIECLE XML", tuple(files), truth, (codec, shape))


def _attendu_siecle(e: Eleve) -> Attendu:
    latin1 = replace(e, nom=e.nom, prenom=e.prenom)
    return attendu(latin1, "naissance", "sexe", "ine", "specialites", "langues", "options", *_BASE)


def _encode(text: str, codec: str) -> bytes:
    return f'<?xml version="1.0" encoding="{codec}"?>\n{text}'.encode(codec, errors="xmlcharrefreplace")


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _code(code: str, *, local: bool) -> str:
    return f"{code[:4]}LX" if local and code == "061300" else code


def _eleves_xml(hasard: Random, root: str, eleves: Sequence[Eleve], *, local: bool) -> str:
    people: list[str] = []
    options: list[str] = []
    structures: list[str] = []
    gone = replace(eleves[0], nom="PARTISANSRETOUR", ine="990000009AA")
    unassigned = replace(eleves[0], nom="SANSDIVISION", ine="990000008AA", classe="")
    everyone = [*eleves, gone, unassigned]
    hasard.shuffle(everyone)
    for number, e in enumerate(everyone, 1):
        noet = f' ELENOET="{number}"'
        usage = hasard.random() < 0.1
        tags = [
            (hasard.choice(("ID_NATIONAL", "INE_RNIE")) if root == "BEE_ELEVES" else "ID_NATIONAL", e.ine),
            ("ELENOET", str(number)), ("NOM_DE_FAMILLE", f"{e.nom}-NAISSANCE" if usage else e.nom),
            ("NOM_USAGE", e.nom if usage else ""), ("PRENOM", e.prenom), ("PRENOM2", "Basile"),
            ("DATE_NAISS", jour(e)), ("DOUBLEMENT", "0"), ("CODE_PAYS", "100"), ("TEL_PERSONNEL", SECRET),
            ("MEL", SECRET), ("DATE_SORTIE", "16/10/2026" if e is gone else ""), ("CODE_REGIME", "2"),
            ("VILLE_NAISS", SECRET), ("CODE_SEXE", "1" if e.sexe == "M" else "2"), ("CODE_PAYS_NAT", SECRET),
            ("CODE_STATUT", "ST"), ("CODE_MEF", e.voie.mef),
        ]  # fmt: skip
        inner = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in tags if text)
        last = "<SCOLARITE_AN_DERNIER><CODE_MEF>20110019110</CODE_MEF><CODE_STRUCTURE>1G9</CODE_STRUCTURE>"
        last += "</SCOLARITE_AN_DERNIER>"
        people.append(f'<ELEVE ELEVE_ID="{number}"{noet}>{inner}{last}</ELEVE>')
        taken = [(m.code, "O") for m in (*e.langues, *e.eds)] + [(m.code, "F") for m in e.options]
        items = "".join(
            f"<OPTIONS_ELEVE><NUM_OPTION>{rank}</NUM_OPTION><CODE_MODALITE_ELECT>{kind}</CODE_MODALITE_ELECT>"
            f"<CODE_MATIERE>{_code(code, local=local)}</CODE_MATIERE></OPTIONS_ELEVE>"
            for rank, (code, kind) in enumerate(taken, 1)
        )
        options.append(f'<OPTION ELEVE_ID="{number}"{hasard.choice((noet, ""))}>{items}</OPTION>')
        groups = ["_SPE1", "GRP 2"] if hasard.random() < 0.5 else []
        told = [*((group, "G") for group in groups), *([(e.classe, "D")] if e.classe else [])]
        hasard.shuffle(told)
        if told:
            structures.append(
                f'<STRUCTURES_ELEVE ELEVE_ID="{number}"{hasard.choice((noet, ""))}>'
                + "".join(
                    f"<STRUCTURE><CODE_STRUCTURE>{code}</CODE_STRUCTURE><TYPE_STRUCTURE>{kind}</TYPE_STRUCTURE>"
                    "</STRUCTURE>"
                    for code, kind in told
                )
                + "</STRUCTURES_ELEVE>"
            )
    hasard.shuffle(options)
    hasard.shuffle(structures)
    return (
        f'<{root} VERSION="{hasard.choice(("3.1", "2.0", "1.7"))}"><PARAMETRES/><DONNEES>'
        f"<ELEVES>{chr(10).join(people)}</ELEVES><OPTIONS>{chr(10).join(options)}</OPTIONS>"
        f"<STRUCTURES>{''.join(structures)}</STRUCTURES><BOURSES/><ADRESSES><ADRESSE><LIGNE1_ADRESSE>{SECRET}"
        f"</LIGNE1_ADRESSE></ADRESSE></ADRESSES></DONNEES></{root}>"
    )


def _nomenclature(*, local: bool) -> str:
    mefs = "".join(
        f'<MEF CODE_MEF="{voie.mef}"><FORMATION>X</FORMATION><LIBELLE_LONG>{escape(voie.libelle)}</LIBELLE_LONG>'
        f"<LIBELLE_EDITION>{escape(voie.libelle.capitalize()):<60}</LIBELLE_EDITION></MEF>"
        for voies in VOIES.values()
        for voie in voies
    )
    matieres = "".join(
        f'<MATIERE CODE_MATIERE="{_code(m.code, local=local)}"><CODE_GESTION>{m.gestion:<6}</CODE_GESTION>'
        f"<LIBELLE_COURT>{escape(m.court)}</LIBELLE_COURT><LIBELLE_LONG>{escape(m.long.upper())}</LIBELLE_LONG></MATIERE>"
        for m in (*LANGUES, *EDS, *OPTIONS)
    )
    return (
        f'<BEE_NOMENCLATURES VERSION="3.1"><DONNEES><MEFS>{mefs}</MEFS><MATIERES>{matieres}</MATIERES>'
        "</DONNEES></BEE_NOMENCLATURES>"
    )


_PARENT = (
    "Civilité", "Nom de famille", "Nom d'usage", "Prénom", "Tél. Personnel", "Lien Parenté", "Tél. Portable",
    "Tél. Professionnel", "Email", "Communication Adresse postale et courriel", "Ligne Adresse 1", "Ligne Adresse 2",
    "Ligne Adresse 3", "Ligne Adresse 4", "Lib. Postal", "Code Postal", "Code Département", "Commune Etrangère",
    "Pays",
)  # fmt: skip


def siecle_xls(hasard: Random) -> Variante:
    """The sheet of 136 columns: one row per structure, leavers, an older vintage of the titles."""
    eleves = [eleve for classe in ecole(hasard) for eleve in classe]
    old = hasard.random() < 0.4
    head = [
        "Sexe", "Pays Nat.", "Elève No Etab", "Num. Elève Etab", "Nom" if old else "Nom de famille",
        *([] if old else ["Nom d'usage"]), "Prénom", "Prénom 2", "Prénom 3", "Date Naissance", "Doublement",
        "Id National", "Date Entrée", "Date Sortie", "Date Modification", "Présence Doss. Médic.",
        "Présence Doss. Scol.", "Commune Naiss.", "Pays Naiss.", "Code Régime", "Lib. Régime", "Motif Sortie",
        "Code Bourse 1", "Lib. Bourse 1", "Code MEF", "Lib. MEF", "Code Structure", "Type Structure",
        "Lib. Structure",
    ]  # fmt: skip
    for n in range(1, 13):
        head += [f"Clé Gestion Mat. Enseignée {n}", f"Lib. Mat. Enseignée {n}", f"Code Modalité Elect. {n}",
                 f"Lib. Modalité Elect. {n}"]  # fmt: skip
    head += ["Tél. Personnel", "Tél. Portable", "Email", "Ligne Adresse 1", "Code Postal", "Commune Etrangère", "Pays"]
    head += [f"{title} {'Resp' if old else 'Repr'}. Lég. {n}" for n in (1, 2) for title in _PARENT]
    rows = [head]
    gone = replace(eleves[0], nom="PARTISANSRETOUR", ine="990000009AA")
    for e in [*eleves, gone]:
        rows += [_xls_row(hasard, head, e, kind, left=e is gone) for kind in hasard.choice(("D", "DG", "GD", " "))]
    truth = tuple(attendu(e, "naissance", "sexe", "ine", "specialites", "langues", "options", *_BASE) for e in eleves)
    return Variante("SIECLE xls", ((hasard.choice(("ElevesComplet.xls", "ElevesCompletes.xls")), xls_of(rows)),), truth)


def _xls_row(hasard: Random, head: list[str], e: Eleve, kind: str, *, left: bool) -> list[str]:
    group = kind == "G"
    serial = str((e.naissance - date(1899, 12, 30)).days)
    told = {
        "Sexe": e.sexe, "Pays Nat.": SECRET, "Nom": e.nom, "Nom de famille": e.nom, "Prénom": e.prenom,
        "Date Naissance": hasard.choice((jour(e), serial)), "Doublement": "N", "Id National": e.ine,
        "Date Entrée": "01/09/2024", "Date Sortie": "16/10/2026" if left else "",
        "Motif Sortie": "DEPART" if left else "", "Présence Doss. Médic.": SECRET, "Code Régime": "2",
        "Lib. Bourse 1": SECRET, "Code MEF": e.voie.mef, "Lib. MEF": e.voie.libelle,
        "Code Structure": "_GRP1" if group else e.classe, "Type Structure": kind.strip(),
        "Email": SECRET, "Ligne Adresse 1": SECRET, "Tél. Portable": SECRET,
    }  # fmt: skip
    subjects = [*((m, "O") for m in (*e.langues, *e.eds)), *((m, "F") for m in e.options)]
    for n, (m, mode) in enumerate(subjects, 1):
        told |= {f"Clé Gestion Mat. Enseignée {n}": m.gestion, f"Lib. Mat. Enseignée {n}": m.court,
                 f"Code Modalité Elect. {n}": mode, f"Lib. Modalité Elect. {n}": "OBLIGATOIR"}  # fmt: skip
    return [told.get(title, SECRET if title.endswith(("Lég. 1", "Lég. 2")) else "") for title in head]


# --------------------------------------------------------------------- spreadsheets of any kind


@dataclass(frozen=True, slots=True)
class _Style:
    """How one hand-made sheet is written."""

    noms: str
    dates: str
    spes: str
    classe: str


def ecole_directe(hasard: Random) -> Variante:
    """Header below titles, one column for surname in capitals and first name."""
    (eleves,) = ecole(hasard, sortes=[hasard.choice(("TG", "TSTMG", "1G", "2"))])
    titles = [["Liste des élèves"], [f"Classe : {eleves[0].classe}"], []]
    more = hasard.random() < 0.5
    head = ["Élève", "Classe", "Date de naissance", *(["Sexe", "Mail"] if more else [])]
    rows: list[list[Any]] = [*titles[hasard.choice((0, 1)) :], head]
    rows += [
        [identite(e), e.classe, hasard.choice((jour(e), e.naissance)), *([e.sexe, SECRET] if more else [])]
        for e in eleves
    ]
    truth = tuple(attendu(e, "naissance", *(["sexe"] if more else []), *_BASE) for e in eleves)
    return Variante("École Directe", (("Export.xlsx", xlsx_bytes({"Export": rows})),), truth)


_TITRES = {
    "nom": ("Nom", "NOM", "Nom de famille", "Nom de l'élève", "Nom élève", "Nom(s)", "Patronyme"),
    "prenom": ("Prénom", "PRÉNOM", "prenom", "Prénoms", "Prénom(s)", "Prénom usuel"),
    "identite": ("Nom et prénom ", "NOM Prénom", "Élève", "Eleves", "Nom Prénom", "NOM - Prénom"),
    "prenom_nom": ("Prénom NOM", "Prénom Nom", "Prénom et nom"),
    "date": (
        "Né(e) le",
        "Né(e) le (JJ/MM/AAAA)",
        "Date de naissance",
        "date naiss",
        "Naiss.",
        "Naissance",
        "Date naiss.",
        "DDN",
        "né le",
    ),
    "sexe": ("Sexe", "F/M", "Genre", "sexe"),
    "classe": ("Classe", "classe", "Division", "CLASSE", "Classe 2026-2027", "Div."),
    "spe": ("spé", "Spécialités", "EDS", "Enseignements de spécialité", "Spés"),
    "spe_n": ("Spé {}", "Spécialité {}", "EDS {}", "EDS{}", "Spécialité n°{}"),
    "lva": ("LVA", "LV1", "Langue vivante A", "LV A", "Langue vivante 1"),
    "lvb": ("LVB", "LV2", "Langue vivante B"),
    "moyenne": ("Moyenne", "Moyenne générale", "Moy. gén.", "Moy", "Moyenne T1", "Moyenne générale trimestre 1"),
}


def tableur(hasard: Random) -> Variante:
    """Any sheet: titles, blank rows, totals, notes, one or several classes, one or several sheets."""
    classes = ecole(hasard, sortes=hasard.sample(("TG", "1G", "TSTMG"), hasard.choice((1, 1, 2, 2))))
    multi = len(classes) > 1
    style = _Style(
        noms=hasard.choice(
            ("deux", "deux", "nom_prenom", "prenom_nom", "virgule", "mele", "rang", "bas", "bas_inverse")
        ),
        dates=hasard.choice(("reel", "texte", "serie", "long", "mele", "tirets", "court")),
        spes=hasard.choice(("rien", "une", "deux")),
        classe=hasard.choice(("colonne", "colonne", "feuilles", "sections", "fusion") if multi else
                             ("colonne", "titre", "feuille", "fichier")),
    )  # fmt: skip
    if style.noms.startswith("bas"):
        classes = [[_in_lower_case(hasard, e) for e in classe] for classe in classes]
    with_mark, with_sex, with_lv = (hasard.random() < 0.4 for _ in range(3))
    head = _head(hasard, style, with_mark=with_mark, with_sex=with_sex, with_lv=with_lv)
    order = list(range(len(head)))
    if style.classe not in ("sections", "fusion") and hasard.random() < 0.6:
        hasard.shuffle(order)
    blank_first = hasard.random() < 0.2
    sheets: dict[str, list[list[Any]]] = {}
    truth: list[Attendu] = []
    nfd = hasard.random() < 0.2
    for classe in classes if style.classe == "feuilles" else [None]:
        groups = [classe] if classe is not None else classes
        body: list[list[Any]] = []
        for group in groups:
            if style.classe == "sections":
                body.append([group[0].classe])
            for rank, e in enumerate(group):
                cells = _cells(hasard, style, e, rank, with_mark=with_mark, with_sex=with_sex, with_lv=with_lv)
                row = [cells[at] for at in order]
                if nfd:
                    row = [unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in row]
                body.append(row)
                truth.append(_attendu_tableur(style, e, with_mark=with_mark, with_sex=with_sex, with_lv=with_lv))
                if hasard.random() < 0.06:
                    body.append([])
            if hasard.random() < 0.4:
                body += [["", hasard.choice(("total", "Total", "Effectif :", "Total élèves")), len(group)], []]
        if hasard.random() < 0.3:
            body += [
                [],
                [hasard.choice(("* à voir avec la CPE", "Édité le 16/11/2026", "Légende : gras = redoublant"))],
            ]
        rows = [*_titles(hasard, style, groups), [head[at] for at in order], *body]
        name = (groups[0][0].classe if style.classe in ("feuilles", "feuille") else "Feuil1").replace("/", "-")
        sheets[name] = [["", *row] if row and blank_first else row for row in rows]
    files = _file(hasard, style, classes, sheets)
    notes = (*(getattr(style, key) for key in ("noms", "dates", "spes", "classe")), files[0].rpartition(".")[2])
    return Variante(f"Tableur {notes[-1]}", (files[:2],), tuple(truth), notes) if files else tableur(hasard)


def _in_lower_case(hasard: Random, e: Eleve) -> Eleve:
    """One surname without particle and a common first name, in small letters."""
    simple = e.nom.split()[-1].split("'")[-1].split("’")[-1].replace("-", "").capitalize()
    return replace(e, nom=simple, prenom=hasard.choice(("Zoé", "Anaïs", "Théo", "Jean-Éloi", "Léo", "Inès", "Maëlys")))


def _head(hasard: Random, style: _Style, *, with_mark: bool, with_sex: bool, with_lv: bool) -> list[str]:
    titles = {key: hasard.choice(choices) for key, choices in _TITRES.items()}
    head: list[str] = []
    if style.classe in ("colonne", "fusion"):
        head.append(titles["classe"])
    if style.noms == "deux":
        head += [titles["nom"], titles["prenom"]]
    else:
        head.append(titles["prenom_nom" if style.noms == "prenom_nom" and hasard.random() < 0.5 else "identite"])
    head.append(titles["date"])
    if style.spes == "une":
        head.append(titles["spe"])
    elif style.spes == "deux":
        head += [titles["spe_n"].format(n) for n in (1, 2, 3)]
    head += [titles["moyenne"]] * with_mark + [titles["sexe"]] * with_sex
    head += [titles["lva"], titles["lvb"]] * with_lv
    return head


def _cells(
    hasard: Random, style: _Style, e: Eleve, rank: int, *, with_mark: bool, with_sex: bool, with_lv: bool
) -> list[Any]:
    cells: list[Any] = []
    if style.classe == "colonne":
        cells.append(e.classe)
    elif style.classe == "fusion":
        cells.append(e.classe if not rank else "")
    space = hasard.choice((" ", " ", " ", "\u00a0", "  ", "\u202f"))
    after = hasard.choice(("", "", "", " ", "\u00a0"))
    if style.noms == "deux":
        cells += [e.nom + after, e.prenom + hasard.choice(("", " "))]
    else:
        how = hasard.choice(("nom_prenom", "prenom_nom")) if style.noms == "mele" else style.noms
        civility = "Mme" if e.sexe == "F" else "M."
        cells.append({
            "nom_prenom": f"{e.nom}{space}{e.prenom}{after}", "prenom_nom": f"{e.prenom}{space}{e.nom}{after}",
            "virgule": f"{e.nom}, {e.prenom}",
            "rang": f"{hasard.choice((f'{rank + 1}.', f'{rank + 1} -', '-', civility))} {e.nom} {e.prenom}",
            "bas": f"{e.nom}{space}{e.prenom}", "bas_inverse": f"{e.prenom}{space}{e.nom}",
        }[how])  # fmt: skip
    cells.append(_date(hasard, style.dates, e.naissance))
    names = [hasard.choice(m.libres) if style.spes == "une" else hasard.choice((m.long, m.court, m.gestion, *m.libres))
             for m in e.eds] or ([e.voie.libre] if e.voie.libre else [])  # fmt: skip
    if style.spes == "une":
        cells.append(hasard.choice((" - ", "/", ", ", " + ", " ; ", " et ", " & ")).join(names))
    elif style.spes == "deux":
        cells += [*names, "", "", ""][:3]
    if with_mark:
        cells.append(hasard.choice((e.moyenne, f"{e.moyenne:.2f}".replace(".", ","))))
    if with_sex:
        cells.append(e.sexe)
    if with_lv:
        cells += [m.long for m in e.langues]
    return cells


def _date(hasard: Random, style: str, day: date) -> Any:
    forms: dict[str, Any] = {
        "reel": datetime.combine(day, time()), "texte": f"{day:%d/%m/%Y}",
        "serie": (day - date(1899, 12, 30)).days,
        "long": f"{day.day if day.day > 1 else '1er'} {_MOIS[day.month - 1]} {day.year}",
        "tirets": f"{day.day}-{day.month}-{day.year}", "court": f"{day:%d/%m/%y}",
    }  # fmt: skip
    return forms[hasard.choice(tuple(forms)) if style == "mele" else style]


def _attendu_tableur(style: _Style, e: Eleve, *, with_mark: bool, with_sex: bool, with_lv: bool) -> Attendu:
    fields = [*_BASE, "naissance", *["moyenne"] * with_mark, *["sexe"] * with_sex, *["langues"] * with_lv]
    fields += ["specialites"] * (style.spes != "rien")
    whole = attendu(e, *fields, par="long")
    return replace(
        whole, nom=" ".join(whole.nom.split()), options=(),
        classe=whole.classe,
    )  # fmt: skip


def _titles(hasard: Random, style: _Style, groups: list[list[Eleve]]) -> list[list[Any]]:
    classe = groups[0][0].classe
    if style.classe == "titre":
        title = hasard.choice(("Classe : {}", "Liste de classe {} — année scolaire 2026-2027", "{}", "Élèves de {}",
                               "Liste des élèves de la classe {} - 30 élèves"))  # fmt: skip
        return [["LYCÉE FICTIF DE LA DÉMONSTRATION"], [title.format(classe)], [], []][hasard.choice((0, 1)) :]
    return [[], [["Mes élèves 26/27"], []], [["Lycée fictif"], ["Professeur principal : M. PRINCIPAL Fictif"], []]][
        hasard.randrange(3)
    ]


def _file(
    hasard: Random, style: _Style, classes: list[list[Eleve]], sheets: dict[str, list[list[Any]]]
) -> tuple[str, bytes]:
    stem = classes[0][0].classe.replace(" ", "_") if style.classe == "fichier" else "liste"
    kinds = ["xlsx", "xlsx", "ods", "xls", "csv"] if len(sheets) == 1 and style.classe != "feuille" else ["xlsx"]
    kind = hasard.choice(kinds)
    if kind == "xlsx":
        return f"{stem}.xlsx", xlsx_bytes(sheets)
    ((name, rows),) = sheets.items()
    flat = [[_flat(cell) for cell in row] for row in rows]
    if kind == "ods":
        escaped = [[escape(cell) for cell in row] for row in flat]
        return f"{stem}.ods", ods_bytes(name, escaped, '<table:table-row table:number-rows-repeated="1048000"/>')
    if kind == "xls":
        return f"{stem}.xls", xls_of(flat, name)
    return f"{stem}.csv", texte(hasard, flat)


def _flat(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) else str(cell)


CLASSEURS: tuple[Ecrivain, ...] = (
    siecle_xml,
    siecle_xml,
    siecle_xls,
    ecole_directe,
    tableur,
    tableur,
    tableur,
    tableur,
)

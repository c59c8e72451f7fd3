"""Rosters of text formats with a known truth: see ``variantes``."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from xml.sax.saxutils import escape

from mps_desktop.importers.rows import VoeuLu
from tests.importers.variantes import (
    SECRET,
    Attendu,
    Ecrivain,
    Eleve,
    Variante,
    attendu,
    ecole,
    identite,
    jour,
    melange,
    texte,
)

_BASE = ("classe", "niveau", "bac")


def _sexe(eleve: Eleve) -> str:
    return "Féminin" if eleve.sexe == "F" else "Masculin"


def _labels(eleve: Eleve, par: str = "court") -> list[str]:
    return [getattr(matiere, par) for matiere in (*eleve.langues, *eleve.eds, *eleve.options)]


def _tous(classes: list[list[Eleve]]) -> list[Eleve]:
    return [eleve for classe in classes for eleve in classe]


def extraction_ancienne(hasard: Random) -> Variante:
    """exportCSVExtraction, first vintage: internal number, option codes."""
    eleves = _tous(ecole(hasard))
    rows = [["Nom", "Prénom 1", "Date de naissance", "N° Interne", "Sexe", "Division"]]
    rows[0] += [f"Option {n}" for n in range(1, 8)]
    for rank, e in enumerate(eleves):
        labels = _labels(e, "gestion")
        rows.append(
            [e.nom, e.prenom, jour(e), f"{90000 + rank}999999", e.sexe, e.classe, *labels, *[""] * (7 - len(labels))]
        )
    truth = tuple(
        replace(attendu(e, "naissance", "sexe", "specialites", "langues", "options", *_BASE, par="gestion"),
                specialites=tuple(m.mat for m in e.eds))
        for e in eleves
    )  # fmt: skip
    name = hasard.choice(("exportCSVExtraction.csv", "exportCSVExtraction_2026.csv"))
    return Variante("SIECLE CSV ancien", ((name, texte(hasard, rows, separateurs=";;,")),), truth)


def extraction_recente(hasard: Random) -> Variante:
    """exportCSVExtraction, recent vintage: the columns of the parents beside."""
    eleves = _tous(ecole(hasard))
    rows = [[
        "Nom de famille", "Prénom 1", "Date de naissance", "Division", "Nom de famille repr. légal",
        "Prénom repr. légal", "Courriel repr. légal", "Nom de famille autre repr. légal",
        "Prénom autre repr. légal", "Courriel autre repr. légal",
    ]]  # fmt: skip
    rows += [[e.nom, e.prenom, jour(e), e.classe, *[f"{SECRET}{n}" for n in range(6)]] for e in eleves]
    truth = tuple(attendu(e, "naissance", *_BASE) for e in eleves)
    return Variante("SIECLE CSV récent", (("exportCSVExtractionClasses.csv", texte(hasard, rows)),), truth)


def pronote_a(hasard: Random) -> Variante:
    """The list of one class as a teacher sees it; the class is in the name of the file or in the column."""
    (eleves,) = ecole(hasard, sortes=[hasard.choice(("TG", "1G", "TSTMG"))])
    named = hasard.random() < 0.5
    shown = hasard.choice((3, 5, 7))
    rows = [[
        "Élèves", hasard.choice(("Encouragement/Valorisation", "encouragement/valorisation")), "Né(e) le", "Sexe",
        "Adresse E-mail", "Entrée", "Sortie", "", "Classe de rattachement", "Tuteur", "Cnx Ele.", "Cnx Resp.",
        *[f"Option {n}" for n in range(1, shown + 1)], "Régime",
    ]]  # fmt: skip
    for e in eleves:
        labels = [*_labels(e)[:shown], *[""] * shown][:shown]
        rows.append([
            identite(e), "", jour(e), _sexe(e), f"{SECRET}@exemple.invalid", "01/09/2026", "", "",
            "" if named else e.classe, f"M. {SECRET}", "", "", *labels, "EXTERNE LIBRE",
        ])  # fmt: skip
    rows.insert(hasard.randrange(2, len(rows)), [hasard.choice(("Cnx Ele.", "Cnx Resp."))])
    truth: list[Attendu] = []
    for e in eleves:
        cut = _labels(e)[:shown]
        whole = attendu(e, "naissance", "sexe", "langues", "options", *_BASE)
        truth.append(replace(
            whole, specialites=tuple(m.mat for m in e.eds if m.court in cut),
            options=tuple(option for option in whole.options if option in cut),
        ))  # fmt: skip
    return Variante(
        "PRONOTE A", ((f"eleves_{eleves[0].classe.replace(' ', '')}.csv" if named else "eleves.csv",
                       texte(hasard, rows)),),
        tuple(replace(t, classe=t.classe.replace(" ", "") if named else t.classe) for t in truth),
    )  # fmt: skip


def pronote_b(hasard: Random) -> Variante:
    """Copied from the screen: tabulations, perhaps a title."""
    (eleves,) = ecole(hasard, sortes=[hasard.choice(("TG", "1G", "TSTMG", "2"))])
    rows = [["Nom", "Prénom", "Né(e) le", "Sexe", "Classe", "Option 1", "Option 2"]]
    rows += [[e.nom, e.prenom, jour(e), e.sexe, e.classe, *_labels(e)[:2]] for e in eleves]
    if hasard.random() < 0.6:
        rows.insert(0, [f"Liste des élèves de la classe {eleves[0].classe} - {len(eleves)} élèves"])
    truth = tuple(attendu(e, "naissance", "sexe", "langues", *_BASE) for e in eleves)
    return Variante("PRONOTE B", (("copie.txt", texte(hasard, rows, separateurs="\t")),), truth)


def pronote_c(hasard: Random) -> Variante:
    """The extraction of the administration, with everything that must not be read."""
    eleves = _tous(ecole(hasard))
    head = [
        "Nom", "Prénom", "Prénom d'usage", "Prénom 2", "Prénom 3", "Sexe", "Né(e) le", "Né(e) à", "Nationalité",
        "Numéro national", "Adresse E-mail", "Classe", "Niveau", "Formation", "Régime", "Professeur principal",
        "Date début scolarité", "Date fin scolarité", "Redoublant", "Projet d'accompagnement", "Allergies", "Groupes",
        "Toutes les options",
    ]  # fmt: skip
    niveaux = {"terminale": "TERMINALE", "premiere": "PREMIERE", "seconde": "SECONDE"}
    rows = [head]
    rows += [
        [
            e.nom, e.prenom, "", hasard.choice(("", "Basile")), "", _sexe(e), jour(e), SECRET, SECRET, e.ine, SECRET,
            e.classe, niveaux[e.voie.niveau], e.voie.libelle, "EXTERNE LIBRE", f"M. {SECRET}", "01/09/2026", "",
            "Non", SECRET, SECRET, f"[{e.classe}] GR1", ", ".join(_labels(e)),
        ]
        for e in eleves
    ]  # fmt: skip
    if hasard.random() < 0.5:
        rows = melange(hasard, rows)
    truth = tuple(attendu(e, "naissance", "sexe", "ine", "specialites", "langues", "options", *_BASE) for e in eleves)
    return Variante("PRONOTE C", (("EXP_ELEVES.txt", texte(hasard, rows, separateurs="\t\t;")),), truth)


def pronote_d(hasard: Random) -> Variante:
    """Names of columns without accents nor spaces, twelve options."""
    eleves = _tous(ecole(hasard))
    rows = [["Numero", "Nom", "Prenom", "DateNaissance", "PrenomUsage", "Sexe", "Classe de rattachement",
             "Projet d'accompagnement", *[f"Option {n}" for n in range(1, 13)]]]  # fmt: skip
    for rank, e in enumerate(eleves):
        labels = _labels(e)
        rows.append([str(rank), e.nom, e.prenom, jour(e), "", e.sexe, e.classe, SECRET, *labels,
                     *[""] * (12 - len(labels))])  # fmt: skip
    truth = tuple(
        replace(attendu(e, "naissance", "sexe", "langues", "options", *_BASE), specialites=tuple(m.mat for m in e.eds))
        for e in eleves
    )
    return Variante("PRONOTE D", (("eleves.csv", texte(hasard, rows)),), truth)


def pronote_e(hasard: Random) -> Variante:
    """No header: NOM;Prénom, or NOM Prénom."""
    (eleves,) = ecole(hasard, sortes=[hasard.choice(("TG", "1G"))])
    two = hasard.random() < 0.5
    rows = [[e.nom, e.prenom] if two else [identite(e)] for e in eleves]
    truth = tuple(replace(attendu(e, *_BASE), classe=e.classe.replace(" ", "")) for e in eleves)
    name = f"{eleves[0].classe.replace(' ', '')}.csv"
    return Variante("PRONOTE E", ((name, texte(hasard, rows, separateurs=";\t")),), truth)


def pronote_f(hasard: Random) -> Variante:
    """EXP_ELEVE.xml of EDT and PRONOTE."""
    eleves = _tous(ecole(hasard))
    tag = hasard.choice(("Eleves", "Eleves_et_leurs_responsables"))
    body: list[str] = []
    for rank, e in enumerate(eleves, 2):
        labels = [*_labels(e), *[""] * 12][:12]
        fields = {
            "NUMERO": str(rank), "CIVILITE": "", "NOM": e.nom, "PRENOM": e.prenom, "DATE_NAISS": jour(e),
            "SEXE": e.sexe, "N_NATIONAL": e.ine, "CLASSE": f"{e.classe}, <{e.classe}> GR1",
            "GROUPES": f"[{e.classe}] GR1", "REDOUBLANT": "N", "FORMATION": e.voie.libelle, "REGIME": "EXTERNE LIBRE",
            **{f"OPTION_{n}": label for n, label in enumerate(labels, 1)},
            "ADRESSE1": SECRET, "TELEPHONE": SECRET,
        }  # fmt: skip
        inner = "".join(f"<{k}>{escape(v)}</{k}>\n" if v else f"<{k}/>\n" for k, v in fields.items())
        body.append(f'<{tag} numero="{rank}">\n{inner}</{tag}>\n')
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><TABLE nom="Elèves">\n{"".join(body)}</TABLE>\n'
    truth = tuple(attendu(e, "naissance", "sexe", "ine", "specialites", "langues", "options", *_BASE) for e in eleves)
    codec = hasard.choice(("utf-8-sig", "utf-8-sig", "utf-8"))
    return Variante("PRONOTE F", (("EXP_ELEVE.xml", text.encode(codec)),), truth)


def moyennes(hasard: Random) -> Variante:
    """Averages of one class under two header lines."""
    (eleves,) = ecole(hasard, sortes=[hasard.choice(("TG", "TSTMG", "1G"))])
    classe = eleves[0].classe.replace(" ", "")
    subjects = ["PHILOSOPHIE", "HISTOIRE-GEOGRAPHIE", "ANGLAIS LV1", "ED.PHYSIQUE & SPORT."]
    general = hasard.choice(("Moyenne générale", "Moy. générale", "Moyenne", "Moy. Gén."))
    first = hasard.random() < 0.5
    over = ["Élève", *([general, *subjects] if first else [*subjects, general])]
    under = ["", *(["Trim. 1"] if first else []), *["Moy."] * 4, *([] if first else ["Trim. 1"])]
    rows = [over, under]
    truth: list[Attendu] = []
    for e in eleves:
        marks = [f"{hasard.uniform(5, 19):.2f}".replace(".", ",") for _ in subjects]
        if hasard.random() < 0.3:
            marks[hasard.randrange(4)] = hasard.choice(("Abs", "Disp", "N.Not"))
        told = "" if hasard.random() < 0.1 else f"{e.moyenne:.2f}".replace(".", ",")
        rows.append([identite(e), *([told, *marks] if first else [*marks, told])])
        truth.append(replace(attendu(e, *_BASE), classe=classe, moyenne=e.moyenne if told else None))
    rows.append([hasard.choice(("Moyenne de la classe", "Moyenne du groupe")), *["11,87"] * 5])
    return Variante("Moyennes", ((f"moyennes_T1_{classe}.csv", texte(hasard, rows, separateurs=";\t")),), tuple(truth))


def cyclades(hasard: Random) -> Variante:
    """Candidates of Cyclades: codes of subjects and languages."""
    (eleves,) = ecole(hasard, sortes=["TG"])
    rows = [[
        "civilite", "nom_famille", "prenoms", "ine", "pays_naissance", "date_naissance", "division_classe", "serie",
        "enseignement", "categorie", "specialite1", "specialite2", "specialite3", "LVA", "LVB", "zone_geo_souhaitee",
        "dnl",
    ]]  # fmt: skip
    for e in eleves:
        eds = [*(m.cyclades for m in e.eds), ""]
        rows.append(["M." if e.sexe == "M" else "MME", e.nom, e.prenom, e.ine, SECRET, jour(e), e.classe, "BCG", "",
                     "SCOLAIRE", *eds, *(m.cyclades or "0010" for m in e.langues), "", ""])  # fmt: skip
    if hasard.random() < 0.5:
        rows = [[row[at] for at in order] for order in [hasard.sample(range(17), 17)] for row in rows]
    truth: list[Attendu] = []
    labels = {"0001": "ALLEMAND", "0002": "ANGLAIS", "0007": "ESPAGNOL"}
    for e in eleves:
        langues = tuple(labels[m.cyclades] for m in e.langues if m.cyclades)
        truth.append(replace(attendu(e, "naissance", "sexe", "ine", "specialites", *_BASE), langues=langues))
    return Variante("Cyclades", (("cyclades.csv", texte(hasard, rows, separateurs=";")),), tuple(truth))


def affelnet(hasard: Random) -> Variante:
    """Admitted students: no class yet, the label of the formation tells the level."""
    (eleves,) = ecole(hasard, sortes=["2"])
    rows = [["INE", "Nom", "Prénom", "Libellé formation", "Libellé LV1", "Libellé LV2", "Den. comp. étab. origine",
             "Rang"]]  # fmt: skip
    for rank, e in enumerate(eleves, 1):
        rows.append([e.ine, e.nom, e.prenom, "2DE GENERALE ET TECHNOLOGIQUE", *(m.long for m in e.langues),
                     f"COLLEGE {SECRET}", str(rank)])  # fmt: skip
    truth = tuple(attendu(e, "ine", "niveau", "langues", par="long") for e in eleves)
    return Variante("AFFELNET", (("affectes.csv", texte(hasard, rows)),), truth)


_VOEUX = (
    ("CPGE - PCSI", "Lycée Fictif A", "VILLE-A"), ("Licence - Droit", "Université Fictive E", "VILLE-E"),
    ("BUT - Mesures physiques", "IUT Fictif D", "VILLE-D"), ("BTS - Tourisme", "Lycée Fictif B", "VILLE-B"),
    ("D.E Infirmier - Regroupement fictif 1", "IFSI Fictif 2", "VILLE-2"),
    ("Licence - Physique, chimie", "Université Fictive E", "VILLE-E"),
    ("DCG - Diplôme de comptabilité et de gestion", "Lycée Fictif C", "VILLE-C"),
)  # fmt: skip


def suivi_voeux(hasard: Random) -> Variante:
    """One line per wish; students without wish have one line too."""
    eleves = _tous(ecole(hasard, sortes=hasard.choice((["TG"], ["TG", "TSTMG"]))))
    rows = [["Numéro Parcoursup", "INE", "Nom", "Prénom", "Date de naissance", "Classe", "Série",
             "Enseignement(s) de spécialité suivi(s)", "N° vœu", "Statut étudiant/apprenti", "Type de formation",
             "Formation (vœu)", "Vœu multiple", "Établissement (sous-vœu)", "Commune", "Internat",
             "Sous-vœu décompté", "État du vœu", "Avis chef d'établissement"]]  # fmt: skip
    truth: list[Attendu] = []
    for rank, e in enumerate(eleves):
        eds = " / ".join(f"{m.long} Spécialité" for m in e.eds) or "DROIT ET ECONOMIE"
        first = [str(7_000_000 + rank), e.ine, e.nom, e.prenom, jour(e), e.classe,
                 "Générale" if e.eds else "STMG", eds]  # fmt: skip
        wishes: list[VoeuLu] = []
        for numero, (formation, where, town) in enumerate(hasard.sample(_VOEUX, hasard.randrange(4)), 1):
            boarding = hasard.choice(("", "avec", "sans")) if formation.startswith("CPGE") else ""
            apprentice, confirmed = formation.startswith("BTS") and hasard.random() < 0.3, hasard.random() < 0.8
            wishes.append(VoeuLu(0, formation, where, town, apprentice, confirmed, boarding, numero))
            rows.append([*first, str(numero), "APPRENTI" if apprentice else "ETUDIANT", formation.split(" - ")[0],
                         formation, "oui", where, town, f"{boarding.capitalize()} internat" if boarding else "",
                         "oui", "VŒU CONFIRMÉ" if confirmed else "VŒU NON CONFIRMÉ", SECRET])  # fmt: skip
        if not wishes:
            rows.append([*first, *[""] * 9, "AUCUN VŒU", ""])
        told = attendu(e, "naissance", "ine", "specialites", *_BASE)
        truth.append(replace(told, specialites=told.specialites if e.eds else ("mat1038",), voeux=tuple(wishes)))
    if hasard.random() < 0.5:
        rows = [[row[at] for at in order] for order in [hasard.sample(range(19), 19)] for row in rows]
    return Variante("Parcoursup suivi", (("suivi_des_voeux.csv", texte(hasard, rows)),), tuple(truth))


def recap_voeux(hasard: Random) -> Variante:
    """One line per student, wishes in columns, kept by hand."""
    eleves = _tous(ecole(hasard, sortes=["TG", "TSTMG"]))
    title = hasard.choice(("Vœu {}", "Voeu {}", "Vœu n°{}", "VŒU {}"))
    rows = [["NOM Prénom", "Classe", "INE", "Nb vœux", "Nb vœux confirmés", *[title.format(n) for n in range(1, 6)]]]
    truth: list[Attendu] = []
    for e in eleves:
        wishes: list[VoeuLu] = []
        cells: list[str] = []
        for numero, (formation, _, _) in enumerate(hasard.sample(_VOEUX, hasard.randrange(5)), 1):
            many = hasard.choice((0, 0, 2, 7))
            wishes.append(VoeuLu(0, formation, numero=numero, nb_sous_voeux=many))
            cells.append(formation + (f" ({many} sous-vœux)" if many else ""))
        rows.append([identite(e), e.classe, e.ine, str(len(cells)), "0", *cells, *[""] * (5 - len(cells))])
        truth.append(replace(attendu(e, "ine", *_BASE), voeux=tuple(wishes)))
    return Variante("Parcoursup récapitulatif", (("recap.csv", texte(hasard, rows, separateurs=";\t")),), tuple(truth))


TEXTES: tuple[Ecrivain, ...] = (
    extraction_ancienne, extraction_recente, pronote_a, pronote_b, pronote_c, pronote_d, pronote_e, pronote_f,
    moyennes, cyclades, affelnet, suivi_voeux, recap_voeux,
)  # fmt: skip

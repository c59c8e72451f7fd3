"""Rosters with a known truth, written in every file format that a teacher may hold; seeded, every pupil invented.

``variantes(graine)`` gives files and, for each, the students exactly as an importer should tell them: a field that a
format does not carry is empty in the truth. Formats of text and XML are here, spreadsheets in ``variantes_tableurs``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from xml.sax.saxutils import escape

from mps_desktop.importers.rows import VoeuLu

CHAMPS = (
    "nom", "prenom", "naissance", "sexe", "ine", "classe", "niveau", "bac", "specialites", "langues", "options",
    "moyenne", "voeux",
)  # fmt: skip
SECRET = "SECRET"
"""Marker of every value that must stay in the file."""


@dataclass(frozen=True, slots=True)
class Matiere:
    """A subject under the names that software gives it; ``libres`` are what teachers type."""

    mat: str
    gestion: str
    code: str
    court: str
    long: str
    cyclades: str = ""
    libres: tuple[str, ...] = ()


EDS = (
    Matiere("mat700", "MATHS", "061300", "MATHEMATIQUES", "Mathématiques", "MATH", ("maths", "Math", "MATHS")),
    Matiere("mat701", "PH-CH", "062300", "PHYSIQUE-CHIMIE", "Physique-chimie", "PHYCHI", ("pc", "PC", "Phys-chim")),
    Matiere("mat702", "SVT", "062900", "SCIENCES VIE & TERRE", "Sciences de la vie et de la Terre", "SVT",
            ("svt", "SVT")),
    Matiere("mat703", "SES", "050700", "SC. ECONO.& SOCIALES", "Sciences économiques et sociales", "ECOSOC",
            ("ses", "SES")),
    Matiere("mat1062", "HGGSP", "043900", "HIST.GEO.GEOPOL.S.P.",
            "Histoire-géographie, géopolitique et sciences politiques", "HISTGEO", ("hggsp", "HGGSP")),
    Matiere("mat1067", "HLPHI", "010500", "HUMAN.LITTER.PHILO.", "Humanités, littérature et philosophie", "HUMPHI",
            ("hlp", "HLP")),
    Matiere("mat1065", "NSINC", "074700", "NUMERIQUE SC.INFORM.", "Numérique et sciences informatiques", "NUMINF",
            ("nsi", "NSI")),
    Matiere("mat1061", "SCING", "480600", "SC.INGEN. & SC.PHYS.", "Sciences de l'ingénieur", "SCIING", ("si", "SI")),
    Matiere("mat20001076", "AMC 8", "039908", "LLC ANGL.MOND.CONT.", "LLC anglais, monde contemporain", "LLCERANGMC",
            ("amc", "AMC")),
    Matiere("mat10001076", "ESP 8", "030608", "LITT. ESPAGNOL", "Littérature étrangère en espagnol", "LLCERESP",
            ("llce esp", "LLCER espagnol")),
    Matiere("mat706", "A-PLA", "090100", "ARTS PLASTIQUES", "Arts plastiques", "ARTPLA", ("arts pla",)),
    Matiere("mat709", "THEAT", "278500", "THEATRE", "Théâtre", "ARTTHEA", ("théâtre",)),
    Matiere("mat704", "MUSIQ", "083200", "MUSIQUE", "Musique", "ARTMUS", ("musique",)),
)  # fmt: skip
LANGUES = (
    Matiere("", "AGL1", "030201", "ANGLAIS LV1", "Anglais LV1", "0002"),
    Matiere("", "ESP2", "030602", "ESPAGNOL LV2", "Espagnol LV2", "0007"),
    Matiere("", "ALL2", "030102", "ALLEMAND LV2", "Allemand LV2", "0001"),
    Matiere("", "ITA2", "030902", "ITALIEN LV2", "Italien LV2"),
)
OPTIONS = (
    Matiere("", "MATEX", "061801", "MATHS EXPERTES", "Mathématiques expertes"),
    Matiere("", "MATCO", "061802", "MATHS COMPLEMENTAIRE", "Mathématiques complémentaires"),
    Matiere("", "EPS", "100100", "ED.PHYSIQUE & SPORT.", "Education physique et sportive"),
    Matiere("", "LCALA", "020300", "LCA LATIN", "Langues et cultures de l'Antiquité latin"),
)
_STMG = "T-STMG "


@dataclass(frozen=True, slots=True)
class Voie:
    """What a class prepares: MEF code and label, and the spécialité that the MEF tells."""

    niveau: str
    bac: str
    mef: str
    libelle: str
    mat: str = ""
    libre: str = ""


VOIES = {
    "TG": (Voie("terminale", "Générale", "20210019110", "TERMINALE GENERALE"),),
    "1G": (Voie("premiere", "Générale", "20110019110", "PREMIERE GENERALE"),),
    "2": (Voie("seconde", "", "20010019110", "SECONDE GENERALE ET TECHNOLOGIQUE"),),
    "TSTMG": (
        Voie("terminale", "STMG", "21231017110", _STMG + "GESTION ET FINANCE", "mat887", "GF"),
        Voie("terminale", "STMG", "21231018110", _STMG + "MERCATIQUE (MARKETING)", "mat282", "mercatique"),
        Voie("terminale", "STMG", "21231019110", _STMG + "RESSOUR. HUMAINES & COMMUNICATION", "mat1009", "rhc"),
        Voie("terminale", "STMG", "21231020110", _STMG + "SYSTEMES D'INFORMATION DE GESTION", "mat888", "SIG"),
    ),
    "TST2S": (Voie("terminale", "ST2S", "21233104110", "T-ST2S SCIENCES & TECHNO. SANTE & SOCIAL"),),
}
_CLASSES = {
    "TG": ("TG1", "TG 2", "T G3", "TGA", "TG07", "TLE G 4", "Tle G5", "TGEN2", "T-G6"),
    "1G": ("1G2", "1G 3", "1re G 4", "1GB", "1°G5", "PG6"),
    "2": ("2nde 5", "2GT3", "2DE 4", "206", "2de7", "Seconde 8"),
    "TSTMG": ("TSTMG1", "TSTMG 2", "T STMG 3", "TSTMGA"),
    "TST2S": ("TST2S1", "T ST2S 2", "TST2SA"),
}


@dataclass(frozen=True, slots=True)
class Eleve:
    """An invented student; ``voie`` and ``matieres`` are what the formats are written from."""

    nom: str
    prenom: str
    naissance: date
    sexe: str
    ine: str
    classe: str
    voie: Voie
    eds: tuple[Matiere, ...] = ()
    langues: tuple[Matiere, ...] = ()
    options: tuple[Matiere, ...] = ()
    moyenne: float | None = None
    voeux: tuple[VoeuLu, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendu:
    """What must be told of a student; the names are those of the fields of the preview."""

    nom: str
    prenom: str
    naissance: date | None = None
    sexe: str = ""
    ine: str = ""
    classe: str = ""
    niveau: str = ""
    bac: str = ""
    specialites: tuple[str, ...] = ()
    langues: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    moyenne: float | None = None
    voeux: tuple[VoeuLu, ...] = ()


@dataclass(frozen=True, slots=True)
class Variante:
    """One lot of files given together, and its truth.

    Attributes:
        famille: name of the format, for the figures.
        fichiers: (file name, bytes), in the order given.
        ouverte: True when the teacher must be asked (no figure is taken from what is read alone).
    """

    famille: str
    fichiers: tuple[tuple[str, bytes], ...]
    attendus: tuple[Attendu, ...]
    notes: tuple[str, ...] = field(default=())


_SYLLABES = ("ba", "bri", "cho", "dé", "fa", "gou", "jo", "ka", "lè", "mi", "nou", "pé", "ra", "so", "ti", "vau", "zé")
_FINS = ("lac", "nard", "vin", "set", "mot", "ré", "çon", "tel", "ïn", "gne", "dœuf", "nez")
_PRENOMS_F = (
    "Zoé",
    "Anaïs",
    "Noémie",
    "Maëlys",
    "Inès",
    "Élodie",
    "Chloé",
    "Marie-Lou",
    "Anne Sophie",
    "Œnone",
    "Aïcha",
    "Jeanne",
    "Léa",
    "Sarah",
    "Thaïs",
    "Françoise",
    "Mai Linh",
)
_PRENOMS_M = (
    "Léo",
    "Théo",
    "Noël",
    "Jean-Éloi",
    "François-Xavier",
    "Loïc",
    "Mehdi",
    "Raphaël",
    "Œdipe",
    "Yanis",
    "Aloïs",
    "Paul",
    "Jean Marc",
    "Ömer",
    "José",
    "Hugo",
    "D'Jibril",
)


def nom_invente(hasard: Random) -> str:
    """A surname in capitals: plain, compound, with a particle, an apostrophe, two words."""

    def mot() -> str:
        parts = [hasard.choice(_SYLLABES) for _ in range(hasard.choice((1, 1, 2)))]
        return ("".join(parts) + hasard.choice(_FINS)).upper()

    shape = hasard.random()
    if shape < 0.6:
        return mot()
    return hasard.choice((
        lambda: f"{mot()}-{mot()}", lambda: f"{mot()} {mot()}", lambda: f"DE LA {mot()}", lambda: f"LE {mot()}",
        lambda: f"D'{mot()}", lambda: f"O’{mot()}", lambda: f"EL {mot()}", lambda: f"VAN DER {mot()}",
        lambda: f"BEN {mot()}", lambda: f"SAINT-{mot()}", lambda: f"DA {mot()} {mot()}", lambda: f"DU {mot()}",
    ))()  # fmt: skip


def ecole(hasard: Random, *, sortes: Sequence[str] = (), taille: int = 8) -> list[list[Eleve]]:
    """Classes of invented students, names and INE all different.

    Args:
        sortes: keys of ``VOIES``; two or three drawn by default.
        taille: students of each class, about.
    """
    chosen = list(sortes) or hasard.sample(tuple(VOIES), hasard.choice((1, 2, 2, 3)))
    seen: set[str] = set()
    classes: list[list[Eleve]] = []
    number = hasard.randrange(1000, 9000)
    for sorte in chosen:
        classe = hasard.choice(_CLASSES[sorte])
        eleves: list[Eleve] = []
        while len(eleves) < taille + hasard.randrange(3):
            nom, sexe = nom_invente(hasard), hasard.choice("FM")
            if nom in seen:
                continue
            seen.add(nom)
            number += 1
            eleves.append(_eleve(hasard, nom, sexe, classe, hasard.choice(VOIES[sorte]), number))
        classes.append(sorted(eleves, key=lambda eleve: eleve.nom) if hasard.random() < 0.8 else eleves)
    return classes


def _eleve(hasard: Random, nom: str, sexe: str, classe: str, voie: Voie, number: int) -> Eleve:
    count = {"terminale": 2, "premiere": 3}.get(voie.niveau, 0) if voie.bac == "Générale" else 0
    eds = tuple(hasard.sample(EDS, count))
    ine = f"99{number:07}{hasard.choice('ABCDEFGHJK')}{hasard.choice('ABCDEFGHJK')}"
    return Eleve(
        nom=nom,
        prenom=hasard.choice(_PRENOMS_F if sexe == "F" else _PRENOMS_M),
        naissance=date(2007, 9, 1) + timedelta(days=hasard.randrange(1200)),
        sexe=sexe,
        ine=hasard.choice((ine, ine, ine, ine, f"99{number:08}{hasard.choice('ABCDEFGHJK')}", "")),
        classe=classe,
        voie=voie,
        eds=eds,
        langues=(LANGUES[0], hasard.choice(LANGUES[1:])),
        options=tuple(hasard.sample(OPTIONS, hasard.choice((0, 0, 1, 2)))) if voie.bac == "Générale" else (),
        moyenne=round(hasard.uniform(6, 19), 2),
    )


def attendu(eleve: Eleve, *champs: str, par: str = "court") -> Attendu:
    """Truth of a student in a format that carries those fields only.

    Args:
        champs: among ``CHAMPS``; names are always told. ``bac`` and ``niveau`` follow the class or the MEF.
        par: attribute of the subjects that the format writes (``court``, ``gestion``, ``long``).
    """
    whole = Attendu(
        nom=eleve.nom, prenom=eleve.prenom, naissance=eleve.naissance, sexe=eleve.sexe, ine=eleve.ine,
        classe=eleve.classe, niveau=eleve.voie.niveau, bac=eleve.voie.bac,
        specialites=(eleve.voie.mat,) if eleve.voie.mat else tuple(matiere.mat for matiere in eleve.eds),
        langues=tuple(getattr(matiere, par) for matiere in eleve.langues),
        options=tuple(getattr(matiere, par) for matiere in eleve.options),
        moyenne=eleve.moyenne, voeux=eleve.voeux,
    )  # fmt: skip
    blank = Attendu("", "")
    return replace(
        whole, **{champ: getattr(blank, champ) for champ in CHAMPS if champ not in (*champs, "nom", "prenom")}
    )


_BASE = ("classe", "niveau", "bac")


# --------------------------------------------------------------------- text


def texte(hasard: Random, rows: Sequence[Sequence[str]], *, separateurs: str = ";,\t") -> bytes:
    """A text table in an encoding, with a separator, quotes and line ends drawn at random."""
    target = io.StringIO()
    quoting = hasard.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(target, delimiter=hasard.choice(separateurs), quoting=quoting, lineterminator="\n")
    width = max(map(len, rows))
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    end = hasard.choice(("\r\n", "\r\n", "\n", "\r"))
    return _encode(hasard, target.getvalue().replace("\n", end))


def _encode(hasard: Random, text: str) -> bytes:
    for codec in hasard.sample(("cp1252", "utf-8-sig", "utf-8", "mac_roman", "utf-16", "iso8859-15"), 6):
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            continue
    return text.encode()


def melange(hasard: Random, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same table with its columns in another order, and some that no roster needs."""
    extra = hasard.sample(("Casier", "Car", "Badge", "Remarque CPE", "Rang"), hasard.choice((0, 1, 2)))
    width = len(rows[0])
    wide = [[*rows[0], *extra], *([*row, *(str(hasard.randrange(1, 300)) for _ in extra)] for row in rows[1:])]
    order = list(range(width + len(extra)))
    hasard.shuffle(order)
    return [[row[at] for at in order] for row in wide]


def jour(eleve: Eleve) -> str:
    """Birth date as software writes it."""
    return f"{eleve.naissance:%d/%m/%Y}"


def identite(eleve: Eleve) -> str:
    """NOM Prénom in one cell."""
    return f"{eleve.nom} {eleve.prenom}"


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


Ecrivain = Callable[[Random], Variante]
TEXTES: tuple[Ecrivain, ...] = (
    extraction_ancienne, extraction_recente, pronote_a, pronote_b, pronote_c, pronote_d, pronote_e, pronote_f,
    moyennes, cyclades, affelnet, suivi_voeux, recap_voeux,
)  # fmt: skip

"""Rosters with a known truth, written in every file format that a teacher may hold; seeded, every pupil invented.

``variantes(graine)`` gives files and, for each, the students exactly as an importer should tell them: a field that a
format does not carry is empty in the truth. The pupils are here, formats of text
in ``variantes_texte``, spreadsheets and SIECLE in ``variantes_tableurs``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

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


Ecrivain = Callable[[Random], Variante]

"""Invented students, written as a psyEN would describe them, with what she expects to see in the list.

``favoris`` are the formations that the student likes, with a score of 1 to 5; ``attendues`` are not told
to the engine: at least one of them must show up by itself in the first 20. Averages are out of 20.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MATHS, PHYSIQUE, SVT, SES, HGGSP = "mat700", "mat701", "mat702", "mat703", "mat1062"
NSI, HLP, LLCER, SI, ARTS, EPS = "mat1065", "mat1067", "mat10001076", "mat1061", "mat706", "mat1095"


@dataclass(frozen=True)
class ProfilExpert:
    nom: str
    bac: str
    specialites: tuple[str, ...]
    gouts: tuple[str, ...]
    favoris: dict[str, int]
    attendues: tuple[str, ...]
    metiers: tuple[str, ...] = ()
    rejetees: tuple[str, ...] = ()
    moyenne: float | None = None
    communes: tuple[str, ...] = ()
    duree: str | None = None
    apprentissage: str | None = None
    remarque: str = field(default="", compare=False)


PROFILS_EXPERTS = (
    ProfilExpert(
        "soigner sans attendre", "Générale", (SVT, PHYSIQUE), ("ci13", "ci14", "dom27"), {"fl2047": 5},
        ("fl1002043", "fl550001"), metiers=("MET.38",), rejetees=("fl2002",), moyenne=14,
    ),
    ProfilExpert(
        "médecine à tout prix", "Générale", (SVT, PHYSIQUE, MATHS), ("ci13", "ci19", "dom27", "dom30"), {"fl2047": 5},
        ("fl1002091", "fl1002037"), moyenne=17, duree="long",
    ),
    ProfilExpert(
        "animaux et sciences", "Générale", (SVT, PHYSIQUE), ("ci5", "dom2", "dom30"), {"fr26000": 5, "fl17": 4},
        ("fl2037", "fl2039", "fl649", "fl810019"), moyenne=16,
    ),
    ProfilExpert(
        "codeuse de nuit", "Générale", (MATHS, NSI), ("ci27", "dom32"), {"fl2032": 5, "fl810010": 5},
        ("fl458", "fl2083", "fl18", "fl810016"), metiers=("MET.12",), rejetees=("fl2014",), moyenne=13,
    ),
    ProfilExpert(
        "prépa scientifique", "Générale", (MATHS, PHYSIQUE), ("ci29", "ci19", "dom33", "dom35"),
        {"fl11": 5, "fl12": 5, "fl210": 4}, ("fl18", "fl13", "fl2046", "fl2083"), moyenne=17, duree="long",
    ),
    ProfilExpert(
        "droit et justice", "Générale", (HGGSP, SES), ("ci21", "dom15", "dom16"), {"fl2002": 5},
        ("fl810505", "fl2077", "fl2054", "fl10433"), metiers=("MET.33",), rejetees=("fl2032", "fl210"), moyenne=13,
    ),
    ProfilExpert(
        "actualité et écriture", "Générale", (HGGSP, LLCER), ("ci24", "ci6", "dom22"), {"fl810512": 5},
        ("fl2023", "fl810513", "fl447"), moyenne=14,
    ),
    ProfilExpert(
        "économie politique", "Générale", (SES, MATHS), ("ci29", "ci25", "dom42"), {"fl2005": 5, "fl2003": 4},
        ("fl2006", "fl5", "fl2004"), moyenne=14,
    ),
    ProfilExpert(
        "grande école de commerce", "Générale", (MATHS, SES), ("ci28", "ci25", "dom12", "dom13"),
        {"fl240": 5, "fl53": 5}, ("fl242", "fl241", "fl810502", "fl2004"), moyenne=15, duree="long",
    ),
    ProfilExpert(
        "futur professeur des écoles", "Générale", (HLP, SES), ("ci1", "ci2", "dom17"), {"fl2015": 5},
        ("fl2094", "fl2028", "fl2014", "fl2089", "fl560002"), metiers=("MET.557",), rejetees=("fl458",), moyenne=12,
    ),
    ProfilExpert(
        "écouter et comprendre", "Générale", (HLP, SVT), ("ci14", "ci15", "dom41"), {"fl2014": 5},
        ("fl2110", "fl2013", "fl2018", "fl2015"), moyenne=12,
    ),
    ProfilExpert(
        "dessin depuis toujours", "Générale", (ARTS, HLP), ("ci22", "dom5"), {"fl271": 5},
        ("fl2025", "fl270", "fl2024"), moyenne=12,
    ),
    ProfilExpert(
        "villes et bâtiments", "Générale", (MATHS, ARTS), ("ci22", "dom9", "dom8"), {"fl250": 5},
        ("fl251", "fl252", "fl2012"), moyenne=14,
    ),
    ProfilExpert(
        "langues et voyages", "Générale", (LLCER, HGGSP), ("ci10", "ci11", "dom23"), {"fl2030": 5, "fl2029": 5},
        ("fl2031", "fl464", "fl2052"), metiers=("MET.768",), moyenne=13,
    ),
    ProfilExpert(
        "le passé vivant", "Générale", (HGGSP, HLP), ("ci24", "dom39", "dom7"), {"fl2010": 5, "fl2011": 3},
        ("fl2066", "fl2115", "fl250001", "fl2064"), moyenne=13,
    ),
    ProfilExpert(
        "sport tous les jours", "Générale", (EPS, SVT), ("ci16", "dom25"), {"fl2020": 5}, ("fl2095", "fr640"),
        metiers=("MET.43",), rejetees=("fl2002",), moyenne=11,
    ),
    ProfilExpert(
        "planète et transitions", "Générale", (SVT, PHYSIQUE), ("ci3", "ci4", "dom38", "dom36"), {"fl2061": 5},
        ("fl2111", "fl663", "fl2038", "fl2039", "fl810018"), moyenne=13,
    ),
    ProfilExpert(
        "mécanique et inventions", "Générale", (MATHS, SI), ("ci7", "ci27", "dom34"), {"fl810007": 5},
        ("fl2041", "fl402", "fl210", "fl13", "fl2044"), moyenne=12,
    ),
    ProfilExpert(
        "comptabilité concrète", "STMG", ("mat887", "mat1038"), ("ci29", "ci26", "dom13"), {"fl486": 5},
        ("fl810502", "fl10421", "fl2004", "fl810511"), metiers=("MET.149",), moyenne=12, duree="court",
    ),
    ProfilExpert(
        "vente en alternance", "STMG", ("mat282", "mat1038"), ("ci28", "ci15", "dom12"), {"fl10418": 5, "fl10423": 5},
        ("fl810504", "fl10429"), moyenne=10, duree="court", apprentissage="A",
    ),
    ProfilExpert(
        "ressources humaines", "STMG", ("mat1009", "mat1038"), ("ci26", "ci15", "dom13"), {"fl10420": 5},
        ("fl10421", "fl810511", "fl690033"), moyenne=11, duree="court",
    ),
    ProfilExpert(
        "laboratoire", "STL", ("mat1041", "mat1040"), ("ci19", "dom30", "dom35"), {"fl369": 5, "fl470": 5},
        ("fl810021", "fl409", "fl177", "fl10426"), moyenne=12, duree="court",
    ),
    ProfilExpert(
        "énergie et climat", "STI2D", ("mat1096", "mat1040"), ("ci27", "ci4", "dom37"), {"fl810022": 5, "fl395": 4},
        ("fl389", "fl436", "fl363", "fl398"), moyenne=12,
    ),
    ProfilExpert(
        "réseaux et sécurité", "STI2D", ("mat1096", "mat1040"), ("ci27", "dom32", "dom20"), {"fl10436": 5},
        ("fl810016", "fl458", "fl810010", "fl10437"), moyenne=11, duree="court", apprentissage="A",
    ),
    ProfilExpert(
        "accompagner les plus fragiles", "ST2S", ("mat320", "mat1039"), ("ci14", "ci1", "dom29"), {"fl560003": 5},
        ("fl560002", "fl810515", "fl367", "fl462", "fl810507"), moyenne=12,
    ),
    ProfilExpert(
        "cuisine et accueil", "STHR", ("mat1051", "mat1006"), ("ci9", "ci15", "dom24"), {"fl10422": 5},
        ("fl880001", "fl880002", "fl690135", "fl464"), metiers=("MET.420",), moyenne=11, duree="court",
    ),
    ProfilExpert(
        "design", "STD2A", ("mat1042", "mat1043"), ("ci22", "ci8", "dom5", "dom3"), {"fl271": 5},
        ("fl270", "fl19", "fl2025"), moyenne=13,
    ),
    ProfilExpert(
        "vivre de la terre", "STAV", ("mat1077", "mat1078"), ("ci3", "ci5", "dom1", "dom2"), {"fl648": 5, "fl649": 5},
        ("fl660007", "fl640", "fl660008"), metiers=("MET.547",), moyenne=11, duree="court",
    ),
    ProfilExpert(
        "atelier automobile", "P", (), ("ci7", "ci18", "dom34"), {"fl10407": 5}, ("fl10408", "fl10409", "fl10434"),
        moyenne=12, duree="court", apprentissage="A", rejetees=("fl2032",),
    ),
    ProfilExpert(
        "électricité", "P", (), ("ci7", "dom31", "dom37"), {"fl436": 5}, ("fl389", "fl10437", "fl385", "fl422"),
        metiers=("MET.56",), moyenne=13, duree="court",
    ),
    ProfilExpert(
        "seconde indécis", "NC", (), ("ci19", "ci3", "dom38", "dom30"), {"fl2039": 5}, ("fl2037", "fl17", "fl663"),
        rejetees=("fl2047",),
    ),
)  # fmt: skip
"""What matters is the agreement between tastes, spécialités and the list: nobody is described here."""

PROFILS_AVEUGLES = (
    ProfilExpert(
        "théâtre et mots", "Générale", (HLP, "mat709"), ("ci22", "ci24", "dom4"), {"fl2026": 5},
        ("fl2072", "fl720005", "fl845003"), moyenne=13,
    ),
    ProfilExpert(
        "musique d’abord", "Générale", ("mat704", MATHS), ("ci22", "dom4"), {"fl2027": 5}, ("fl845001", "fl846003"),
        moyenne=14,
    ),
    ProfilExpert(
        "cinéma et montage", "Générale", ("mat710", SES), ("ci22", "ci23", "dom6"), {"fl453": 5, "fl2060": 4},
        ("fl2071", "fl1", "fl454"), moyenne=12,
    ),
    ProfilExpert(
        "philosophie et idées", "Générale", (HLP, SES), ("ci24", "dom40", "dom43"), {"fl2016": 5},
        ("fl31", "fl32", "fl2013"), moyenne=16, duree="long",
    ),
    ProfilExpert(
        "chimie et parfums", "Générale", (PHYSIQUE, MATHS), ("ci19", "ci20", "dom35"), {"fl2035": 5, "fl810001": 4},
        ("fl2036", "fl10401", "fl12"), moyenne=13,
    ),
    ProfilExpert(
        "données et hasard", "Générale", (MATHS, NSI), ("ci29", "dom33"), {"fl810519": 5},
        ("fl2022", "fl2033", "fl2083"), moyenne=15,
    ),
    ProfilExpert(
        "sociologue en herbe", "Générale", (SES, HGGSP), ("ci14", "ci12", "dom43", "dom29"), {"fl2013": 5},
        ("fl2018", "fl560001", "fl810507"), moyenne=12, rejetees=("fl240",),
    ),
    ProfilExpert(
        "mer et marées", "Générale", (SVT, PHYSIQUE), ("ci3", "ci10", "dom36"), {"fl830": 5},
        ("fl2038", "fl2061", "fl672"), moyenne=11,
    ),
    ProfilExpert(
        "rigueur et uniforme", "Générale", (HGGSP, MATHS), ("ci21", "ci16", "dom44", "dom45"), {"fl34": 5},
        ("fl2002", "fl10425", "fl2007"), moyenne=15, duree="long",
    ),
    ProfilExpert(
        "transport et cartes", "STMG", ("mat887", "mat1038"), ("ci26", "ci18", "dom19"), {"fl10424": 5},
        ("fl810518", "fl810012", "fl10427"), moyenne=11, duree="court", apprentissage="B",
    ),
    ProfilExpert(
        "banque de quartier", "STMG", ("mat887", "mat1038"), ("ci29", "ci15", "dom11"), {"fl10438": 5},
        ("fl443", "fl486", "fl810502"), moyenne=12, duree="court",
    ),
    ProfilExpert(
        "chantier et plans", "STI2D", ("mat1096", "mat1040"), ("ci8", "ci25", "dom10", "dom9"),
        {"fl416": 5, "fl810003": 4}, ("fl418", "fl2042", "fl10430"), moyenne=12,
    ),
    ProfilExpert(
        "infirmière depuis petite", "ST2S", ("mat320", "mat1039"), ("ci13", "ci14", "dom27"), {"fl550001": 5},
        ("fl2008", "fl367", "fl550007"), moyenne=13, metiers=("MET.38",), rejetees=("fl2047",),
    ),
    ProfilExpert(
        "coiffure et beauté", "P", (), ("ci8", "ci15", "dom28"), {"fl366": 5}, ("fl358", "fl10423"), moyenne=11,
        duree="court", apprentissage="A",
    ),
    ProfilExpert(
        "cuisine de terroir", "P", (), ("ci9", "ci8", "dom24"), {"fl10422": 5}, ("fl880001", "fl612", "fl880002"),
        moyenne=12, duree="court", rejetees=("fl2002",),
    ),
    ProfilExpert(
        "seconde qui aime bâtir", "NC", (), ("ci7", "ci8", "dom10"), {}, ("fl416", "fl418", "fl810003"),
    ),
)  # fmt: skip
"""Written before anybody saw the list of the engine, and not touched since: some are not met, the bench names them."""

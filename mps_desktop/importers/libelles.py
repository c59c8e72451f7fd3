"""Names under which school software and teachers write the spécialités, all folded (core.text.fold).

SIECLE short labels (20 characters) and codes, PRONOTE labels, Cyclades codes, everyday abbreviations. Sources: SIECLE
nomenclatures, PRONOTE and Cyclades exports; ids are those of MonProjetSup.
"""

from __future__ import annotations

from types import MappingProxyType

_LANGUES = (
    "anglais", "angl", "ang", "espagnol", "esp", "allemand", "all", "italien", "ita", "portugais", "por",
    "arabe", "ara", "chinois", "chi", "russe", "rus", "hebreu", "japonais", "catalan", "basque", "breton", "corse",
    "occitan", "creole",
)  # fmt: skip
_LLCER_PREFIXES = (
    "litt",
    "llc",
    "llc en",
    "llce",
    "llcer",
    "litterature",
    "litterature en",
    "langues litteratures",
    "lcer",
    "llce en",
    "llcer en",
    "litterature etrangere en",
    "litterature etrangere en langue",
    "langues litteratures et cultures etrangeres",
    "langues litteratures et cultures etrangeres et regionales",
    "langues litteratures et cultures etrangeres et regionales en",
)
_LLCER = (
    "llce", "llcer", "agl 8", "esp 8", "all 8", "ita 8", "por 8", "agl8", "esp8", "all8", "ita8", "030208", "030608",
    "030108", "llcerang", "llceresp", "llcerall", "llcerita",
    "langues litteratures et cultures etrangeres et regionales", "langues litteratures cult etr",
    *(f"{prefix} {langue}" for prefix in _LLCER_PREFIXES for langue in _LANGUES),
)  # fmt: skip

_GENERALE: dict[str, tuple[str, ...]] = {
    "mat700": ("mathematiques", "mathematique", "maths", "math", "061300", "0613"),
    "mat701": (
        "physique chimie", "physique", "phys chim", "phys chimie", "ph ch", "phychi", "pc", "062300", "0623",
    ),
    "mat702": (
        "svt", "s v t", "sciences vie terre", "sciences vie et terre", "sciences de la vie et de la terre",
        "sc vie terre", "062900", "0629",
    ),
    "mat703": (
        "ses", "sc econo sociales", "sc economiques et sociales", "sciences economiques et sociales",
        "sciences economiques sociales", "sc eco sociales", "ecosoc", "050700", "0507",
    ),
    "mat1062": (
        "hggsp", "hist geo geopol s p", "hist geo geopolitique", "hist geo geopolitique sc politiques",
        "histoire geo geopolitique", "histgeo", "histoire geographie geopolitique et sciences politiques",
        "histoire geographie geopolitique sciences politiques", "043900", "0439",
    ),
    "mat1067": (
        "hlp", "hlphi", "human litter philo", "humanites litterature et philosophie",
        "humanites litterature philosophie", "humanites", "humphi", "010500", "0105",
    ),
    "mat1065": (
        "nsi", "nsinc", "nsinf", "numerique sc inform", "numerique et sciences informatiques",
        "numerique sciences informatiques", "numinf", "074700", "0747",
    ),
    "mat1061": (
        "si", "scing", "sciing", "sc ingen sc phys", "sc ingenieur", "sciences de l ingenieur",
        "sciences ingenieur", "sciences de l ingenieur et sc physiques",
        "sciences de l ingenieur et sciences physiques", "sisp", "067300", "0673", "480600", "4806",
    ),
    "mat10001076": _LLCER,
    "mat20001076": (
        "amc", "amc 8", "amc8", "llc angl mond cont", "llc anglais monde contemporain",
        "anglais monde contemporain", "llcer anglais monde contemporain", "llce anglais monde contemporain",
        "llcer amc", "llce amc", "llcerangmc", "llceramc", "039908",
    ),
    "mat5": ("biologie ecologie", "bio ecologie", "bio eco", "biec", "304500", "3045"),
    "mat1095": (
        "eppcs", "education physique pratiques et culture sportives", "educ phys prat cult sport",
        "ed phys prat cult sp",
    ),
    "mat704": ("musique", "musiq", "artmus", "arts musique", "083200", "0832"),
    "mat705": ("danse", "artdan", "arts danse", "082500", "0825"),
    "mat706": ("arts plastiques", "arts pla", "a pla", "artpla", "090100", "0901"),
    "mat707": ("histoire des arts", "hist des arts", "hida", "arthis", "arts histoire des arts", "275700", "2757"),
    "mat708": ("arts du cirque", "cirque", "artcir", "278600", "2786"),
    "mat709": ("theatre", "theat", "artthea", "arts theatre", "theatre expression dramatique", "278500", "2785"),
    "mat710": (
        "cinema audiovisuel", "cinema", "cine audiovisuel", "ci av", "artcin", "cav", "arts cinema audiovisuel",
        "285200", "2852",
    ),
    "mat1063": ("llca latin", "lca latin", "lcala", "latin", "langues cultures de l antiquite latin", "020300", "0241"),
    "mat1066": ("llca grec", "lca grec", "lcagr", "grec", "langues cultures de l antiquite grec", "020400", "0242"),
}  # fmt: skip

_TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "Générale": _GENERALE,
    "STMG": {
        "mat282": ("mercatique marketing", "mercatique", "marketing", "merca", "msgn marketing", "msgn mercatique"),
        "mat887": (
            "gestion et finance", "gestion finance", "gestion fi", "gf", "msgn gestion et finance",
            "msgn gestion finance",
        ),
        "mat1009": (
            "ressources humaines et communication", "ressources humaines communication",
            "ressour humaines communication", "ress humaines communication", "ressources humaines", "rhc", "rh com",
            "rh communication", "rh et communication", "rh", "msgn rh et communication",
            "msgn ressources humaines et communication",
        ),
        "mat888": (
            "systemes d information de gestion", "systemes d information et de gestion",
            "systeme d information de gestion", "sig", "msgn systemes d information de gestion",
        ),
        "mat1038": ("droit et economie", "droit economie", "droit eco"),
    },
    "ST2S": {
        "mat320": ("sciences et techniques sanitaires et sociales", "sc techn sanit sociales", "stss"),
        "mat1039": (
            "chimie biologie et physiopathologie humaines", "biologie et physiopathologie humaines",
            "biologie physiopathologie humaines", "cbph", "bph",
        ),
    },
    "STI2D": {
        "mat1096": (
            "ingenierie innovation et developpement durable", "ingenierie innov et develop durable", "2i2d", "iidd",
            "architecture et construction", "energies et environnement",
            "innovation technologique et eco conception", "systemes d information et numerique", "itec", "sin",
        ),
        "mat1040": ("physique chimie et mathematiques", "physique chimie mathematiques", "pcm", "pc maths"),
    },
    "STL": {
        "mat719": (
            "sciences physiques et chimiques en laboratoire", "sc physiques et chimiques en laboratoire", "spcl",
        ),
        "mat1041": (
            "biochimie biologie biotechnologie", "biochimie biologie biotechnologies", "biotechnologies",
            "biotechnologie", "biotech", "bbb",
        ),
        "mat1040": ("physique chimie et mathematiques", "physique chimie mathematiques", "pcm", "pc maths"),
    },
    "STD2A": {
        "mat1042": ("conception et creation en design et metiers d art", "ccdma"),
        "mat1043": ("analyse et methodes en design", "amd"),
    },
    "STHR": {
        "mat1006": ("economie et gestion hoteliere", "economie gestion hoteliere", "egh"),
        "mat1051": (
            "sciences et technologies culinaires et des services",
            "sciences et technologies culinaires et services esae", "stcs",
        ),
    },
    "S2TMD": {
        "mat1044": ("pratique theatrale",),
        "mat1045": ("culture et sciences theatrales",),
        "mat1046": ("culture et sciences musicales",),
        "mat1047": ("pratique musicale",),
        "mat1048": ("culture et sciences choregraphiques",),
        "mat1049": ("pratique choregraphique",),
    },
    "STAV": {
        "mat1077": ("gestion des ressources et de l alimentation", "gestion des ressources et alimentation", "gra"),
        "mat1078": ("territoires et technologies", "territoires et technologie"),
    },
}  # fmt: skip

PAR_BAC = MappingProxyType(
    {bac: {name: mat for mat, names in table.items() for name in names} for bac, table in _TABLES.items()}
)
"""Bac -> folded name -> spécialité id."""

AUSSI_OPTIONS = frozenset(("mat704", "mat705", "mat706", "mat707", "mat708", "mat709", "mat710", "mat1063", "mat1066"))
"""Arts and ancient languages: also taught as options under the same label."""

COMMUNES = frozenset(
    ("mat700", "mat701", "mat702", "mat704", "mat705", "mat706", "mat709", "mat710", "mat1095", "mat1040")
)
"""Ids whose labels are also taught outside the spécialités: they do not tell the bac."""

AUTRES = frozenset((
    "maths expertes", "mathematiques expertes", "matex", "maths complementaires", "maths complementaire",
    "mathematiques complementaires", "matco", "maths specifiques", "mathematiques specifiques", "math specif",
    "histoire geographie", "enseignement scientifique", "droit et grands enjeux du monde contemporain", "dgemc",
))  # fmt: skip
"""Labels that start like a spécialité and are none."""

_LANGUES_NATIONALES = {
    "0301": "ALLEMAND", "0302": "ANGLAIS", "0303": "ARABE", "0304": "CHINOIS", "0306": "ESPAGNOL", "0308": "HEBREU",
    "0309": "ITALIEN", "0312": "PORTUGAIS", "0314": "RUSSE",
}  # fmt: skip
_RANGS = {"01": "LV1", "02": "LV2", "03": "LV3", "12": "LV1", "13": "LV2"}

MATIERES_NATIONALES = MappingProxyType({
    **{
        langue + rang: f"{nom} {libelle}"
        for langue, nom in _LANGUES_NATIONALES.items()
        for rang, libelle in _RANGS.items()
    },
    "061300": "MATHEMATIQUES", "062300": "PHYSIQUE-CHIMIE", "062900": "SCIENCES VIE & TERRE",
    "050700": "SC. ECONO.& SOCIALES", "043900": "HIST.GEO.GEOPOL.S.P.", "010500": "HUMAN.LITTER.PHILO.",
    "074700": "NUMERIQUE SC.INFORM.", "067300": "SCIENCES DE L INGENIEUR", "480600": "SC.INGEN. & SC.PHYS.",
    "030208": "LITT. ANGLAIS", "030608": "LITT. ESPAGNOL", "030108": "LITT. ALLEMAND",
    "039908": "LLC ANGL.MOND.CONT.",
    "304500": "BIOLOGIE-ECOLOGIE", "020300": "LCA LATIN", "020400": "LCA GREC", "082500": "DANSE",
    "083200": "MUSIQUE",
    "090100": "ARTS PLASTIQUES", "275700": "HISTOIRE DES ARTS", "278500": "THEATRE", "278600": "ARTS DU CIRQUE",
    "285200": "CINEMA-AUDIOVISUEL", "061801": "MATHS EXPERTES", "061802": "MATHS COMPLEMENTAIRE",
    "100100": "ED.PHYSIQUE & SPORT.",
})  # fmt: skip
"""National subject code -> short label, for a student file that comes without its nomenclature."""

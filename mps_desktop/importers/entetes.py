"""Where the header is and what each column holds.

Only the columns named here are read: everything else of a teacher's file (addresses, telephones, parents, tutor,
nationality, scholarships, health, support plans…) stays in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from mps_desktop.core.text import fold
from mps_desktop.importers.feuille import Feuille, Ligne
from mps_desktop.importers.noms import split_identite, strip_note

_SEARCHED_LINES = 40
_MIN_SCORE = 3

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "identite": (
        "eleve", "eleves", "nom prenom", "nom et prenom", "nom prenoms", "noms prenoms", "noms et prenoms",
        "nom et prenoms", "nom prenom de l eleve", "nom et prenom de l eleve", "nom de l eleve et prenom",
        "identite", "nom complet", "nom prenom eleve", "eleve nom prenom", "eleves nom prenom",
        "nom eleve prenom eleve", "etudiant", "candidat", "etudiants", "candidats", "apprenant", "apprenants",
        "nom des eleves", "noms des eleves", "eleve nom et prenom", "liste des eleves",
    ),
    "prenom_nom": ("prenom nom", "prenom et nom", "prenom nom de l eleve", "prenom et nom de l eleve"),
    "nom": (
        "nom", "noms", "nom de famille", "nom de l eleve", "nom eleve", "nom famille", "nom de naissance",
        "nom famille eleve", "nom s", "patronyme", "noms de famille", "noms eleves", "candidat nom", "nom candidat",
        "nom du candidat", "eleve nom",
    ),
    "nom_usage": ("nom d usage", "nom usage", "nom d usage eleve"),
    "prenom": (
        "prenom", "prenoms", "prenom s", "prenom usuel", "prenom 1", "prenom1", "premier prenom", "1er prenom",
        "prenom de l eleve",
        "prenom eleve", "candidat prenom", "prenom candidat", "prenom du candidat", "eleve prenom",
    ),
    "prenom_usage": ("prenom d usage", "prenom usage", "prenomusage"),
    "classe": (
        "classe", "classes", "division", "code structure", "classe de rattachement", "division classe",
        "classe actuelle", "code division", "classe de l eleve", "cl", "div", "nom classe", "nom de la classe",
        "libelle classe",
        "lib structure", "libelle division",
    ),
    "naissance": (
        "ne e le", "ne le", "nee le", "date de naissance", "date naissance", "date naiss", "date de naiss",
        "naissance", "naiss", "datenaiss", "date de naissance eleve", "datenaissance", "ddn", "date nais",
        "date de naissance de l eleve", "ne s e s le", "date nat",
    ),
    "sexe": ("sexe", "genre", "civilite", "f m", "m f", "f g", "g f"),
    "ine": (
        "ine", "id national", "numero national", "n national", "no national", "identifiant national", "ine rnie",
        "n ine", "i n e", "ine eleve", "ine de l eleve", "numero ine", "ine candidat", "num national", "id nationale",
        "code ine",
    ),
    "niveau": ("niveau", "niveau de classe", "niveau de la classe eleve"),
    "formation": (
        "formation", "lib mef", "libelle mef", "mef", "serie", "serie de la classe", "serie domaine filiere",
        "voie", "filiere", "bac",
        "baccalaureat", "lib formation", "libelle formation", "libelle de la formation", "formation d affectation",
        "libelle mef long", "libelle long mef", "lib mef long", "formation suivie", "serie bac",
    ),
    "code_mef": ("code mef", "mef code", "num mef"),
    "specialite": (
        "spe", "spes", "specialite", "specialites", "eds", "enseignement de specialite",
        "enseignements de specialite", "enseignement de specialites", "ens specialite", "specialites suivies",
        "enseignement s de specialite suivi s", "specialite suivie", "choix specialite", "choix specialites",
        "les specialites", "eds scolarite terminale 1 libelle bcn", "eds scolarite terminale 2 libelle bcn",
        "specialites de terminale", "specialite terminale", "enseignements de specialite suivis",
    ),
    "option": (
        "option", "options", "lv a", "lv b", "lv c", "langue a", "langue b", "langues a", "langues b",
        "langues vivantes a", "langues vivantes b", "langue vivante 1", "langue vivante 2",
        "toutes les options", "lib mat enseignee", "opt", "lva", "lvb", "lvc", "lv1", "lv2",
        "lv3", "libelle lv1", "libelle lv2", "libelle lv3", "langue vivante a", "langue vivante b",
        "option suivie", "options suivies", "enseignement optionnel",
        "enseignements optionnels", "enseignement",
    ),
    "moyenne": (
        "moyenne", "moyenne generale", "moy generale", "moy gen", "moy g", "moygen", "moy", "mg",
        "moyennes generales", "moyenne gen", "moyenne annuelle", "moyenne de l eleve", "moy gle",
    ),
    "facultatif": ("option facultative", "enseignement facultatif", "options facultatives"),
    "voeu": (
        "voeu", "voeux", "formation voeu", "formation demandee", "voeu parcoursup", "voeux parcoursup",
        "libelle du voeu", "formation souhaitee", "voeu formation", "intitule du voeu", "libelle voeu",
    ),
    "voeu_etablissement": (
        "etablissement sous voeu", "etablissement du voeu", "etablissement voeu", "etablissement demande",
        "etablissement", "etablissement d accueil",
    ),
    "voeu_commune": ("commune", "commune de l etablissement", "commune du voeu"),
    "voeu_statut": ("statut etudiant apprenti", "statut du voeu", "etudiant apprenti"),
    "voeu_numero": ("n voeu", "numero voeu", "numero du voeu", "n du voeu", "no voeu"),
    "voeu_etat": ("etat du voeu", "etat voeu", "statut voeu", "confirmation du voeu"),
    "voeu_internat": ("internat",),
    "sortie": ("sortie", "date sortie", "date de sortie", "date fin scolarite", "date fin de scolarite"),
    "type_structure": ("type structure",),
}  # fmt: skip

CHAMPS = MappingProxyType({name: champ for champ, names in _SYNONYMS.items() for name in names})
"""Folded header -> field."""

_NAMES = ("identite", "prenom_nom", "nom", "nom_usage", "prenom", "prenom_usage")
_NUMBERED = frozenset(("option", "specialite", "facultatif", "voeu"))
_SEVERAL = frozenset(("moyenne", "option", "specialite", "facultatif", "voeu", "formation", "sexe", "classe", "niveau"))
_SURE, _NUMBERED_SURE, _GROUPED = 1.0, 0.95, 0.85
_SENSITIVE = frozenset(
    (
        "adresse", "adresses", "mail", "email", "mel", "courriel", "courriels", "tel", "telephone", "telephones",
        "portable", "responsable", "responsables", "resp", "repr", "representant", "representants", "legal",
        "legaux", "leg", "tuteur", "tutrice", "tuteurs", "parent", "parents", "pere", "mere", "nationalite", "nat",
        "pays", "bourse", "bourses", "boursier", "boursiers", "allergie", "allergies", "pai", "pap", "pps",
        "gevasco", "accompagnement", "medical", "medicale", "medic", "sante", "handicap", "amenagement",
        "amenagements", "religion", "fratrie", "professeur", "enseignant", "etablissement",
    )
)  # fmt: skip
_TERM = re.compile(
    r"(?: (?:du |au )?(?:t|trim|trimestre|s|sem|semestre|bilan) ?\d"
    r"| (?:du )?\d(?:er|e|eme|nd)? (?:trim|trimestre|semestre)"
    r"| 20\d\d(?: (?:20)?\d\d)?)$"
)
"""What follows a title without changing what its column holds: "Moyenne T1", "Classe 2026-2027"."""
_ORDINAL = re.compile(r"^(?:1ere|1re|1er|premiere?|2e|2eme|2nde?|deuxieme|3e|3eme|troisieme) ")
_PEOPLE = frozenset(("", "identite", "identite de l eleve", "eleve", "eleves", "etat civil", "l eleve", "candidat"))
"""What may stand above a column of names as the title of a group of columns."""
_GENERAL = re.compile(r"general|moyenne|trim|semestre|bilan|resultat|scolarite")
_NOT_A_LABEL = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|-?\d+(?:[.,]\d+)?|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column that is read; ``confiance`` (0..1) is how sure its title is."""

    rang: int
    titre: str
    champ: str
    confiance: float = 1.0


@dataclass(frozen=True, slots=True)
class Entete:
    """The header of a sheet.

    Attributes:
        debut: index in ``Feuille.lignes`` of its first line.
        fin: index of the first line after it.
        numero: number in the file of its last line; 0 when the sheet has none.
        non_lu: titles of the columns that stay in the file.
    """

    debut: int
    fin: int
    numero: int
    colonnes: tuple[Colonne, ...]
    non_lu: tuple[str, ...] = ()

    def ranks(self, champ: str) -> tuple[int, ...]:
        """Columns that hold a field, in file order."""
        return tuple(colonne.rang for colonne in self.colonnes if colonne.champ == champ)

    def text(self, ligne: Ligne, champ: str) -> str:
        """First filled cell of a field on a line."""
        return next((cell for rang in self.ranks(champ) if (cell := ligne.cell(rang))), "")

    def extract(self, ligne: Ligne) -> str:
        """Beginning of a line for people: names first, only from columns that are read."""
        ranks = [rang for champ in _NAMES for rang in self.ranks(champ)]
        ranks += [colonne.rang for colonne in self.colonnes if colonne.rang not in ranks]
        return " ; ".join(dict.fromkeys(cell for rang in ranks if (cell := ligne.cell(rang))))[:60]

    def has(self, champ: str) -> bool:
        """True when some column holds that field."""
        return any(colonne.champ == champ for colonne in self.colonnes)


def find_header(feuille: Feuille) -> Entete | None:
    """Header of a sheet: the line, among the first forty, that names the most fields; None when there is none.

    A title of groups just above ("Enseignements de spécialité" over "1", "2") and a second line just below ("Moy.")
    belong to it.
    """
    best, best_score = -1, 0
    for at, ligne in enumerate(feuille.lignes[:_SEARCHED_LINES]):
        score = _score(ligne)
        if score > best_score and (score >= _MIN_SCORE or _names_below(feuille, at)):
            best, best_score = at, score
    return _build(feuille, best) if best >= 0 else None


def match(label: str) -> str:
    """Field that a header names, empty when it is not one that is read.

    Numbers ("Option 3"), stars and what stands between brackets ("(jj/mm/aaaa)") do not count.
    """
    return _match(label)[0]


def _match(label: str) -> tuple[str, float]:
    """Field that a header names, and how sure the wording is."""
    for text in (label, re.sub(r"\s\(.*?\)|\*", "", label)):
        key = fold(text.replace("°", " ").replace("º", " "))
        champ = CHAMPS.get(key, "")
        if champ.startswith("voeu"):
            return champ, _SURE
        if is_sensitive(key):
            return "", 0.0
        if champ:
            return champ, _SURE
        bare = _TERM.sub("", key)
        if bare != key and CHAMPS.get(bare, "") in ("moyenne", "classe"):
            return CHAMPS[bare], _NUMBERED_SURE
        key = _ORDINAL.sub("", key)
        base = CHAMPS.get(re.sub(r"(?: no| n| numero)? ?(?:\d{1,2}|(?<= )[a-d])$", "", key), "")
        if base in _NUMBERED:
            return base, _NUMBERED_SURE
    return "", 0.0


def is_header(ligne: Ligne) -> bool:
    """True for a line that names columns, wherever it stands (second table, header repeated on each page)."""
    return _score(ligne) >= _MIN_SCORE


def header_at(feuille: Feuille, at: int) -> Entete:
    """Columns named by the line of that index, which ``is_header`` recognised."""
    return _build(feuille, at)


def _score(ligne: Ligne) -> int:
    """Fields named by a line; 0 without any name column."""
    fields = {champ for cell in ligne.cellules if cell and (champ := match(cell))}
    if not fields & {"identite", "prenom_nom", "nom"}:
        return 0
    return len(fields) + 1 + ({"nom", "prenom"} <= fields)


def _names_below(feuille: Feuille, at: int) -> bool:
    """True when most lines under a lone title ("Élèves") hold a name in its column."""
    rang = next((rang for rang, cell in enumerate(feuille.lignes[at].cellules) if match(cell)), 0)
    below = [ligne.cell(rang) for ligne in feuille.lignes[at + 1 :] if ligne.cell(rang)]
    return bool(below) and sum(like_a_name(cell) for cell in below) * 2 >= len(below)


def like_a_name(text: str) -> bool:
    """True for what may be a surname and a first name, capitals or not."""
    identite = split_identite(text)
    return identite is not None and (identite.sur or all(word[0].isupper() for word in strip_note(text).split()))


def is_sensitive(title: str) -> bool:
    """True for the title of a column that must stay in the file, or that is about somebody else than the student."""
    return bool(set(fold(title).split()) & _SENSITIVE)


def _build(feuille: Feuille, at: int) -> Entete:
    main = feuille.lignes[at]
    named = [match(cell) for cell in main.cellules]
    identity = {named.index(champ) for champ in ("identite", "prenom_nom", "nom", "prenom") if champ in named}
    fin = at + 1
    while fin < len(feuille.lignes) and _continues(main, feuille.lignes[fin - 1], feuille.lignes[fin], identity):
        fin += 1
    under = feuille.lignes[at + 1] if fin > at + 1 else None
    over = feuille.lignes[at - 1] if at > 0 else None
    if over is not None and (
        over.numero != main.numero - 1 or any(fold(over.cell(rang)) not in _PEOPLE for rang in identity)
    ):
        over = None
    width = max(len(ligne.cellules) for ligne in feuille.lignes[at:])
    columns: list[Colonne] = []
    unread: list[str] = []
    for rang in range(width):
        group = over.cell(rang) if over is not None else ""
        below = under.cell(rang) if under is not None and under.cell(rang) != main.cell(rang) else ""
        title, champ, confiance = _recognise(group, main.cell(rang), below)
        if champ == "moyenne" and group and not _GENERAL.search(fold(group)):  # that of a subject
            title, champ = f"{group} {title}", ""
        taken = any(column.champ == champ for column in columns) and champ not in _SEVERAL
        # What stands beside a wish ("Commune", "Établissement") is the student's own anywhere else: not read.
        alone = champ.startswith("voeu_") and "voeu" not in named
        alone |= champ == "voeu_commune" and "voeu_etablissement" not in named
        if champ and not taken and not alone:
            columns.append(Colonne(rang, title, champ, confiance))
        elif title:
            unread.append(title)
    first = at - 1 if over is not None else at
    return Entete(first, fin, feuille.lignes[fin - 1].numero, tuple(columns), tuple(dict.fromkeys(unread)))


def _recognise(group: str, main: str, below: str) -> tuple[str, str, float]:
    """Title for people, field and sureness of a column, from the lines of its header."""
    title = main or below or group
    if is_sensitive(group):
        return f"{group} {title}" if title != group else title, "", 0.0
    if not main and not below:
        return group, "", 0.0
    for text, share in ((main or below, 1.0), (f"{group} {main or below}", _GROUPED)):
        champ, sure = _match(text)
        if champ:
            return text, champ, sure * share
    return title, "", 0.0


def _continues(main: Ligne, previous: Ligne, ligne: Ligne, identity: set[int]) -> bool:
    """True for a second header line: right below, no name in it, no figure, and more than a lone title."""
    if ligne.numero != previous.numero + 1:
        return False
    if any(ligne.cell(rang) not in ("", main.cell(rang)) for rang in identity):
        return False
    cells = [cell for rang, cell in enumerate(ligne.cellules) if cell and cell != main.cell(rang)]
    if any(_NOT_A_LABEL.fullmatch(cell) for cell in cells):
        return False
    return len(cells) > 1 or any(ligne.cell(rang) for rang in identity)

"""What the catalogue gives to the rest of the program: facts, each with its session and source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One official file that the catalogue was built from.

    Attributes:
        fichier: name of the file read.
        jeu: name of the data set, as its producer calls it.
        producteur: who publishes it.
        licence: under which terms.
        session: session or edition ("2023", "juin 2024").
        empreinte: SHA-256 of the file read, hexadecimal.
    """

    fichier: str
    jeu: str
    producteur: str
    licence: str
    session: str
    empreinte: str


@dataclass(frozen=True, slots=True)
class Formation:
    """One reference formation (``fl…`` / ``fr…``).

    Attributes:
        type: ``fr…`` id or type code used for diversity; ``type_libelle`` is what people read.
        duree: years after the bac, -1 = unknown.
        capacite: places in all its vœux at the newest session known.
        domaines, metiers: ids, in catalogue order.
        psup: Parcoursup filières that it stands for.
        mots: other names (filières, short names, topics).
        fiches: ids of its ONISEP fiches (``FOR.…``).
        disparue: the newest session no longer offers it.
    """

    id: str
    libelle: str
    type: str
    type_libelle: str
    duree: int
    apprentissage: bool
    las: str | None
    capacite: int
    nb_voeux: int
    psup: tuple[str, ...]
    domaines: tuple[str, ...]
    metiers: tuple[str, ...]
    mots: tuple[str, ...] = ()
    fiches: tuple[str, ...] = ()
    disparue: bool = False


@dataclass(frozen=True, slots=True)
class Voeu:
    """One Parcoursup programme at one établissement (``ta<g_ta_cod>``), newest facts known.

    Attributes:
        derniere_session: newest session in which it appears, in the admissions or on the map.
        lat, lng: degrees, None when unknown.
        precision: where the position comes from: "publiée" with the vœu, "établissement", "commune" (its
            centre), empty when unknown.
        premiere_session: oldest session of the sources in which it appears.
        evolution: "nouveau" or "disparu" in the newest session, else empty.
    """

    id: str
    formation_id: str
    libelle: str
    etablissement: str
    uai: str
    commune: str
    departement: str
    academie: str
    region: str
    lat: float | None
    lng: float | None
    statut: str
    selectif: bool
    fili: str
    apprentissage: bool
    capacite: int | None
    derniere_session: int
    precision: str = ""
    premiere_session: int = 0
    evolution: str = ""

    @property
    def nouveau(self) -> bool:
        """It was not there before the newest session."""
        return self.evolution == "nouveau"

    @property
    def disparu(self) -> bool:
        """It was there before the newest session, and no longer is."""
        return self.evolution == "disparu"


@dataclass(frozen=True, slots=True)
class Souvenir:
    """What a catalogue that served before said of a vœu or of a formation.

    Attributes:
        formation_id: its formation, itself for a formation; may be empty.
        etablissement, commune: empty for a formation.
        session: newest Parcoursup session of that catalogue.
    """

    id: str
    libelle: str
    formation_id: str
    etablissement: str
    commune: str
    session: int

    @property
    def lieu(self) -> str:
        """Where it was taught: "IUT du Test (Testville)"."""
        return f"{self.etablissement} ({self.commune})" if self.commune else self.etablissement


@dataclass(frozen=True, slots=True)
class Etablissement:
    """Where vœux are taught: one name and place of one UAI.

    Attributes:
        numero: of this catalogue file only, never to be kept.
        uai: empty when not published.
        code_insee: empty when the commune was not recognised.
        lat, lng: degrees, None when the établissement itself is not located.
        nb_voeux: vœux taught there.
    """

    numero: int
    uai: str
    nom: str
    commune: str
    code_insee: str
    departement: str
    academie: str
    region: str
    statut: str
    lat: float | None
    lng: float | None
    nb_voeux: int


@dataclass(frozen=True, slots=True)
class Lycee:
    """A lycée, or one of its sections that has its own UAI.

    Attributes:
        nature: "lycée polyvalent", "section professionnelle"… (``schema.NATURES_LYCEE``).
        public: False = private.
    """

    uai: str
    nom: str
    commune: str
    code_insee: str
    public: bool
    nature: str
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class EdsDoublet:
    """Bacheliers généraux of one pair of spécialités and one family of formations, over one year.

    Attributes:
        specialites: short names of the file, in their own order (``Catalogue.eds_specialites`` gives ids).
        candidats, propositions, acceptations: how many confirmed a vœu, were offered a place, accepted one.
    """

    annee: int
    famille: str
    specialites: tuple[str, str]
    candidats: int
    propositions: int
    acceptations: int


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune or an arrondissement of Paris, Lyon or Marseille."""

    code_insee: str
    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class Metier:
    """An ONISEP métier (``MET.…``); niveau = least level of access in ONISEP's words, empty when unknown."""

    id: str
    libelle: str
    code_rome: str
    niveau: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A domaine (``dom…``), a centre d'intérêt (``ci…``) or another thing a student ticks."""

    id: str
    libelle: str
    categorie: str


@dataclass(frozen=True, slots=True)
class Bac:
    """A bac series with the spécialités that exist in it."""

    id: str
    libelle: str
    specialites: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One search result.

    Attributes:
        genre: ``formation``, ``voeu``, ``metier``, ``etablissement``, ``lycee``, ``commune``,
            ``domaine`` or ``interet``.
        detail: second line for people (commune, type…).
        score: 0..1, best first.
    """

    genre: str
    id: str
    libelle: str
    detail: str
    score: float

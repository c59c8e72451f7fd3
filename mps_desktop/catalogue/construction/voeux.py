"""Vœux: one Parcoursup programme at one établissement, from the admission files of each session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from mps_desktop.catalogue.construction import libelles
from mps_desktop.catalogue.construction.nomenclature import (
    EXCLUDED,
    Nomenclature,
    is_apprentissage,
    is_las,
    las_id,
)
from mps_desktop.catalogue.construction.sources import Row, count, number

ETABLISSEMENT_INCONNU = "Établissement non publié"
LAS = "Licence_Las"
"""Family (fili) of the licences with health option in the admission files."""

_SESSION_CARTE = 2025
_SESSION_LIEUX = 2024
_LP_BY_FAMILY = {
    "LP - Droit-économie-gestion": "fr89000",
    "LP - Sciences - technologies - santé": "fr89100",
    "LP -  Sciences Humaines et Sociales": "fr89200",
}
_REGIONS = {
    # The 2024 and 2025 files name some regions otherwise than the 2023 one.
    "Grand-Est": "Grand Est",
    "Centre": "Centre-Val de Loire",
    "Pays-de-la-Loire": "Pays de la Loire",
    "Réunion": "La Réunion",
    "Nouvelle Aquitaine": "Nouvelle-Aquitaine",
    "Provence Alpes Côte d'Azur": "Provence-Alpes-Côte d'Azur",
    "Provence Alpes Côte d’Azur": "Provence-Alpes-Côte d'Azur",
    "Ile-de-France": "Île-de-France",
}
_ACADEMIES = {"Besancon": "Besançon", "Etranger": "Étranger"}


@dataclass(frozen=True, slots=True)
class Offre:
    """Facts of one programme in one session, as published."""

    session: int
    label: str
    fili: str
    etablissement: str
    uai: str
    commune: str
    departement: str
    academie: str
    region: str
    gps: tuple[float, float] | None
    statut: str
    selectif: bool | None
    capacite: int | None
    candidats: int | None
    propositions: int | None
    admis: int | None
    taux_acces: float | None
    incertain: bool
    ligne: Row


@dataclass(slots=True)
class Programme:
    """One programme over the sessions, newest facts first computed by ``build_programmes``.

    Attributes:
        formation_id: reference formation, None when there is none.
        filiere: Parcoursup filière recognised (``fl…``), empty when unknown.
        famille: type of formation as published in 2023, empty when unknown.
        lieu: établissement and commune, for a programme that no session file locates.
        offres: by session; empty for a programme of the map only.
        sur_la_carte: it is on Parcoursup's map of the newest session.
        dans_les_listes: it is in the list of the programmes of 2023 and 2024.
    """

    id: str
    label: str
    formation_id: str | None = None
    filiere: str = ""
    famille: str = ""
    apprentissage: bool = False
    las: bool = False
    lieu: tuple[str, str] | None = None
    session_sans_offre: int = _SESSION_CARTE
    sur_la_carte: bool = False
    dans_les_listes: bool = False
    offres: dict[int, Offre] = field(default_factory=dict[int, Offre])

    def newest(self) -> list[Offre]:
        """Facts by session, newest first."""
        return [self.offres[session] for session in sorted(self.offres, reverse=True)]

    @property
    def derniere_session(self) -> int:
        """Newest session in which the programme was seen, on the map included."""
        if self.sur_la_carte:
            return max(_SESSION_CARTE, *self.offres) if self.offres else _SESSION_CARTE
        return max(self.offres, default=self.session_sans_offre)

    @property
    def premiere_session(self) -> int:
        """Oldest session of the sources in which the programme was seen."""
        oldest = min(self.offres, default=self.session_sans_offre)
        return min(oldest, _SESSION_LIEUX) if self.dans_les_listes else oldest

    @property
    def evolution(self) -> str:
        """What became of it in the newest session: a word of ``schema.EVOLUTIONS``.

        The files of 2024 and 2025 have no codes: one programme in twelve was not found there again. The
        map and the lists have them, and prevail over that silence. Of a programme in apprenticeship, that
        no admission file counts, nobody can tell whether it is new.
        """
        if self.derniere_session < _SESSION_CARTE:
            return "disparu"
        return "nouveau" if self.premiere_session == _SESSION_CARTE and _SESSION_CARTE in self.offres else ""

    @property
    def capacite(self) -> int | None:
        """Places at the newest session that gives them."""
        return next((offre.capacite for offre in self.newest() if offre.capacite is not None), None)


def read_2023(rows: list[Row]) -> dict[str, Offre]:
    """Complete session 2023 by ``cod_aff_form`` (columns under their technical names)."""
    return {
        row["cod_aff_form"]: Offre(
            session=2023,
            label=row["lib_for_voe_ins"],
            fili=row["fili"],
            etablissement=row["g_ea_lib_vx"],
            uai=row["cod_uai"],
            commune=row["ville_etab"],
            departement=row["dep_lib"],
            academie=row["acad_mies"],
            region=row["region_etab_aff"],
            gps=_gps(row["g_olocalisation_des_formations"]),
            statut=row["contrat_etab"],
            selectif=row["select_form"] == "formation sélective",
            capacite=count(row["capa_fin"]),
            candidats=count(row["voe_tot"]),
            propositions=count(row["prop_tot"]),
            admis=count(row["acc_tot"]),
            taux_acces=number(row["taux_acces_ens"]),
            incertain=False,
            ligne=row,
        )
        for row in rows
    }


def read_2024(rows: list[Row]) -> dict[str, Offre]:
    """Session 2024 (11 columns) by the code that was recovered; rows without code are left out."""
    return {
        row["cod_aff_form_apparie"]: Offre(
            session=2024,
            label=row["Filière de formation"],
            fili="",
            etablissement=row["Établissement"],
            uai="",
            commune=row["Commune de l’établissement"],
            departement=row["Département de l’établissement"],
            academie=row["Académie de l’établissement"],
            region=row["Région de l’établissement"],
            gps=None,
            statut="",
            selectif=None,
            capacite=count(row["Capacité de l’établissement par formation"]),
            candidats=count(row["Effectif total des candidats pour une formation"]),
            propositions=count(
                row["Effectif total des candidats ayant reçu une proposition d’admission de la part de l’établissement"]
            ),
            admis=count(
                row["Effectif total des candidats ayant accepté la proposition de l’établissement (admis)"]
            ),
            taux_acces=number(row["Taux d’accès"]),
            incertain=row["methode_appariement"].endswith("_multi"),
            ligne=row,
        )
        for row in rows
        if row["cod_aff_form_apparie"]
    }  # fmt: skip


def read_2025(rows: list[Row]) -> dict[str, Offre]:
    """Session 2025 (reduced columns) by recovered code. Its taux d’accès is provisional: never read."""
    return {
        row["cod_aff_form_apparie"]: Offre(
            session=2025,
            label=row["filiere_de_formation"],
            fili=row["fili"],
            etablissement=row["etablissement"],
            uai=row["uai"],
            commune="",
            departement="",
            academie=row["academie"],
            region=row["region"],
            gps=_gps(row["gps"]),
            statut=row["statut_public_prive"],
            selectif=row["selectivite"] == "formation sélective",
            capacite=count(row["capacite"]),
            candidats=count(row["candidats_2phases"]),
            propositions=None,
            admis=count(row["admis_2phases"]),
            taux_acces=None,
            incertain=row["methode_appariement"].endswith("_multi"),
            ligne=row,
        )
        for row in rows
        if row["cod_aff_form_apparie"]
    }


def build_programmes(
    sessions: tuple[Mapping[str, Offre], ...],
    filieres_2023: Mapping[str, str],
    carte: Mapping[str, str],
    lieux: Mapping[str, str],
    nomenclature: Nomenclature,
) -> list[Programme]:
    """Programmes with their reference formation, in the order of their codes.

    Args:
        sessions: facts by code, one mapping by session.
        filieres_2023: code -> filière (``fl…``) of 2023, where it is known for sure.
        carte: code -> label on Parcoursup's map of October 2025.
        lieux: code -> "établissement (commune) - formation", MonProjetSup 2024.
        nomenclature: filières and groups.
    """
    programmes: dict[str, Programme] = {}
    for offres in sessions:
        for code, offre in offres.items():
            label = carte.get(code, offre.label)
            programmes.setdefault(code, Programme(f"ta{code}", label)).offres[offre.session] = offre
            programmes[code].label = label
    for code, text in lieux.items():
        if code not in programmes and code in carte:
            programmes[code] = Programme(f"ta{code}", carte[code], lieu=split_lieu(text))
    for code, programme in programmes.items():
        _classify(programme, filieres_2023.get(code, ""), nomenclature)
    formations = {code: text.partition(") - ")[2].strip() for code, text in lieux.items()}
    for code, programme in _find_missing(programmes, formations, nomenclature).items():
        programmes[code] = programme
        programme.lieu = split_lieu(lieux[code])
        programme.session_sans_offre = _SESSION_LIEUX
    programmes.update(_find_missing(programmes, carte, nomenclature))
    for code, programme in programmes.items():
        programme.sur_la_carte = code in carte
        programme.dans_les_listes = code in lieux
    _learn_from_same_uai(programmes)
    return sorted(programmes.values(), key=lambda one: int(one.id[2:]))


def observe_names(
    filieres_2023: Mapping[str, str], carte: Mapping[str, str], nomenclature: Nomenclature
) -> dict[str, list[tuple[str, bool]]]:
    """For every filière of 2023, the filières that the map of 2025 gives to its programmes."""
    observed: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for code, filiere in filieres_2023.items():
        label = carte.get(code)
        found = nomenclature.match(label) if label is not None and not is_las(label) else None
        if found is not None:
            observed[filiere].append(found)
    return observed


def split_lieu(text: str) -> tuple[str, str]:
    """Établissement and commune of "Lycée X (Commune) - Formation"."""
    head, found, _ = text.partition(") - ")
    name, _, commune = head.rpartition(" (")
    return (name, commune) if found and name else (head, "")


def region_name(text: str) -> str:
    """Region under its official name."""
    return libelles.clean(_REGIONS.get(text, text))


def academie_name(text: str) -> str:
    """Académie under its official name."""
    return _ACADEMIES.get(text, text)


def _classify(programme: Programme, filiere: str, nomenclature: Nomenclature) -> None:
    newest = programme.newest()
    programme.famille = next((offre.ligne.get("form_lib_voe_acc", "") for offre in newest if offre.session == 2023), "")
    programme.las = any(offre.fili == LAS for offre in newest) or (
        is_las(programme.label) and not any(offre.fili for offre in newest)
    )
    programme.apprentissage = is_apprentissage(programme.label)
    found = nomenclature.match(programme.label)
    if not filiere and found is not None:
        filiere = found[0]
    programme.filiere = filiere
    if programme.las and filiere:
        mere = nomenclature.reference(filiere)
        programme.formation_id = las_id(mere) if mere.startswith("fl") else None
        return
    reference = nomenclature.reference(filiere) if filiere else nomenclature.reference_of_label(programme.label)
    reference = _LP_BY_FAMILY.get(programme.famille, reference)
    programme.formation_id = None if reference in EXCLUDED else reference


def _find_missing(
    programmes: Mapping[str, Programme], labels: Mapping[str, str], nomenclature: Nomenclature
) -> dict[str, Programme]:
    """Programmes outside the admission files, for the formations that have no vœu yet.

    They are those in apprenticeship only: no file gives their figures.
    """
    served = {programme.formation_id for programme in programmes.values()}
    missing: dict[str, Programme] = {}
    for code, label in labels.items():
        found = None if code in programmes or is_las(label) else nomenclature.match(label)
        if found is None:
            continue
        reference = nomenclature.reference(found[0])
        if reference not in served and reference not in EXCLUDED:
            missing[code] = Programme(f"ta{code}", label, reference, found[0], apprentissage=is_apprentissage(label))
    return missing


def _learn_from_same_uai(programmes: Mapping[str, Programme]) -> None:
    """Give the commune of an établissement to its programmes of a file without communes."""
    known: dict[str, tuple[str, str]] = {}
    for programme in programmes.values():
        uai = next((offre.uai for offre in programme.newest() if offre.uai), "")
        place = next(((o.commune, o.departement) for o in programme.newest() if o.commune), None)
        if uai and place is not None:
            known.setdefault(uai, place)
    for programme in programmes.values():
        if programme.lieu is not None or any(offre.commune for offre in programme.newest()):
            continue
        for offre in programme.newest():
            if offre.uai in known:
                programme.lieu = (offre.etablissement, known[offre.uai][0])
                break


def _gps(text: str) -> tuple[float, float] | None:
    latitude, _, longitude = text.partition(",")
    lat, lng = number(latitude.strip()), number(longitude.strip())
    if lat is None or lng is None or not (-90 <= lat <= 90 and -180 <= lng <= 180) or (lat == 0 and lng == 0):
        return None
    return lat, lng

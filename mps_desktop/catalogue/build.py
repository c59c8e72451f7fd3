"""Build the catalogue from official open data files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mps_desktop.catalogue.construction import (
    admis,
    ambition,
    ecriture,
    fiches,
    formations,
    libelles,
    liens,
    lieux,
    lignes,
    metiers,
    mots,
    moyennes_admis,
    nomenclature,
    positions,
    recherche,
    similitudes,
    sources,
    statistiques,
    voeux,
)
from mps_desktop.catalogue.construction.compaction import degrees_e5
from mps_desktop.catalogue.dataset import engine_tables
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.catalogue.schema import COLONNES_RECHERCHE
from mps_desktop.core.files import make_folder
from mps_desktop.core.paths import find_resources
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import fold

CATALOGUE_NAME = "catalogue.sqlite"
_STEPS = 8

Values = dict[str, object]
Tables = dict[str, list[Values]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built.

    Attributes:
        fichier: the catalogue written.
        octets: its size.
        lignes: number of rows by table.
    """

    fichier: Path
    octets: int
    lignes: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class _Parcoursup:
    """Programmes and reference formations, with what they rest on.

    Attributes:
        lignes: rows read, by session.
        actuelles: reference formations that the newest session offers.
    """

    programmes: list[voeux.Programme]
    references: list[formations.Reference]
    nomenclature: nomenclature.Nomenclature
    lignes: Mapping[int, int]
    actuelles: frozenset[str]


def build_catalogue(sources_folder: Path, target_folder: Path, progress: Progress) -> BuildReport:
    """Build ``catalogue.sqlite`` from the official files found below a folder.

    Two builds from the same files give the same bytes.

    Args:
        sources_folder: folder of the official files, at any depth.
        target_folder: where to write; the file there is replaced at the very end only.
        progress: told of each step; cancelling leaves the old file.

    Raises:
        EnvironmentFault: an official file is missing, or the target cannot be written.
        Cancelled: stopped by the user.
    """
    resources = find_resources()
    progress.step("Recherche des fichiers officiels", 0, _STEPS)
    official = sources.SourceFolder(sources_folder)
    make_folder(target_folder)
    progress.step("Lecture des sessions de Parcoursup", 1, _STEPS)
    parcoursup = _read_parcoursup(official, resources)
    progress.step("Lecture des fiches de l’Onisep", 2, _STEPS)
    tables: Tables = defaultdict(list)
    tables["sources"] = [asdict(source) for source in official.describe()]
    tables["methodes"] = [
        dict(zip(("code", "nature", "session", "texte"), row, strict=True)) for row in statistiques.METHODES
    ]
    elements = _add_elements(tables, resources)
    kept, found, by_filiere = _read_links(official, resources, parcoursup, elements)
    progress.step("Communes", 3, _STEPS)
    tables["communes"] = lieux.commune_values(official.rows(sources.COMMUNES))
    progress.step("Vœux et formations", 4, _STEPS)
    _add_voeux(tables, official, parcoursup)
    _add_formations(tables, parcoursup, found)
    progress.step("Métiers et liens", 5, _STEPS)
    _add_links(tables, kept, found)
    _add_names(tables, official, parcoursup, by_filiere)
    progress.step("Statistiques", 6, _STEPS)
    _add_statistics(tables, official, resources, parcoursup, found)
    progress.step("Écriture du catalogue", 7, _STEPS)
    _add_search(tables, parcoursup, kept)
    target = target_folder / CATALOGUE_NAME
    counts = ecriture.write_catalogue(target, tables, prepare_engine)
    progress.step("Catalogue construit", _STEPS, _STEPS)
    return BuildReport(target, target.stat().st_size, counts)


def read_programmes(official: sources.SourceFolder, resources: Path) -> list[voeux.Programme]:
    """Programmes of every session, as the builder reads them."""
    return _read_parcoursup(official, resources).programmes


def prepare_engine(path: Path) -> Mapping[str, bytes]:
    """Arrays of the engine, worked out from the file as the program will read it."""
    with closing(open_catalogue(path)) as catalogue:
        return engine_tables(catalogue)


def _read_parcoursup(official: sources.SourceFolder, resources: Path) -> _Parcoursup:
    filieres = nomenclature.load_filieres(official.json(sources.FRONT, "frontendData.json")["filieres"])
    names = official.json(sources.FRONT, "frontendData.json")["nomsFilieres"]
    known = nomenclature.Nomenclature(
        filieres,
        official.json(sources.FRONT, "frontendData2.json")["groups"],
        {row["filiere"]: row["reference"] for row in sources.read_own_table(resources, "groupes.csv")},
        {row["libelle"]: row["filiere"] for row in sources.read_own_table(resources, "renommages.csv")},
        names,
    )
    columns = [list(row.values())[1] for row in official.rows(sources.COLONNES)]
    rows_2023 = official.positional_rows(sources.PARCOURSUP_2023, columns)
    offres_2023 = voeux.read_2023(rows_2023)
    codes = {
        row["cod_aff_form"]: f"fl{row['g_fl_cod']}" for row in official.rows(sources.APPARIEMENT) if row["g_fl_cod"]
    }
    carte = _pairs(official.rows(sources.CARTE))
    places = _pairs(official.rows(sources.LIBELLES))
    ordinary = {code: one for code, one in codes.items() if code in offres_2023 and offres_2023[code].fili != voeux.LAS}
    known.add_successions(nomenclature.find_successions(voeux.observe_names(ordinary, carte, known), known.filieres))
    rows_2024, rows_2025 = official.rows(sources.PARCOURSUP_2024), official.rows(sources.PARCOURSUP_2025)
    programmes = voeux.build_programmes(
        (offres_2023, voeux.read_2024(rows_2024), voeux.read_2025(rows_2025)),
        codes,
        carte,
        places,
        known,
    )
    on_map = (known.match(label) for label in sorted(set(carte.values())))
    seen = {one.filiere for one in programmes} | {found[0] for found in on_map if found is not None} | set(names)
    own = {row["id"]: row for row in sources.read_own_table(resources, "formations.csv")}
    references = formations.build_references(programmes, frozenset(seen), known, own)
    lignes_par_session = {2023: len(rows_2023), 2024: len(rows_2024), 2025: len(rows_2025)}
    actuelles = formations.still_offered(references, carte.values(), known)
    return _Parcoursup(programmes, references, known, lignes_par_session, actuelles)


def _add_elements(tables: Tables, resources: Path) -> dict[str, str]:
    for name in ("elements", "bacs"):
        tables[name] = [
            {"rang": rang, **row} for rang, row in enumerate(sources.read_own_table(resources, f"{name}.csv"))
        ]
    tables["specialites"] = [dict(row) for row in sources.read_own_table(resources, "specialites.csv")]
    ranks: dict[str, int] = defaultdict(int)
    for row in sources.read_own_table(resources, "bacs_specialites.csv"):
        tables["bacs_specialites"].append(
            {"bac_id": row["bac"], "rang": ranks[row["bac"]], "specialite_id": row["specialite"]}
        )
        ranks[row["bac"]] += 1
    atomes = sources.read_own_table(resources, "atomes.csv")
    tables["atomes"] = [
        {"id": row["id"], "genre": row["genre"], "libelle": row["libelle"], "element_id": row["element"]}
        for row in atomes
    ]
    return {row["id"]: row["element"] for row in atomes}


def _read_links(
    official: sources.SourceFolder, resources: Path, parcoursup: _Parcoursup, elements: Mapping[str, str]
) -> tuple[list[metiers.FicheMetier], liens.Liens, dict[str, list[liens.FicheFormation]]]:
    by_name = {
        fold(row["libelle"]): row["id"]
        for row in sources.read_own_table(resources, "atomes.csv")
        if row["genre"] == "domaine"
    }
    lues = liens.read_fiches(official.xml_elements(sources.FICHES_FORMATIONS, "formation"))
    superieur = frozenset(fiche.id for fiche in lues.values() if fiche.post_bac)
    known = metiers.read_fiches(official.xml_elements(sources.FICHES_METIERS, "metier"), superieur)
    columns = {"libelle": "libelle_metier", "lien": "lien_site_onisepfr", "rome": "code_rome"}
    metiers.add_list(
        known, official.json(sources.METIERS_2024), {**columns, "domaines": "domainesous-domaine"}, by_name
    )
    columns = {"libelle": "libelle", "lien": "url_onisep", "rome": "codes_rome", "domaines": "domaine"}
    metiers.add_list(known, official.json(sources.METIERS_2026), columns, by_name)
    front = official.json(sources.FRONT, "frontendData2.json")
    metiers.add_front(known, front["metiers"]["metiers"], by_name)
    by_filiere = liens.link_fiches(
        parcoursup.references, lues, official.json(sources.FRONT, "frontendData.json")["liensOnisep"],
        parcoursup.nomenclature,
    )  # fmt: skip
    linked = frozenset(one for found in by_filiere.values() for fiche in found for one in fiche.metiers)
    kept = metiers.keep_post_bac(known, linked)
    romes: dict[str, list[str]] = defaultdict(list)
    for row in sources.read_own_table(resources, "interets_rome.csv"):
        romes[row["atome"]].append(row["code_rome"])
    heritages = [(row["mot"], row["source"]) for row in sources.read_own_table(resources, "heritages.csv")]
    ajoutes = [(row["formation"], row["source"]) for row in sources.read_own_table(resources, "liens_metiers.csv")]
    found = liens.build_liens(
        parcoursup.references, kept, by_filiere, front["liensMetiersFormations"], elements, romes, heritages, ajoutes
    )
    return kept, found, by_filiere


def _add_voeux(tables: Tables, official: sources.SourceFolder, parcoursup: _Parcoursup) -> None:
    lycees = positions.lycee_values(official.rows(sources.LYCEES))
    finder = lieux.CommuneFinder(tables["communes"], (str(one["code_insee"]) for one in lycees))
    known = positions.official_positions(lycees, official.rows(sources.SUPERIEUR))
    tables["positions"] = [{"uai": uai, "lat": lat, "lng": lng} for uai, (lat, lng) in known.items()]
    tables["voeux"] = lignes.voeu_values(parcoursup.programmes, finder)
    positions.place_voeux(tables["voeux"], known, {str(one["code_insee"]): one for one in tables["communes"]})
    tables["lycees"] = [{**one, "lat": degrees_e5(one["lat"]), "lng": degrees_e5(one["lng"])} for one in lycees]
    tables["appariements"] = [
        {
            "session": session,
            "lignes": total,
            "avec_code": sum(session in one.offres for one in parcoursup.programmes),
        }
        for session, total in parcoursup.lignes.items()
    ]
    tables["voeux_sessions"] = lignes.session_values(parcoursup.programmes)
    tables["voeux_bacs"] = lignes.bac_values(parcoursup.programmes)
    tables["voeux_admis"] = lignes.admis_values(parcoursup.programmes)


def _add_formations(tables: Tables, parcoursup: _Parcoursup, found: liens.Liens) -> None:
    known = parcoursup.nomenclature
    for one in parcoursup.references:
        tables["formations"].append(
            {
                "id": one.id, "libelle": one.libelle, "type": one.type, "type_libelle": one.type_libelle,
                "duree": one.duree, "apprentissage": int(one.apprentissage), "las": one.las,
                "capacite": one.capacite, "nb_voeux": len(one.programmes),
                "disparue": int(one.id not in parcoursup.actuelles),
            }
        )  # fmt: skip
        mps_id = known.mps_reference(one.id)
        if one.las is None and mps_id != one.id:
            tables["formations_mps"].append({"formation_id": one.id, "mps_id": mps_id})
        for rang, psup in enumerate(one.psup):
            filiere = known.filieres.get(psup)
            libelle = filiere.libelle if filiere is not None else one.libelle
            tables["formations_psup"].append(
                {"formation_id": one.id, "rang": rang, "psup_id": psup, "libelle": libelles.clean(libelle)}
            )
        for name, column, ids in (
            ("formations_domaines", "domaine_id", found.domaines[one.id]),
            ("formations_metiers", "metier_id", found.metiers[one.id]),
        ):
            tables[name].extend({"formation_id": one.id, "rang": rang, column: value} for rang, value in enumerate(ids))


def _add_links(tables: Tables, kept: list[metiers.FicheMetier], found: liens.Liens) -> None:
    tables["metiers"] = [
        {
            "id": one.id,
            "libelle": one.libelle,
            "code_rome": one.romes[0] if one.romes else "",
            "niveau": one.niveau,
        }
        for one in kept
    ]
    for genre, edges in found.aretes.items():
        tables["aretes"].extend(
            {"genre": genre, "rang": rang, "source": source, "cible": cible}
            for rang, (source, cible) in enumerate(edges)
        )


def _add_names(
    tables: Tables,
    official: sources.SourceFolder,
    parcoursup: _Parcoursup,
    by_filiere: Mapping[str, list[liens.FicheFormation]],
) -> None:
    front = official.json(sources.FRONT, "frontendData.json")
    finder = fiches.FicheFinder(
        by_filiere, front["liensOnisep"], official.json(sources.FORMATIONS_2026), parcoursup.nomenclature
    )
    labels = {str(row["id"]): str(row["libelle"]) for row in tables["metiers"]}
    of_formation: dict[str, list[str]] = defaultdict(list)
    for row in tables["formations_metiers"]:
        of_formation[str(row["formation_id"])].append(labels[str(row["metier_id"])])
    for one in parcoursup.references:
        tables["formations_fiches"].extend(
            {"formation_id": one.id, "rang": rang, "psup_id": psup, "fiche_id": fiche}
            for rang, (psup, fiche) in enumerate(finder.of_reference(one))
        )
        titles = [fiche.libelle for psup in one.psup for fiche in by_filiere.get(psup, [])]
        names = mots.names_of(one, front["filieres"], titles, of_formation[one.id])
        tables["formations_mots"].extend(
            {"formation_id": one.id, "rang": rang, "mot": name} for rang, name in enumerate(names)
        )


def _add_statistics(
    tables: Tables,
    official: sources.SourceFolder,
    resources: Path,
    parcoursup: _Parcoursup,
    found: liens.Liens,
) -> None:
    short_names: dict[str, list[str]] = defaultdict(list)
    for row in sources.read_own_table(resources, "eds_specialites.csv"):
        short_names[row["nom"]].append(row["specialite"])
    families = {row["cle"]: row["famille"] for row in sources.read_own_table(resources, "eds_familles.csv")}
    eds_rows = official.rows(sources.EDS)
    shares = statistiques.shares_by_eds_family(eds_rows, short_names)
    tables["eds_doublets"] = statistiques.eds_doublet_values(eds_rows)
    tables["specialites_eds"] = [
        {"nom": name, "rang": rang, "specialite_id": one}
        for name, ids in short_names.items()
        for rang, one in enumerate(ids)
    ]
    profiles = statistiques.profiles_by_eds_family(eds_rows)
    nationales = moyennes_admis.national_distributions(official.rows(sources.MOYENNES))
    tables["repartitions"] = moyennes_admis.repartition_values(nationales)
    traits: dict[str, similitudes.Traits] = {}
    for one in parcoursup.references:
        known = admis.admitted(one)
        if known is not None:
            tables["stats_admis"] += admis.admis_values(one.id, known)
            tables["stats_percentiles"] += admis.percentile_values(one.id, known, nationales)
        family = statistiques.eds_family(one, families)
        tables["formations_eds"].append({"formation_id": one.id, "famille": family})
        tables["stats_specialites"].extend(
            {"formation_id": one.id, "specialite_id": specialite, "pct": pct}
            for specialite, pct in shares.get(family, {}).items()
        )
        own_family = family not in statistiques.FAMILLES_GENERALES
        traits[one.id] = similitudes.Traits(
            metiers=frozenset(found.metiers[one.id]),
            domaines=frozenset(found.domaines[one.id]),
            mots=similitudes.label_words(one.libelle),
            eds=profiles.get(family, {}) if own_family else {},
        )
    for one, others in similitudes.similar_formations(traits).items():
        tables["stats_similaires"].extend(
            {"formation_id": one, "autre_id": other, "score": score} for other, score in others.items()
        )
    bacs = {row["id"] for row in tables["bacs"]}
    for bac, parts in statistiques.national_averages(official.rows(sources.MOYENNES)).items():
        if bac in bacs:
            tables["moyennes"].extend({"bac": bac, "rang": rang, "part": part} for rang, part in enumerate(parts))
    for (niveau, cle, type_bac), (taux, candidats) in statistiques.parent_rates(parcoursup.programmes).items():
        tables["taux_parents"].append(
            {"niveau": niveau, "cle": cle, "type_bac": type_bac, "taux": taux, "candidats": candidats}
        )
    fitted = ambition.fit_catalogue(parcoursup.programmes, official, resources)
    tables["tableaux"].append({"nom": ambition.TABLEAU, "contenu": fitted})


def _add_search(tables: Tables, parcoursup: _Parcoursup, kept: list[metiers.FicheMetier]) -> None:
    rows = [
        *recherche.formation_rows(parcoursup.references),
        *recherche.metier_rows(kept),
        *recherche.element_rows(tables["elements"]),
    ]
    tables["recherche"] = [dict(zip(COLONNES_RECHERCHE, row, strict=True)) for row in rows]


def _pairs(rows: list[sources.Row]) -> dict[str, str]:
    """First two columns of a file: code -> label."""
    pairs: dict[str, str] = {}
    for row in rows:
        code, label = list(row.values())[:2]
        pairs[code] = label
    return pairs

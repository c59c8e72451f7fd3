"""Links between formations, métiers, domaines and interests: the edge lists of the engine."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.liens_ajoutes import add_metiers
from mps_desktop.catalogue.construction.metiers import FicheMetier, metier_id
from mps_desktop.catalogue.construction.nomenclature import PARCOURS_SANTE, Nomenclature
from mps_desktop.core.text import fold

Arete = tuple[str, str]

_FOR = re.compile(r"FOR\.\d+")
_SAME_WORDS = (
    # How ONISEP and Parcoursup write the beginning of the same diploma, folded.
    ("certificat de specialisation agricole ", "cs "),
    ("certificat de specialisation ", "mc "),
    ("mention complementaire ", "mc "),
    ("formation professionnelle titre professionnel ", "tp "),
    ("formation professionnelle ", "tp "),
    ("dn made ", "dn made mention "),
    ("licence ", "licence mention "),
    ("de ", "diplome d etat d "),
)


@dataclass(frozen=True, slots=True)
class FicheFormation:
    """What ONISEP says of one formation."""

    id: str
    libelle: str
    post_bac: bool
    metiers: tuple[str, ...]
    atomes: tuple[str, ...]


@dataclass(slots=True)
class Liens:
    """Edge lists by genre (``schema.GENRES_ARETES``), and what screens list of a formation."""

    aretes: dict[str, list[Arete]] = field(default_factory=dict[str, list[Arete]])
    metiers: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    domaines: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def read_fiches(elements: Iterable[Element]) -> dict[str, FicheFormation]:
    """Formations of the XML fiches, by FOR id."""
    fiches: dict[str, FicheFormation] = {}
    for element in elements:
        identifier = (element.findtext("identifiant") or "").strip()
        if not identifier:
            continue
        level = (element.findtext("niveau_etudes/libelle") or "").strip()
        fiches[identifier] = FicheFormation(
            identifier,
            (element.findtext("libelle_complet") or "").strip(),
            level.startswith("Bac +"),
            tuple((node.text or "").strip() for node in element.findall("metiers_formation/metier/id")),
            tuple((node.text or "").strip() for node in element.findall("sous_domaines_web/sous_domaine_web/id")),
        )
    return fiches


def link_fiches(
    references: list[Reference],
    fiches: Mapping[str, FicheFormation],
    liens_onisep: Mapping[str, str],
    nomenclature: Nomenclature,
) -> dict[str, list[FicheFormation]]:
    """ONISEP fiches of each Parcoursup filière: by MonProjetSup's address, else by the same name."""
    by_name = {fold(fiche.libelle): fiche for fiche in fiches.values()}
    found: dict[str, list[FicheFormation]] = {}
    for reference in references:
        if reference.las is not None:
            continue
        for psup in reference.psup:
            slug = _FOR.search(liens_onisep.get(psup, ""))
            if slug is not None and slug[0] in fiches:
                found[psup] = [fiches[slug[0]]]
        if not any(psup in found for psup in reference.psup):
            names = possible_names(reference, nomenclature)
            same = [by_name[name] for name in names if name in by_name]
            if same:
                found[reference.id] = same[:1]
    return found


def build_liens(
    references: list[Reference],
    metiers: list[FicheMetier],
    fiches: Mapping[str, list[FicheFormation]],
    front: Mapping[str, list[str]],
    elements: Mapping[str, str],
    interets_rome: Mapping[str, list[str]],
    heritages: Sequence[tuple[str, str]],
    ajoutes: Sequence[tuple[str, str]] = (),
) -> Liens:
    """Every edge list, without duplicates, restricted to known ids.

    Args:
        references: reference formations.
        metiers: métiers kept.
        fiches: psup id -> ONISEP fiches.
        front: métier -> Parcoursup formations, from MonProjetSup.
        elements: atom -> element (``dom…`` or ``ci…``).
        interets_rome: interest atom -> ROME codes, our own table.
        heritages: our own table, (folded words of a label, formation or domaine to inherit from), for the
            formations that no source links to a métier.
        ajoutes: our own table of links that the sources leave out (``liens_ajoutes``).
    """
    known = {fiche.id for fiche in metiers}
    own = _psup_of(references)
    psup_metiers = _collect_metiers(own, fiches, front, known)
    _add_same_names(references, psup_metiers, metiers)
    _inherit(references, psup_metiers, heritages)
    add_metiers(references, psup_metiers, ajoutes, known)
    liens = Liens()
    joined = _join_references(references, psup_metiers)
    atomes = {fiche.id: [one for one in fiche.atomes if one in elements] for fiche in metiers}
    domaines = _collect_domaines(references, fiches, joined, atomes, elements)
    for one in references:
        if one.id not in domaines:
            added = [source for source in _sources_of(one, heritages) if source.startswith("dom")]
            if added:
                domaines[one.id] = added
    liens.metiers = joined
    liens.domaines = _elements_by_formation(references, domaines, elements)
    liens.aretes = {
        "formation_metier": _pairs(joined),
        "interet_metier": _interet_edges(metiers, elements, interets_rome),
        "formation_domaine": _pairs(domaines),
        "domaine_metier": [(atome, fiche.id) for fiche in metiers for atome in atomes[fiche.id]],
        "metier_associe": [(fiche.id, one) for fiche in metiers for one in fiche.associes if one in known],
        "formation_psup_to_mps": _group_edges(references),
        "las_to_generic": [(one.id, one.las) for one in references if one.las is not None],
        "las_to_pass": [(one.id, PARCOURS_SANTE) for one in references if one.las is not None],
        "atome_element": sorted(elements.items()),
        "metier_formation": [(metier, psup) for psup in sorted(psup_metiers) for metier in psup_metiers[psup]],
    }
    for genre, edges in liens.aretes.items():
        liens.aretes[genre] = sorted(set(edges), key=_edge_key)
    return liens


def _add_same_names(
    references: list[Reference], psup_metiers: dict[str, list[str]], metiers: list[FicheMetier]
) -> None:
    """Link a professional title to the métier that has its name."""
    by_name: dict[str, str] = {}
    for fiche in metiers:
        for name in (*fiche.libelle.split(" / "), *fiche.synonymes):
            by_name.setdefault(fold(name), fiche.id)
    for one in references:
        name = _bare_name(one.libelle.rpartition(" - ")[2])
        if one.las is None and not _has_metier(one, psup_metiers) and name in by_name:
            psup_metiers[one.id] = [by_name[name]]


def _inherit(
    references: list[Reference], psup_metiers: dict[str, list[str]], heritages: Sequence[tuple[str, str]]
) -> None:
    """Give the métiers of a close formation to those that have none."""
    joined = _join_references(references, psup_metiers)
    for one in references:
        if one.las is None and not _has_metier(one, psup_metiers):
            found = [metier for source in _sources_of(one, heritages) for metier in joined.get(source, [])]
            if found:
                psup_metiers[one.id] = list(dict.fromkeys(found))


def _has_metier(one: Reference, psup_metiers: Mapping[str, list[str]]) -> bool:
    return any(psup_metiers.get(psup) for psup in one.psup)


def _sources_of(one: Reference, heritages: Sequence[tuple[str, str]]) -> list[str]:
    label = fold(one.libelle)
    return [source for words, source in heritages if words in label and source != one.id]


def _bare_name(label: str) -> str:
    return fold(re.sub(r"\(?\s*bac\s*\+\s*\d\)?|\(.*?\)|en apprentissage", "", label, flags=re.IGNORECASE))


def possible_names(reference: Reference, nomenclature: Nomenclature) -> list[str]:
    """Folded names under which ONISEP may know a formation, the likeliest first."""
    labels = [
        reference.libelle,
        *(nomenclature.filieres[one].libelle for one in reference.psup if one in nomenclature.filieres),
    ]
    names: list[str] = []
    for label in labels:
        name = _bare_name(label)
        names.append(name)
        names += [new + name.removeprefix(old) for old, new in _SAME_WORDS if name.startswith(old)]
        names += [prefix + name for prefix in ("tp ", "cs ", "mc ", "bts ", "btsa ")]
    return names


def _psup_of(references: list[Reference]) -> dict[str, str]:
    return {psup: one.id for one in references if one.las is None for psup in one.psup}


def _collect_metiers(
    own: Mapping[str, str],
    fiches: Mapping[str, list[FicheFormation]],
    front: Mapping[str, list[str]],
    known: set[str],
) -> dict[str, list[str]]:
    collected: dict[str, list[str]] = defaultdict(list)
    for psup, found in fiches.items():
        for fiche in found:
            collected[psup] += [one for one in fiche.metiers if one in known and one not in collected[psup]]
    for key in sorted(front):
        metier = metier_id(key)
        for psup in front[key]:
            if psup in own and metier in known and metier not in collected[psup]:
                collected[psup].append(metier)
    return dict(collected)


def _join_references(references: list[Reference], psup_metiers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {}
    for one in references:
        ids = [metier for psup in one.psup for metier in psup_metiers.get(psup, [])]
        joined[one.id] = list(dict.fromkeys(ids))
    for one in references:
        if one.las is not None:
            joined[one.id] = list(dict.fromkeys(joined.get(one.las, []) + joined.get(PARCOURS_SANTE, [])))
    return joined


def _collect_domaines(
    references: list[Reference],
    fiches: Mapping[str, list[FicheFormation]],
    joined: Mapping[str, list[str]],
    atomes: Mapping[str, list[str]],
    elements: Mapping[str, str],
) -> dict[str, list[str]]:
    """Atoms of every formation: its fiches', else those that at least half of its main métiers share."""
    collected: dict[str, list[str]] = {}
    for one in references:
        if one.las is not None:
            continue
        direct = {
            psup: [atome for fiche in fiches.get(psup, []) for atome in fiche.atomes if atome in elements]
            for psup in one.psup
        }
        if any(direct.values()):
            collected.update({psup: list(dict.fromkeys(found)) for psup, found in direct.items() if found})
            continue
        counted = Counter(atome for metier in joined[one.id] for atome in atomes.get(metier, []))
        if counted:
            most = max(counted.values())
            collected[one.id] = sorted(atome for atome, times in counted.items() if times >= most / 2)
    return collected


def _elements_by_formation(
    references: list[Reference], domaines: Mapping[str, list[str]], elements: Mapping[str, str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in references:
        counted = Counter(elements.get(atome, atome) for psup in one.psup for atome in domaines.get(psup, []))
        found[one.id] = sorted(counted, key=lambda element: (-counted[element], int(element[3:])))
    for one in references:
        if one.las is not None:
            found[one.id] = list(dict.fromkeys(found.get(one.las, []) + found.get(PARCOURS_SANTE, [])))
    return found


def _interet_edges(
    metiers: list[FicheMetier], elements: Mapping[str, str], interets_rome: Mapping[str, list[str]]
) -> list[Arete]:
    edges = [(atome, fiche.id) for fiche in metiers for atome in fiche.interets if atome in elements]
    for atome, codes in interets_rome.items():
        edges += [(atome, fiche.id) for fiche in metiers if any(code in codes for code in fiche.romes)]
    return edges


def _group_edges(references: list[Reference]) -> list[Arete]:
    edges: list[Arete] = []
    for one in references:
        if one.las is None and len(one.psup) > 1:
            edges += [(psup, one.id) for psup in one.psup]
    return edges


def _pairs(values: Mapping[str, list[str]]) -> list[Arete]:
    return [(key, value) for key in values for value in values[key]]


def _edge_key(edge: Arete) -> tuple[tuple[str, int], tuple[str, int]]:
    return _natural(edge[0]), _natural(edge[1])


def _natural(identifier: str) -> tuple[str, int]:
    digits = re.search(r"\d+$", identifier)
    return (identifier[: digits.start()], int(digits[0])) if digits is not None else (identifier, 0)

"""Official files -> fiches: which file it is, by what it contains, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element

from mps_desktop.catalogue.fiches.blocs import read_blocs, safe_url
from mps_desktop.catalogue.fiches.lecture import Membre, open_members, read_json, read_xml, unknown
from mps_desktop.catalogue.fiches.records import (
    NATURE_FORMATIONS,
    NATURE_METIERS,
    NATURE_MPS,
    Bloc,
    FicheLue,
    Lien,
    LotLu,
    Section,
)
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import typography

_ROOTS = {"formations": NATURE_FORMATIONS, "metiers": NATURE_METIERS}
_FICHE_FORMATION = "https://www.onisep.fr/http/redirection/formation/slug/"
_FICHE_METIER = "https://www.onisep.fr/http/redirection/metier/slug/"
_ID = re.compile(r"^(FOR|MET)\.\d+$")
_FOR = re.compile(r"FOR\.\d+")
_PSUP = re.compile(r"^(fl|fr)\d+$")
_SALAIRE = re.compile(r"salaire", re.IGNORECASE)
_STEP = 200
_MPS_KEYS = ("eds", "liensOnisep")
_TERMINALES = "terminales"
_SECTIONS_FORMATION = (
    ("descriptif_format_court", "description"),
    ("descriptif_acces", "acces"),
    ("attendus", "attendus"),
    ("descriptif_poursuite_etudes", "poursuites"),
)
_SECTIONS_METIER = (
    ("accroche_metier", "accroche"),
    ("nature_travail", "nature"),
    ("condition_travail", "conditions"),
    ("competences", "competences"),
    ("acces_metier", "acces"),
)


def read_official(path: Path, progress: Progress) -> tuple[LotLu, ...]:
    """Everything that one official file holds; MonProjetSup's members are put together.

    Raises:
        EnvironmentFault: absent, damaged, too big, or not one of those expected.
        Cancelled: the user stopped it.
    """
    lots: list[LotLu] = []
    parts: list[Mapping[str, Any]] = []
    jours: list[str] = []
    with open_members(path) as (members, digest):
        for member in members:
            if member.genre == "json":
                progress.step(f"Lecture de {path.name}")
                read = read_json(member)
                if any(isinstance(read.get(key), dict) for key in _MPS_KEYS):
                    parts.append(read)
                    jours.append(member.jour)
            else:
                lot = _read_onisep(member, path.name, digest, progress)
                if lot is not None:
                    lots.append(lot)
    if parts:
        lots.append(_mps(parts, max(jours), path.name, digest))
    kept = tuple(lot for lot in lots if lot.fiches or lot.correspondances)
    if not kept:
        raise unknown(path.name)
    return kept


def _read_onisep(member: Membre, fichier: str, digest: str, progress: Progress) -> LotLu | None:
    """Fiches of an XML member, None when its root says that it is something else."""
    fiches: dict[str, FicheLue] = {}
    newest = ""
    nature: str | None = None
    elements = read_xml(member)
    for number, (root, element) in enumerate(elements):
        if number % _STEP == 0:
            progress.step(f"Lecture de {fichier}", number)
        nature = _ROOTS.get(root)
        if nature is None:
            return None
        identifier = _text(element, "identifiant")
        if not _ID.match(identifier):
            continue
        fiches[identifier] = _formation(element) if nature == NATURE_FORMATIONS else _metier(element)
        newest = max(newest, _french_day(_text(element, "modification_date")))
    if nature is None:
        return None
    return LotLu(nature, fichier, member.jour or newest, digest, tuple(fiches.values()))


def _formation(element: Element) -> FicheLue:
    identifier = _text(element, "identifiant")
    sections, links = _sections(element, _SECTIONS_FORMATION)
    follow = [
        typography(name)
        for node in element.findall("poursuites_etudes/poursuite_etudes/formation_poursuite_Etudes")
        if (name := (node.text or "").strip())
    ]
    if follow:
        sections = _append(sections, "poursuites", [Bloc("puce", name) for name in dict.fromkeys(follow)])
    level = typography(_text(element, "niveau_etudes/libelle"))
    length = _text(element, "duree_formation")
    facts = [
        *([Bloc("paragraphe", f"Durée\u202f: {typography(length)}.")] if length else []),
        *([Bloc("paragraphe", f"Niveau d’études visé\u202f: {level}.")] if level else []),
    ]
    if facts:
        sections = (*sections, Section("niveau", tuple(facts)))
    links = [
        Lien("Fiche de l’Onisep", _FICHE_FORMATION + identifier),
        *_addressed((("Fiche de la certification", _text(element, "url")),)),
        *_addressed(
            ("Site cité par l’Onisep", (n.text or "").strip()) for n in element.findall("sources_numeriques/source")
        ),
        *links,
    ]
    return FicheLue(identifier, _text(element, "libelle_complet"), sections, _unique(links))


def _metier(element: Element) -> FicheLue:
    identifier = _text(element, "identifiant")
    sections, links = _sections(element, _SECTIONS_METIER)
    if all(section.code != "nature" for section in sections):  # the short text stands for the long one
        for node in element.findall("formats_courts/format_court/descriptif"):
            blocs, more = read_blocs(node.text or "")
            if blocs and all(section.blocs != blocs for section in sections):
                sections = (*sections, Section("nature", blocs))
                links += more
                break
    level = typography(_text(element, "niveau_acces_min/libelle"))
    if level:
        sections = (*sections, Section("niveau", (Bloc("paragraphe", level),)))
    blocs, more = read_blocs(_text(element, "vie_professionnelle"))
    sections = (*sections, *_working_life(blocs))
    links = [
        Lien("Fiche de l’Onisep", _FICHE_METIER + identifier),
        *_addressed(
            (_text(node, "commentaire") or "Site cité par l’Onisep", _text(node, "valeur"))
            for node in element.findall("sources_numeriques/source")
        ),
        *links,
        *more,
    ]
    return FicheLue(identifier, _text(element, "nom_metier"), sections, _unique(links))


def _working_life(blocs: tuple[Bloc, ...]) -> tuple[Section, ...]:
    """Pay apart from the rest: everything under a heading that says « salaire »."""
    pay: list[Bloc] = []
    rest: list[Bloc] = []
    current = rest
    for bloc in blocs:
        if bloc.genre == "titre":
            current = pay if _SALAIRE.search(bloc.texte) else rest
            if current is pay:
                continue
        current.append(bloc)
    return tuple(Section(code, tuple(found)) for code, found in (("salaire", pay), ("insertion", rest)) if found)


def _mps(parts: Iterable[Mapping[str, Any]], jour: str, fichier: str, digest: str) -> LotLu:
    """Attendus, advice on spécialités and links of MonProjetSup, by Parcoursup id."""
    sections: dict[str, list[Section]] = {}
    links: dict[str, list[Lien]] = {}
    pairs: dict[str, str] = {}
    for part in parts:
        for psup, texts in _table(part, "eds").items():
            if not _PSUP.match(psup) or not isinstance(texts, dict):
                continue
            for key, code in (("attendus", "attendus"), ("recoEDS", "conseils")):
                blocs, more = read_blocs(_string(cast("Mapping[str, Any]", texts), key))
                if blocs:
                    sections.setdefault(psup, []).append(Section(code, blocs))
                    links.setdefault(psup, []).extend(more)
        for psup, address in _table(part, "liensOnisep").items():
            if not _PSUP.match(psup) or not isinstance(address, str):
                continue
            if (slug := _FOR.search(address)) is not None:
                pairs[psup] = slug[0]
            url = safe_url(address.replace("http://", "https://", 1))
            if url and _TERMINALES not in url:  # that site of one past campaign is closed
                links.setdefault(psup, []).append(Lien("Page de l’Onisep", url))
    fiches = tuple(
        FicheLue(psup, "", tuple(sections.get(psup, ())), _unique(links.get(psup, [])))
        for psup in sorted({*sections, *links})
    )
    return LotLu(NATURE_MPS, fichier, jour, digest, fiches, tuple(sorted(pairs.items())))


def _sections(element: Element, wanted: Iterable[tuple[str, str]]) -> tuple[tuple[Section, ...], list[Lien]]:
    sections: list[Section] = []
    links: list[Lien] = []
    for tag, code in wanted:
        blocs, more = read_blocs(_text(element, tag))
        if blocs:
            sections.append(Section(code, blocs))
            links += more
    return tuple(sections), links


def _append(sections: tuple[Section, ...], code: str, blocs: list[Bloc]) -> tuple[Section, ...]:
    """Blocks added at the end of a section, which is created when needed."""
    if any(section.code == code for section in sections):
        return tuple(
            Section(section.code, (*section.blocs, *blocs)) if section.code == code else section for section in sections
        )
    return (*sections, Section(code, tuple(blocs)))


def _addressed(pairs: Iterable[tuple[str, str]]) -> list[Lien]:
    return [Lien(typography(" ".join(name.split())), url) for name, address in pairs if (url := safe_url(address))]


def _unique(links: list[Lien]) -> tuple[Lien, ...]:
    """The first name given to each address."""
    return tuple({link.url: link for link in reversed(links)}[url] for url in dict.fromkeys(link.url for link in links))


def _table(part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = part.get(key)
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}


def _string(texts: Mapping[str, Any], key: str) -> str:
    found = texts.get(key)
    return found if isinstance(found, str) else ""


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _french_day(text: str) -> str:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return ""

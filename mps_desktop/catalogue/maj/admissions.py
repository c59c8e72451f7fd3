"""Put a complete admission file of Parcoursup onto the catalogue. Pure: rows in, rows out.

What the catalogue knows of a vœu stays (its formation, its history); the file adds its session, and its
newer facts win. No vœu is ever removed: one that the newest complete file does not have is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mps_desktop.catalogue.construction import (
    admis,
    libelles,
    lignes,
    moyennes_admis,
    nomenclature,
    positions,
    statistiques,
    voeux,
)
from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.lieux import CommuneFinder
from mps_desktop.catalogue.construction.sources import Row
from mps_desktop.catalogue.maj.offre import DISPARU
from mps_desktop.catalogue.maj.rattachement import Rattachement
from mps_desktop.catalogue.maj.tables import Tables, Values
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import typography

SESSION_DES_CALCULS = 2023
"""Session under which the builder reads a complete file: another complete one takes its place there."""

_LEAST_COVER = 0.7
"""Share of the published vœux of the catalogue that a complete file of another session must hold (90 % in fact)."""


@dataclass(frozen=True, slots=True)
class BilanAdmissions:
    """What a session changed. Ids of vœux, in the order of their codes.

    Attributes:
        connus: vœux already in the catalogue that the file has.
        nouveaux: vœux that it did not have.
        sans_formation: those of the new ones that no reference formation stands for.
        absents: vœux of the catalogue, once published, that the file does not have.
        plus_recente: no session of the catalogue is newer.
        ignores: vœux of an older session that the catalogue does not know: they are no news.
        recente: newest session of the catalogue before it.
    """

    session: int
    connus: tuple[str, ...]
    nouveaux: tuple[str, ...]
    sans_formation: tuple[str, ...]
    absents: tuple[str, ...]
    plus_recente: bool
    ignores: tuple[str, ...] = ()
    recente: int = 0


def apply_admissions(tables: Tables, rows: Sequence[Row], session: int) -> tuple[Tables, BilanAdmissions]:
    """Tables with one more session, or with one session known better.

    Args:
        tables: plain rows of the catalogue, left as they are.
        rows: complete file, under the technical names.

    Raises:
        EnvironmentFault: it holds too few of the known vœux to be complete.
    """
    offres = {code: replace(one, session=session) for code, one in voeux.read_2023(list(rows)).items()}
    known = {str(row["id"]): row for row in tables["voeux"]}
    published = {str(row["voeu_id"]) for row in tables["voeux_sessions"]}
    inside = {f"ta{code}" for code in offres}
    _check_cover(inside, published, session)
    newest = max((int(str(row["session"])) for row in tables["voeux_sessions"]), default=0)
    programmes = _programmes(offres, known, tables)
    ignores = () if session >= newest else tuple(one.id for one in programmes if one.id not in known)
    # What only an older session offers is not new, and nobody can ask for it any more.
    programmes = [one for one in programmes if one.id not in set(ignores)]
    absents = sorted(published - inside, key=_number)
    bilan = BilanAdmissions(
        session=session,
        connus=tuple(one.id for one in programmes if one.id in known),
        nouveaux=tuple(one.id for one in programmes if one.id not in known),
        sans_formation=tuple(one.id for one in programmes if one.id not in known and one.formation_id is None),
        absents=tuple(absents),
        plus_recente=session >= newest,
        ignores=ignores,
        recente=newest,
    )
    updated: Tables = dict(tables)
    sessions = [row for row in tables["voeux_sessions"] if int(str(row["session"])) != session]
    updated["voeux_sessions"] = [*sessions, *lignes.session_values(programmes)]
    others = [row for row in tables["appariements"] if row["session"] != session]
    count = len(offres)
    updated["appariements"] = [*others, {"session": session, "lignes": count, "avec_code": count}]
    updated["voeux"] = _voeu_rows(tables, programmes, sessions, set(absents), bilan)
    _add_details(updated, programmes, session)
    return updated, bilan


def _check_cover(inside: set[str], published: set[str], session: int) -> None:
    shared = len(inside & published)
    if published and shared < _LEAST_COVER * len(published):
        raise EnvironmentFault(
            f"Ce fichier de la session {session} ne contient que {shared} des {len(published)} vœux déjà publiés : il "
            "est incomplet.",
            "Téléchargez l’export de toute la France, sans filtre, puis recommencez. Le catalogue en place n’a pas "
            "changé.",
        )


def _programmes(
    offres: Mapping[str, voeux.Offre], known: Mapping[str, Values], tables: Tables
) -> list[voeux.Programme]:
    labels = Rattachement([*tables["voeux"], *_lessons(offres, known)], tables["formations"], tables["formations_psup"])
    found: list[voeux.Programme] = []
    for code, offre in offres.items():
        old = known.get(f"ta{code}")
        las = offre.fili == voeux.LAS
        formation_id = (
            str(old["formation_id"]) if old and old["formation_id"] else labels.find(offre.label, las, _details(offre))
        )
        found.append(
            voeux.Programme(
                f"ta{code}",
                offre.label,
                formation_id=formation_id,
                filiere=str(old["filiere"]) if old else "",
                famille=offre.ligne["form_lib_voe_acc"],
                apprentissage=bool(old["apprentissage"]) if old else nomenclature.is_apprentissage(offre.label),
                las=las,
                offres={offre.session: offre},
            )
        )
    return sorted(found, key=lambda one: _number(one.id))


def _lessons(offres: Mapping[str, voeux.Offre], known: Mapping[str, Values]) -> list[Values]:
    """How this very file names the formations of the vœux that are known already."""
    found: list[Values] = []
    clean = cache(libelles.clean_voeu)
    for code, offre in offres.items():
        old = known.get(f"ta{code}")
        if old is not None and old["formation_id"]:
            names = (offre.label, *(f"{offre.label} - {one}" for one in _details(offre)))
            found += [{"formation_id": old["formation_id"], "libelle": clean(name)} for name in names]
    return found


def _details(offre: voeux.Offre) -> tuple[str, ...]:
    """What tells apart vœux of one label ("CPGE - ECG", of four formations)."""
    return tuple(one for one in (offre.ligne["detail_forma"], offre.ligne["fil_lib_voe_acc"]) if one)


def _voeu_rows(
    tables: Tables,
    programmes: Sequence[voeux.Programme],
    sessions: Sequence[Values],
    absents: set[str],
    bilan: BilanAdmissions,
) -> list[Values]:
    """Rows of ``voeux``: new facts where the session is the newest of the vœu, everything else kept."""
    others: dict[str, list[int]] = defaultdict(list)
    for row in sessions:
        others[str(row["voeu_id"])].append(int(str(row["session"])))
    had = {str(row["voeu_id"]) for row in tables["voeux_sessions"] if row["session"] == bilan.session}
    computed = {str(row["id"]): row for row in lignes.voeu_values(programmes, CommuneFinder(tables["communes"]))}
    rows: list[Values] = []
    for old in tables["voeux"]:
        voeu_id = str(old["id"])
        new = computed.pop(voeu_id, None)
        if new is not None:
            rows.append(_merged(old, new, bilan))
        elif voeu_id in absents and voeu_id in had and others[voeu_id]:
            # The complete file denies what an incomplete copy had matched to this vœu.
            rows.append({**old, "derniere_session": max(others[voeu_id])})
        else:
            rows.append(old)
        if bilan.plus_recente and voeu_id in absents and not old["apprentissage"]:
            rows[-1] = {**rows[-1], "evolution": DISPARU}
    fresh = [{**new, "premiere_session": bilan.session, "evolution": "nouveau"} for new in computed.values()]
    _place(fresh, rows, tables)
    return [*rows, *fresh]


def _place(fresh: list[Values], known: Sequence[Values], tables: Tables) -> None:
    """Positions of the new vœux: published, else those of their établissement or of their commune."""
    official = {
        str(row["uai"]): (float(str(row["lat"])), float(str(row["lng"]))) for row in tables["positions"]
    }  # fmt: skip
    communes = {str(row["code_insee"]): row for row in tables["communes"]}
    published = [{**row} for row in known if row["precision"] == positions.PUBLIEE]
    positions.place_voeux([*published, *fresh], official, communes)


def _merged(old: Values, new: Values, bilan: BilanAdmissions) -> Values:
    first = min(int(str(old["premiere_session"])), bilan.session)
    last = int(str(old["derniere_session"]))
    kept = {"formation_id": new["formation_id"], "premiere_session": first, "appariement_incertain": 0}
    if bilan.session < last:
        return {**old, "formation_id": new["formation_id"], "premiere_session": first}
    facts = {name: value for name, value in new.items() if value not in (None, "")}
    if facts.get("lat") is not None:
        kept["precision"] = positions.PUBLIEE
    evolution = "" if bilan.plus_recente else old["evolution"]
    return {**old, **facts, **kept, "filiere": old["filiere"] or new["filiere"], "evolution": evolution}


def _add_details(updated: Tables, programmes: Sequence[voeux.Programme], session: int) -> None:
    """Figures that only a complete file has, computed by the builder's own functions."""
    complete = [replace(one, offres={SESSION_DES_CALCULS: one.offres[session]}) for one in programmes]
    admitted = [{**row, "session": session} for row in lignes.admis_values(complete)]
    updated["voeux_admis"] = [*(row for row in updated["voeux_admis"] if row["session"] != session), *admitted]
    ids = {one.id for one in programmes}
    newest = max((int(str(row["session"])) for row in updated["voeux_bacs"]), default=0)
    if session < newest:
        return
    bacs = [row | {"session": session} for row in lignes.bac_values(complete)]
    updated["voeux_bacs"] = [*(row for row in updated["voeux_bacs"] if row["voeu_id"] not in ids), *bacs]
    _add_statistics(updated, complete, session)


def _add_statistics(updated: Tables, complete: Sequence[voeux.Programme], session: int) -> None:
    members: dict[str, list[voeux.Programme]] = defaultdict(list)
    for one in complete:
        if one.formation_id is not None:
            members[one.formation_id].append(one)
    admis_rows: list[Values] = []
    ranks: list[Values] = []
    nationales = moyennes_admis.read_repartitions(updated["repartitions"])
    for row in updated["formations"]:
        reference = _reference(row, members.get(str(row["id"]), []))
        known = admis.admitted(reference)
        if known is not None:
            admis_rows += admis.admis_values(reference.id, known)
            ranks += admis.percentile_values(reference.id, known, nationales)
    for name, rows, key in (
        ("stats_admis", admis_rows, ("formation_id",)),
        ("stats_percentiles", ranks, ("formation_id",)),
        ("taux_parents", _parents(complete), ("niveau", "cle", "type_bac")),
    ):
        renewed = {tuple(row[one] for one in key) for row in rows}
        kept = [row for row in updated[name] if tuple(row[one] for one in key) not in renewed]
        updated[name] = kept + rows
    dated = {"stats_admis", "stats_percentiles", "taux_parents"}
    for row in (methodes := [dict(row) for row in updated["methodes"]]):
        if row["code"] in dated:
            row["session"] = str(session)
    updated["methodes"] = methodes


def _parents(complete: Sequence[voeux.Programme]) -> list[Values]:
    return [
        {"niveau": niveau, "cle": typography(cle), "type_bac": type_bac, "taux": taux, "candidats": candidats}
        for (niveau, cle, type_bac), (taux, candidats) in statistiques.parent_rates(complete).items()
    ]


def _reference(row: Values, programmes: Sequence[voeux.Programme]) -> Reference:
    return Reference(
        id=str(row["id"]),
        libelle=str(row["libelle"]),
        type=str(row["type"]),
        type_libelle=str(row["type_libelle"]),
        duree=int(str(row["duree"])),
        apprentissage=bool(row["apprentissage"]),
        las=None if row["las"] is None else str(row["las"]),
        capacite=int(str(row["capacite"])),
        psup=(),
        programmes=tuple(programmes),
    )


def _number(voeu_id: str) -> int:
    return int(voeu_id.removeprefix("ta"))

"""Rows of the vœu tables, from the programmes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mps_desktop.catalogue.construction import libelles, statistiques
from mps_desktop.catalogue.construction.lieux import CommuneFinder
from mps_desktop.catalogue.construction.sources import Row, count, number
from mps_desktop.catalogue.construction.voeux import (
    ETABLISSEMENT_INCONNU,
    Offre,
    Programme,
    academie_name,
    region_name,
)

Values = dict[str, object]

_SUSPECT_BOURSIERS_2025 = 20.0
"""Median that the 2025 copy put where nothing was published: a value equal to it is dropped."""

_NON_SELECTIF = ("Licence", "PASS", "Licence_Las")


def voeu_values(programmes: Iterable[Programme], communes: CommuneFinder) -> list[Values]:
    """Rows of ``voeux``: for each fact, the newest session that publishes it (positions: see ``positions``)."""
    programmes = list(programmes)
    regions = _regions(programmes, communes)
    rows: list[Values] = []
    for one in programmes:
        offres = one.newest()
        place = _first(offres, "commune") or (one.lieu[1] if one.lieu else "")
        commune = communes.find(place, _first(offres, "departement"), _etablissement(one, offres))
        gps = next((offre.gps for offre in offres if offre.gps is not None), None)
        fili = _first(offres, "fili") or _fili(one)
        departement = communes.departement(_first(offres, "departement")) or (
            str(commune["departement"]) if commune else ""
        )
        academie, region = regions.get(departement, ("", ""))
        selectif = next((offre.selectif for offre in offres if offre.selectif is not None), fili not in _NON_SELECTIF)
        rows.append(
            {
                "id": one.id,
                "formation_id": one.formation_id,
                "libelle": libelles.clean_voeu(one.label),
                "etablissement": _etablissement(one, offres),
                "uai": _first(offres, "uai"),
                "commune": str(commune["nom"]) if commune else libelles.clean_commune(place),
                "code_insee": commune["code_insee"] if commune else None,
                "departement": departement,
                "academie": academie_name(_first(offres, "academie")) or academie,
                "region": region_name(_first(offres, "region")) or region,
                "lat": gps[0] if gps else None,
                "lng": gps[1] if gps else None,
                "statut": _statut(offres),
                "selectif": int(selectif),
                "fili": fili,
                "filiere": statistiques.filiere_key(one),
                "apprentissage": int(one.apprentissage),
                "capacite": one.capacite,
                "premiere_session": one.premiere_session,
                "derniere_session": one.derniere_session,
                "evolution": one.evolution,
                "appariement_incertain": int(any(offre.incertain for offre in offres)),
            }
        )
    return rows


def session_values(programmes: Iterable[Programme]) -> list[Values]:
    """Rows of ``voeux_sessions``, oldest session first."""
    return [
        {
            "voeu_id": one.id,
            "session": offre.session,
            "capacite": offre.capacite,
            "candidats": offre.candidats,
            "propositions": offre.propositions,
            "admis": offre.admis,
            "taux_acces": offre.taux_acces,
        }
        for one in programmes
        for offre in reversed(one.newest())
    ]


def bac_values(programmes: Iterable[Programme]) -> list[Values]:
    """Rows of ``voeux_bacs``: session 2023 by bac type."""
    rows: list[Values] = []
    for one in programmes:
        offre = one.offres.get(2023)
        if offre is None:
            continue
        for type_bac, suffix, part in statistiques.TYPES:
            rows.append(
                {
                    "voeu_id": one.id,
                    "type_bac": type_bac.value,
                    "session": 2023,
                    "candidats": count(offre.ligne[f"nb_voe_pp_{suffix}"]) or 0,
                    "propositions": count(offre.ligne[f"prop_tot_{suffix}"]),
                    "admis": count(offre.ligne[f"acc_{suffix}"]),
                    "part_acces": number(offre.ligne[f"part_acces_{part}"]),
                }
            )
    return rows


def admis_values(programmes: Iterable[Programme]) -> list[Values]:
    """Rows of ``voeux_admis``: sessions 2023 and 2025."""
    rows: list[Values] = []
    for one in programmes:
        for session, read in ((2023, _admis_2023), (2025, _admis_2025)):
            offre = one.offres.get(session)
            values = read(offre.ligne) if offre is not None and offre.admis else None
            if values is not None:
                rows.append({"voeu_id": one.id, "session": session, **values})
    return rows


def _admis_2023(ligne: Row) -> Values:
    neobac = count(ligne["acc_neobac"]) or 0
    known = statistiques.mentions_2023(ligne) or [None] * 5
    shares = [number(ligne[column]) if neobac else None for column in ("pct_bg", "pct_bt", "pct_bp")]
    bours, academie = (number(ligne[column]) if neobac else None for column in ("pct_bours", "pct_aca_orig_idf"))
    return _admis(shares, known, bours, academie)


def _admis_2025(ligne: Row) -> Values:
    mentions = statistiques.mentions_2025(ligne) or [None] * 5
    shares = [number(ligne[column]) for column in ("pct_bg", "pct_bt", "pct_bp")]
    if not any(shares):
        shares = [None] * 3
    bours = number(ligne["pct_boursiers_admis"])
    if bours is None or bours == _SUSPECT_BOURSIERS_2025 or not any(shares):
        bours = None
    return _admis(shares, mentions, bours, number(ligne["pct_aca_orig_idf"]) if any(shares) else None)


def _admis(
    shares: Sequence[float | None], mentions: Sequence[float | None], bours: float | None, academie: float | None
) -> Values:
    names = ("pct_generale", "pct_technologique", "pct_professionnelle")
    levels = ("sans_mention", "assez_bien", "bien", "tres_bien", "felicitations")
    return {
        **dict(zip(names, shares, strict=True)),
        **dict(zip(levels, mentions, strict=True)),
        "pct_boursiers": None if bours is None else round(bours),
        "pct_meme_academie": academie,
    }


def _regions(programmes: Iterable[Programme], communes: CommuneFinder) -> dict[str, tuple[str, str]]:
    """Académie and région of each département, as most vœux publish them."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for one in programmes:
        for offre in one.offres.values():
            if offre.departement and offre.academie and offre.region:
                pair = (academie_name(offre.academie), region_name(offre.region))
                seen[communes.departement(offre.departement)][pair] += 1
    return {name: min(pairs, key=lambda pair: (-pairs[pair], pair)) for name, pairs in seen.items()}


def _first(offres: list[Offre], name: str) -> str:
    return next((value for offre in offres if (value := str(getattr(offre, name)).strip())), "")


def _etablissement(programme: Programme, offres: list[Offre]) -> str:
    """Newest name; an older one when it alone is not written all in capitals."""
    names = [offre.etablissement for offre in offres if offre.etablissement]
    if programme.lieu is not None and not names:
        names = [programme.lieu[0]]
    if not names:
        return ETABLISSEMENT_INCONNU
    return libelles.clean_etablissement(next((name for name in names if not name.isupper()), names[0]))


def _statut(offres: list[Offre]) -> str:
    """Newest status; the detailed wording of 2023 when the newest only says « Privé »."""
    names = [offre.statut for offre in offres if offre.statut]
    if not names:
        return ""
    if names[0] == "Privé":
        return libelles.clean(next((name for name in names if name.startswith("Privé ")), names[0]))
    return libelles.clean(names[0])


def _fili(programme: Programme) -> str:
    family = programme.label.partition(" - ")[0]
    return {"BTS": "BTS", "BUT": "BUT", "Licence": "Licence", "CPGE": "CPGE"}.get(family, "Autre formation")

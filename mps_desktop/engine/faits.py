"""Published facts behind an estimate, as codes and values; services put them in French."""

from __future__ import annotations

from mps_desktop.engine.classes import Fait, References, Seuils, StatsVoeu, TypeBac


def facts_of_voeu(stats: StatsVoeu) -> tuple[Fait, ...]:
    """What is published about a vœu whoever asks: rates, candidates, mentions of the admitted."""
    if stats.apprentissage:
        return ()
    return (*_rates(stats), *_pressure(stats), *_mentions(stats))


def facts_of_estimate(
    stats: StatsVoeu,
    references: References,
    seuils: Seuils,
    type_bac: TypeBac,
    access: float | None,
    parent: str,
    bac: str,
    moyenne: float | None,
) -> tuple[Fait, ...]:
    """Facts behind one estimate, the most personal first.

    Args:
        access: rate of the bac type that the published figures imply, 0..1.
        parent: level of the group that small numbers leaned on.
        bac: series of the student.
        moyenne: out of 20, None = unknown.
    """
    return (
        *_own_type(stats, seuils, type_bac, access, parent),
        *_average(references, bac, moyenne),
        *facts_of_voeu(stats),
        *_sector(stats, seuils),
    )


def _own_type(stats: StatsVoeu, seuils: Seuils, type_bac: TypeBac, access: float | None, parent: str) -> list[Fait]:
    figures = stats.par_bac.get(type_bac)
    candidates = figures.candidats if figures else 0
    everyone = sum(bac.candidats for bac in stats.par_bac.values())
    facts: list[Fait] = []
    if figures is not None:
        values = {"type_bac": type_bac.value, "candidats": candidates, "total": everyone}
        facts.append(Fait("CANDIDATS_TYPE", values, stats.session_bac))
        if figures.propositions is not None:
            values = {"type_bac": type_bac.value, "propositions": figures.propositions}
            facts.append(Fait("PROPOSITIONS_TYPE", values, stats.session_bac))
    if access is not None and candidates >= seuils.candidats_min:
        facts.append(Fait("ACCES_TYPE", {"type_bac": type_bac.value, "taux": 100 * access}, stats.session_bac))
    else:
        values = {"type_bac": type_bac.value, "candidats": candidates, "parent": parent}
        facts.append(Fait("PEU_DE_CANDIDATS", values, stats.session_bac))
    return facts


def _average(references: References, bac: str, moyenne: float | None) -> list[Fait]:
    parts = references.moyennes.get(bac)
    if moyenne is None:
        return [Fait("MOYENNE_INCONNUE", {})]
    if parts is None:
        return []
    rank = min(max(2 * moyenne, 0.0), float(len(parts)))
    floor = int(rank)
    after = parts[floor + 1] if floor + 1 < len(parts) else 1.0
    before = parts[floor] if floor < len(parts) else 1.0
    share = before + (rank - floor) * (after - before)
    return [Fait("MOYENNE_SITUEE", {"moyenne": moyenne, "part": 100 * share}, references.session_moyennes)]


def _rates(stats: StatsVoeu) -> list[Fait]:
    published = [(s.session, s.taux_acces) for s in stats.sessions if s.taux_acces is not None]
    if not published:
        return []
    newest, rate = published[-1]
    facts = [Fait("TAUX_ACCES", {"taux": rate}, newest)]
    if len(published) > 1:
        before, old = published[-2]
        facts.append(Fait("TENDANCE_TAUX", {"avant": old, "apres": rate, "session_avant": before}, newest))
    else:
        facts.append(Fait("UNE_SEULE_SESSION", {}, newest))
    return facts


def _pressure(stats: StatsVoeu) -> list[Fait]:
    """Candidates per place, the only sound sign of the sessions without a published rate."""
    known = [
        (s.session, s.candidats / s.capacite)
        for s in stats.sessions
        if s.candidats is not None and s.capacite is not None and s.capacite > 0
    ]
    if len(known) < 2:
        return []
    (before, old), (newest, value) = known[0], known[-1]
    return [Fait("TENDANCE_CANDIDATS", {"avant": old, "apres": value, "session_avant": before}, newest)]


def _mentions(stats: StatsVoeu) -> list[Fait]:
    if stats.mentions is None:
        return []
    strong = stats.mentions.bien + stats.mentions.tres_bien + stats.mentions.felicitations
    values = {"sans": stats.mentions.sans, "assez_bien": stats.mentions.assez_bien, "bien_ou_plus": strong}
    return [Fait("MENTIONS", values, stats.mentions.session)]


def _sector(stats: StatsVoeu, seuils: Seuils) -> list[Fait]:
    share = stats.pct_meme_academie
    if stats.selectif or share is None or share < seuils.part_academie:
        return []
    return [Fait("SECTEUR", {"part": share})]

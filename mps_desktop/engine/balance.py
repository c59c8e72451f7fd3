"""Balance of a list of wishes: counts, milestone of the level, findings. Pure functions.

What is expected comes from the product's objective (seconde: one lead; première: two formations
and a métier; terminale: three wishes per formation, spread over A+, A and B). Codes are stable;
their words and their gravity are data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mps_desktop.engine.classes import Balance, ClasseVoeu, Constat, Jalon, Limites, Regles, VoeuBalance
from mps_desktop.engine.limites import count
from mps_desktop.engine.portee import is_only_safe

SECONDE, PREMIERE, TERMINALE = "seconde", "premiere", "terminale"

_CIBLES = (ClasseVoeu.AMBITIEUX, ClasseVoeu.REALISTE, ClasseVoeu.SECURISANT)
_RANGS = {classe: rang for rang, classe in enumerate(_CIBLES)}
"""0 = most ambitious, 2 = safest."""

Groupes = Mapping[str, Sequence[VoeuBalance]]
"""Formation -> its vœux."""
Trouvaille = tuple[str, Iterable[str], Mapping[str, float | int | str]]
"""Code, vœux or formations concerned, values for the wording."""


def balance(
    *,
    niveau: str,
    voeux: tuple[VoeuBalance, ...],
    formations: tuple[str, ...],
    metiers: tuple[str, ...],
    completude: int,
    regles: Regles,
    attendus_lus: tuple[str, ...] | None = None,
    jours_restants: int | None = None,
    a_portee: tuple[str, ...] = (),
) -> Balance:
    """Diagnose the list of one student.

    Args:
        niveau: ``seconde``, ``premiere``, ``terminale``, or empty when unknown.
        formations: kept by the student, with or without vœux, in his order.
        completude: 0..100, share of the profile that is filled.
        attendus_lus: formations whose attendus were read; None = not tracked, then not asked for.
        jours_restants: days until the due date of the milestone (negative = past), None = not published.
        a_portee: formations with A or A+ vœux within reach of the profile, looked for when all wishes are B.
    """
    strays = sorted({voeu.formation_id for voeu in voeux} - set(formations))
    groups: dict[str, list[VoeuBalance]] = {formation: [] for formation in (*formations, *strays)}
    for voeu in voeux:
        groups[voeu.formation_id].append(voeu)
    counts = Counter(voeu.retenue for voeu in voeux)
    jalon = _jalon(niveau, groups, metiers, regles, attendus_lus)
    found = (
        *_profile_findings(niveau, tuple(groups), metiers, completude, regles),
        *_missing_findings(niveau, groups, voeux),
        *_class_findings(voeux, regles, a_portee),
        *_declared_findings(groups, regles),
        *_place_findings(voeux, regles),
        *_limit_findings(groups, regles.limites),
        *_due_findings(jalon, jours_restants, regles),
    )
    return Balance(
        comptes={classe: counts[classe] for classe in ClasseVoeu},
        ecarts={classe: _lacking(niveau, groups, classe) for classe in _CIBLES},
        jalon=jalon,
        constats=tuple(Constat(code, regles.gravites[code], tuple(sorted(ids)), values) for code, ids, values in found),
    )


def largest_gap(voeux: Sequence[VoeuBalance]) -> int:
    """Largest distance between what the student declared for a formation and its estimates, in steps.

    Positive = he holds it for safer than the figures do, negative = for harder. One vœu of a formation
    that agrees is enough to agree, as in the findings.
    """
    by_formation: dict[str, list[int]] = {}
    for voeu in voeux:
        gap = _gap(voeu)
        if gap is not None:
            by_formation.setdefault(voeu.formation_id, []).append(gap)
    nearest = [min(gaps, key=lambda gap: (abs(gap), gap)) for gaps in by_formation.values()]
    return max(nearest, key=lambda gap: (abs(gap), gap), default=0)


def _profile_findings(
    niveau: str, formations: tuple[str, ...], metiers: tuple[str, ...], completude: int, regles: Regles
) -> Iterable[Trouvaille]:
    if completude <= regles.completude_vide:
        yield "PROFIL_VIDE", (), {"completude": completude}
    if not formations and (niveau != SECONDE or not metiers):
        yield "AUCUNE_FORMATION", (), {}
    if len(formations) == 1 and niveau in (PREMIERE, TERMINALE):
        yield "UNE_SEULE_FORMATION", formations, {}


def _missing_findings(niveau: str, groups: Groupes, voeux: tuple[VoeuBalance, ...]) -> Iterable[Trouvaille]:
    if niveau == TERMINALE and groups:
        empty = [formation for formation, chosen in groups.items() if not chosen]
        if not voeux:
            yield "AUCUN_VOEU", (), {}
        elif empty:
            yield "FORMATION_SANS_VOEU", empty, {"nb": len(empty)}
    if gone := [voeu.id for voeu in voeux if not voeu.connu]:
        yield "VOEU_DISPARU", gone, {"nb": len(gone)}


def _class_findings(voeux: tuple[VoeuBalance, ...], regles: Regles, a_portee: tuple[str, ...]) -> Iterable[Trouvaille]:
    classed = [voeu for voeu in voeux if voeu.retenue is not ClasseVoeu.INSUFFISANT]
    unknown = [voeu.id for voeu in voeux if voeu.retenue is ClasseVoeu.INSUFFISANT]
    kinds = {voeu.retenue for voeu in classed}
    if kinds == {ClasseVoeu.AMBITIEUX} and len(classed) >= regles.ambitieux_min:
        yield "TOUS_AMBITIEUX", (), {"nb": len(classed)}
    elif classed and ClasseVoeu.SECURISANT not in kinds:
        yield "AUCUN_B", (), {"nb": len(classed)}
    if a_portee and is_only_safe(voeux, regles):
        yield "AUTO_CENSURE", a_portee, {"nb": len(classed)}
    safe = [voeu for voeu in classed if voeu.retenue is ClasseVoeu.SECURISANT]
    if safe and all(voeu.bas is None or voeu.bas < regles.bas_solide for voeu in safe):
        yield "B_FRAGILE", [voeu.id for voeu in safe], {"nb": len(safe)}
    if unknown:
        yield "DONNEES_INSUFFISANTES", unknown, {"nb": len(unknown)}


def _declared_findings(groups: Groupes, regles: Regles) -> Iterable[Trouvaille]:
    """Formations whose declared class is far from the estimate of each of their vœux.

    The student declares one class for a formation: one vœu that agrees is enough to agree.
    """
    sure: list[str] = []
    prudent: list[str] = []
    for formation, chosen in groups.items():
        gaps = [gap for voeu in chosen if (gap := _gap(voeu)) is not None]
        if gaps and min(gaps) >= regles.ecart_declare:
            sure.append(formation)
        if gaps and max(gaps) <= -regles.ecart_declare:
            prudent.append(formation)
    if sure:
        yield "DECLARE_TROP_SUR", sure, {"nb": len(sure)}
    if prudent:
        yield "DECLARE_TROP_PRUDENT", prudent, {"nb": len(prudent)}


def _gap(voeu: VoeuBalance) -> int | None:
    """Steps by which the declared class is safer than the estimate (negative = more ambitious)."""
    if voeu.declaree is None or voeu.declaree not in _RANGS or voeu.estimee not in _RANGS:
        return None
    return _RANGS[voeu.declaree] - _RANGS[voeu.estimee]


def _place_findings(voeux: tuple[VoeuBalance, ...], regles: Regles) -> Iterable[Trouvaille]:
    distances = [voeu.distance_km for voeu in voeux if voeu.distance_km is not None]
    if distances and min(distances) > regles.rayon_km:
        yield "HORS_COMMUNES", (), {"rayon_km": round(regles.rayon_km), "distance_km": round(min(distances))}
    if long := [voeu.id for voeu in voeux if not voeu.compatible_duree]:
        yield "CONTRE_DUREE", long, {"nb": len(long)}
    if against := [voeu.id for voeu in voeux if not voeu.compatible_alternance]:
        yield "CONTRE_ALTERNANCE", against, {"nb": len(against)}


def _limit_findings(groups: Groupes, limites: Limites) -> Iterable[Trouvaille]:
    """More than Parcoursup accepts."""
    counted = count((voeu for chosen in groups.values() for voeu in chosen), limites)
    session = limites.session
    for code, total, allowed in (
        ("TROP_DE_VOEUX", counted.voeux, limites.voeux),
        ("TROP_D_APPRENTISSAGE", counted.voeux_apprentissage, limites.voeux_apprentissage),
    ):
        if total > allowed:
            yield code, (), {"nb": total, "limite": allowed, "session": session}
    crowded = {formation for (formation, _), number in counted.sous_voeux.items() if number > limites.sous_voeux}
    if crowded:
        yield "TROP_DE_SOUS_VOEUX", crowded, {"limite": limites.sous_voeux, "session": session}
    everything = counted.sous_voeux_total
    if everything > limites.sous_voeux_total:
        values = {"nb": everything, "limite": limites.sous_voeux_total, "session": session}
        yield "TROP_DE_SOUS_VOEUX_EN_TOUT", (), values
    caps = {categorie.code: categorie.voeux_max for categorie in limites.categories if categorie.voeux_max}
    for formation, chosen in groups.items():
        capped = [caps[voeu.categorie] or 0 for voeu in chosen if voeu.categorie in caps]
        if capped and len(capped) > capped[0]:
            values = {"nb": len(capped), "limite": capped[0], "session": session}
            yield "PARAMEDICAL_A_VERIFIER", (formation,), values


def _due_findings(jalon: Jalon, jours_restants: int | None, regles: Regles) -> Iterable[Trouvaille]:
    """The due date of a milestone that is not reached."""
    if jalon.atteint or jours_restants is None:
        return
    if jours_restants < 0:
        yield "JALON_DEPASSE", (), {"nb": -jours_restants}
    elif jours_restants <= regles.jalon_proche_jours:
        yield "JALON_PROCHE", (), {"nb": jours_restants}


def _classes(chosen: Sequence[VoeuBalance]) -> set[ClasseVoeu]:
    return {voeu.retenue for voeu in chosen} & set(_CIBLES)


def _lacking(niveau: str, groups: Groupes, classe: ClasseVoeu) -> int:
    """Wishes of a class that are missing: one per formation in terminale, at least one in all."""
    if niveau != TERMINALE:
        return 0
    return sum(classe not in _classes(chosen) for chosen in groups.values()) if groups else 1


def _jalon(
    niveau: str, groups: Groupes, metiers: tuple[str, ...], regles: Regles, attendus_lus: tuple[str, ...] | None
) -> Jalon:
    if niveau == TERMINALE:
        return _jalon_terminale(groups, regles)
    if niveau == PREMIERE:
        return _jalon_premiere(groups, metiers, regles, attendus_lus)
    if niveau == SECONDE:
        done = bool(groups or metiers)
        return Jalon(niveau, done, int(done), 1, () if done else (_lack("FORMATION_OU_METIER", regles),))
    return Jalon(niveau, False, 0, 1, (_lack("NIVEAU_INCONNU", regles),))


def _jalon_premiere(
    groups: Groupes, metiers: tuple[str, ...], regles: Regles, attendus_lus: tuple[str, ...] | None
) -> Jalon:
    lacking_formations = max(0, regles.formations_min - len(groups))
    lacking_metiers = max(0, regles.metiers_min - len(metiers))
    unread = [] if attendus_lus is None else [formation for formation in groups if formation not in attendus_lus]
    missing: list[Constat] = []
    if lacking_formations:
        missing.append(_lack("FORMATIONS_MANQUANTES", regles, (), {"nb": lacking_formations}))
    if lacking_metiers:
        missing.append(_lack("METIERS_MANQUANTS", regles, (), {"nb": lacking_metiers}))
    missing += [_lack("ATTENDUS_A_LIRE", regles, (formation,)) for formation in unread]
    read_expected = 0 if attendus_lus is None else len(groups)
    expected = regles.formations_min + regles.metiers_min + read_expected
    done = expected - lacking_formations - lacking_metiers - len(unread)
    return Jalon(PREMIERE, not missing, done, expected, tuple(missing))


def _jalon_terminale(groups: Groupes, regles: Regles) -> Jalon:
    """One step per expected wish; a wish that repeats a class while another lacks is not a step."""
    expected = regles.voeux_par_formation
    if not groups:
        return Jalon(TERMINALE, False, 0, expected, (_lack("AUCUNE_FORMATION_RETENUE", regles),))
    missing: list[Constat] = []
    done = 0
    for formation, chosen in groups.items():
        present = _classes(chosen)
        absent = [classe.value for classe in _CIBLES if classe not in present]
        lacking = max(0, expected - len(chosen))
        done += expected - max(lacking, len(absent))
        if not lacking and not absent:
            continue
        code = "VOEUX_A_CHOISIR" if not chosen else "VOEUX_MANQUANTS" if lacking else "CLASSES_MANQUANTES"
        missing.append(_lack(code, regles, (formation,), {"nb": lacking, "classes": ",".join(absent)}))
    return Jalon(TERMINALE, not missing, done, expected * len(groups), tuple(missing))


def _lack(
    code: str, regles: Regles, ids: tuple[str, ...] = (), values: Mapping[str, float | int | str] | None = None
) -> Constat:
    return Constat(code, regles.gravites[code], ids, values or {})

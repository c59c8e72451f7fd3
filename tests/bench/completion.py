"""Time of the completion: one student, and a class of 36. Called by the bench of the estimate too.

``./mps bench completion --json``. Invented students on the shipped catalogue, each with a few formations
and vœux, towns and tastes; nothing is cached between two students but the places of the vœux.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import date

from mps_desktop.app import build_socle
from mps_desktop.core.paths import build_paths
from mps_desktop.services.completion import Completeur
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.storage.records import EleveRecord, FavoriRecord, ProfilRecord
from tests.bench.mesures import machine, summary

_EFFECTIF = 36
_TODAY = date(2026, 11, 24)
_VILLES = ("75115", "69123", "35238", "31555", "59350", "33063")
_BACS = ("Générale", "STMG", "STI2D", "ST2S", "P")


def run(arguments: list[str]) -> dict[str, object]:
    """Figures of the completion.

    Args:
        arguments: ``--repeats N`` (default 5).
    """
    repeats = int(arguments[arguments.index("--repeats") + 1]) if "--repeats" in arguments else 5
    socle = build_socle(build_paths())
    try:
        eleves = invented_class(socle)
        return {
            "machine": machine(),
            "completion_ms_par_eleve": completion_ms_par_eleve(socle, eleves, repeats),
            "completion_classe_s": completion_classe_s(socle, eleves, repeats),
        }
    finally:
        socle.catalogue.close()


def completion_ms_par_eleve(socle: Socle, eleves: list[EleveRecord], repeats: int = 5) -> dict[str, float]:
    """Wall and CPU milliseconds for one student: diagnosis of his list included, statistics read anew."""
    completeur = Completeur(socle)
    wall: list[float] = []
    cpu: list[float] = []
    for number in range(repeats + 1):
        for eleve in eleves:
            start, start_cpu = time.perf_counter(), time.process_time()
            completeur.complete(eleve, Diagnostiqueur(socle, _TODAY))
            if number:  # the first round reads the places of the vœux
                wall.append(1000 * (time.perf_counter() - start))
                cpu.append(1000 * (time.process_time() - start_cpu))
    return {**summary(wall), "cpu_mediane": round(statistics.median(cpu), 3), "cpu_max": round(max(cpu), 3)}


def completion_classe_s(socle: Socle, eleves: list[EleveRecord], repeats: int = 5) -> dict[str, float]:
    """Wall and CPU seconds for the class, as the application does it: one diagnosis, one completion object."""
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(repeats):
        start, start_cpu = time.perf_counter(), time.process_time()
        completeur, diagnostiqueur = Completeur(socle), Diagnostiqueur(socle, _TODAY)
        for eleve in eleves:
            completeur.complete(eleve, diagnostiqueur)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return {**summary(wall), "cpu_mediane": round(statistics.median(cpu), 3)}


def invented_class(socle: Socle, count: int = _EFFECTIF, seed: int = 5) -> list[EleveRecord]:
    """Invented students: two formations that the engine suggests, a few vœux each, often all ambitious."""
    draw = random.Random(seed)  # noqa: S311  invented people, not secrets
    domaines = [element.id for element in socle.catalogue.domaines()]
    interets = [element.id for element in socle.catalogue.interets()]
    formations = [f.id for f in socle.catalogue.formations() if f.nb_voeux >= 8]
    eleves: list[EleveRecord] = []
    for number in range(count):
        favoris: list[FavoriRecord] = []
        for formation_id in draw.sample(formations, draw.choice((1, 2, 3))):
            voeux = [voeu.id for voeu in socle.catalogue.voeux_of_formation(formation_id)]
            favoris.append(FavoriRecord(formation_id, voeux=tuple(draw.sample(voeux, draw.choice((0, 2, 4))))))
        profil = ProfilRecord(
            bac=draw.choice(_BACS),
            moyenne=round(draw.uniform(8, 18), 1),
            domaines=tuple(draw.sample(domaines, 2)),
            interets=tuple(draw.sample(interets, 2)),
            communes=tuple(draw.sample(_VILLES, draw.choice((1, 2)))),
            favoris=tuple(favoris),
        )
        eleves.append(EleveRecord(number + 1, f"FICTIF{number}", "Élève", "TG1", "terminale", profil=profil))
    return eleves

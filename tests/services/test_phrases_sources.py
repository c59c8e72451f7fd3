from __future__ import annotations

from mps_desktop.catalogue.records import Source
from mps_desktop.services.phrases_sources import sources
from mps_desktop.services.socle import Socle

SIES = "Ministère fictif (SIES)"


def source(jeu: str, session: str, producteur: str = SIES) -> Source:
    return Source(f"{jeu}_{session}.csv", jeu, producteur, "Licence Ouverte 2.0", session, "0" * 64)


def test_sessions_of_one_data_set_are_told_together_admissions_first():
    lines = sources(
        (
            source("Idéo-métiers", "juin 2024", "Onisep"),
            source("fr-esr-parcoursup", "2023"),
            source("fr-esr-parcoursup (11 colonnes)", "2024"),
            source("Idéo-fiches métiers", "avril 2026", "Onisep"),
        )
    )
    assert lines == (
        "Admissions Parcoursup, 2023 et 2024 — Ministère fictif (SIES)\u202f; Licence Ouverte 2.0",
        "Idéo, métiers et formations, juin 2024 et avril 2026 — Onisep\u202f; Licence Ouverte 2.0",
    )


def test_the_real_list_fits_a_page_foot(socle: Socle):
    lines = sources(socle.catalogue.provenance())
    assert 4 <= len(lines) <= 8
    assert lines[0].startswith("Admissions Parcoursup, 2018, 2019, 2023, 2024 et 2025")
    assert all("Licence" in line for line in lines)

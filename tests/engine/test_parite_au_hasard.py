"""The engine in reference mode against the specification read word for word, on data made at random."""

from __future__ import annotations

import math
import random

import pytest

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil
from mps_desktop.engine.reponse_neutre import explanation
from tests.engine.lecture_litterale import Litteral

METIERS = [f"MET.{rank}" for rank in range(8)]
PSUP = [f"fl9{rank}" for rank in range(4)]
ATOMES = [f"T-IDEO2.{rank}" for rank in range(8)]
ELEMENTS = ["ci1", "ci2", "dom1", "dom2", "dom3"]
BACS = ["Générale", "STMG", "P", "PA", "NC", "", " ", "G?"]
POINTS = [(None, None), (48.1, 2.0), (48.7, 2.3), (43.6, 1.4)]
VILLES = ["00001", "00002", "00003"]


def random_data(chance: random.Random) -> JeuDeDonnees:
    """A small data set with everything that real ones may hold, conflicts and holes included."""
    names = ["fl2047", *(f"fl{rank}" for rank in range(1, 9)), "fr9", "fl1000001", "fl1000002"]
    names = [name for name in names if chance.random() < 0.9]

    def pairs(sources: list[str], cibles: list[str], most: int) -> tuple[tuple[str, str], ...]:
        return tuple((chance.choice(sources), chance.choice(cibles)) for _ in range(chance.randint(0, most)))

    def percentiles() -> Percentiles:
        return Percentiles(*sorted(chance.randint(0, 39) for _ in range(5)), rang_max=chance.choice([39, 39, 20]))

    formations = tuple(
        FormationMoteur(
            id=name, libelle=name, type=chance.choice(["a", "b", "", "c"]), duree=chance.randint(-1, 6),
            apprentissage=chance.random() < 0.5, las="fl1" if name.startswith("fl1000") else None,
            capacite=chance.choice([-1, 0, 5, 40, 100, 300]),
            voeux=tuple(
                PositionVoeu(f"ta{name}{rank}", *chance.choice(POINTS))
                for rank in range(chance.randint(0, 4))
            ),
            nb_admis_par_bac={b: chance.choice([0, 1, 5, 30, 100]) for b in BACS[:5] if chance.random() < 0.6}
            | ({"NC": chance.choice([100, 200])} if chance.random() < 0.7 else {}),
            percentiles={b: percentiles() for b in ("Générale", "P", "NC") if chance.random() < 0.5},
            pct_specialites={s: chance.choice([0, 1, 30]) for s in ("mat1", "mat2") if chance.random() < 0.6},
            similaires={
                index: {chance.choice([*names, *PSUP]): chance.choice([-5, 0, 5, 60_000, 100_000, 250_000])
                        for _ in range(chance.randint(0, 5))}
                for index in (1, 2, 3) if chance.random() < 0.8
            },
        )
        for name in names
    )  # fmt: skip
    every = [*names, *PSUP]
    return JeuDeDonnees(
        formations=formations,
        formation_metier=tuple(dict.fromkeys(pairs(names, METIERS, 20))) if names else (),
        interet_metier=pairs(ATOMES[:4], METIERS, 8),
        formation_domaine=pairs(every, [*ATOMES[4:], "dom3", *(names[:1] if chance.random() < 0.3 else ())], 12),
        domaine_metier=pairs(ATOMES[4:], METIERS, 8),
        metier_associe=pairs(METIERS, METIERS, 6),
        formation_psup_to_mps=pairs(PSUP, every, 5),
        las_to_generic=tuple((name, "fl1") for name in names if name.startswith("fl1000")),
        las_to_pass=tuple((name, "fl2047") for name in names if name.startswith("fl1000") and chance.random() < 0.8),
        atome_element=tuple(
            [(a, "ci1" if chance.random() < 0.7 else "ci2") for a in ATOMES[:4]]
            + [(a, chance.choice(ELEMENTS[2:])) for a in ATOMES[4:]]
        ),
        metier_formation=pairs(METIERS, every, 20),
        villes={
            "00001": Ville("00001", "Testville", ((48.2, 2.0),)),
            "00002": Ville("00002", "Fauxbourg", ((43.0, 1.0), (48.9, 2.1))),
            "00003": Ville("00003", "Nulle-Part", ()),
        },
    )


def random_profile(chance: random.Random, jeu: JeuDeDonnees) -> Profil:
    ids = [*(f.id for f in jeu.formations), *METIERS, *ELEMENTS, "fl404", ATOMES[0], ""]
    return Profil(
        bac=chance.choice(BACS),
        duree=chance.choice([None, "", "court", "LONG", "long", "indiff"]),
        apprentissage=chance.choice([None, "", "A", "B", "C", "D"]),
        communes=tuple(chance.choices([*VILLES, "x"], k=chance.randint(0, 3))),
        specialites=tuple(chance.choices(["mat1", "mat2", "mat9"], k=chance.randint(0, 3))),
        interets=tuple(chance.choices([*ELEMENTS, "dom9"], k=chance.randint(0, 3))),
        moyenne=chance.choice([None, 12.0, 26.0, 31.5, 39.0]),
        choix=tuple(
            Choix(chance.choice(ids), chance.choice([0, 1, 1, 1, 2]), chance.choice([None, 1, 3, 5]))
            for _ in range(chance.randint(0, 5))
        ),
    )


def close(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("seed", range(60))
def test_same_as_the_specification_read_word_for_word(seed: int):
    chance = random.Random(seed)  # noqa: S311  test data, nothing secret
    jeu = random_data(chance)
    moteur, literal = Moteur(jeu, "reference"), Litteral(jeu)
    assert {node: moteur.graphe.successors(node) for node in moteur.graphe.noeuds} == literal.out
    assert (moteur.p50_nb_voeux, moteur.p75_capacite) == (literal.p50, literal.p75)
    for _ in range(8):
        profil = random_profile(chance, jeu)
        raw, normalised = literal.affinities(profil)
        found = moteur.affinites(profil)
        if literal.nothing_personal(profil):
            assert moteur.classer(profil) == ()
            continue
        ours = dict(zip(found.ids, found.brutes.tolist(), strict=True))
        kept = {one for one, match in zip(found.ids, found.retenues.tolist(), strict=True) if match}
        assert kept == raw.keys()
        assert all(close(ours[one], value) for one, value in raw.items())
        for rank, one in enumerate(found.ids):
            for critere, value in literal.scores(profil).get(one, {}).items():
                assert close(float(found.sous_scores[critere][rank]), value), critere
        assert [found.normalisees[found.ids.index(one)] for one in normalised] == list(normalised.values())
        ranked = [(s.formation_id, s.affinite) for s in moteur.classer(profil)]
        assert ranked == literal.suggestions(profil)
        metiers = {m.metier_id: m.score for m in moteur.classer_metiers(profil)}
        wanted = literal.metiers(profil)
        assert metiers.keys() == wanted.keys()
        assert all(close(metiers[one], value) for one, value in wanted.items())
        for explication in moteur.expliquer(profil, tuple(found.ids)):
            shown = [kind for reason in explanation(explication)["explanations"] for kind in reason]
            assert shown == literal.reasons(profil, explication.formation_id)

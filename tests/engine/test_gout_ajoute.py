"""What adding a taste may do to the rank of a formation that the taste matches, among the formations of its type.

The literal sentence "adding a matching interest never lowers a formation's rank among the same type" cannot be kept by
an engine that tells strong ties from weak ones. Let A and B, of one type, both match the interest, B more than A, and
let the interest be worth something: some quantity that B gains over A. Put both in a profile where A is ahead of B by
less than that (nearer to the student, say): once the interest is added, B is ahead, and A has lost a place. Only an
engine in which every match counts the same, direct or not, keeps the sentence; MonProjetSup's does not, nor does ours,
and ``test_the_literal_sentence_cannot_hold`` is that very case. Three true forms are kept, the strongest last:

1. a formation that matches never falls behind one of its type that does not match (``test_corrige``, the catalogue);
2. without any other formation of its type that matches, it never loses a place;
3. it may only be overtaken by a formation whose tie to the profile grows by a larger factor than its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.donnees import JeuDeDonnees, PositionVoeu
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil, Statut
from tests.engine.deux_moteurs import formation, linked
from tests.engine.petit_jeu import JEU, TESTVILLE
from tests.engine.test_moteur import PROFILS

MOTEUR = Moteur(JEU)
TASTES = ("dom1", "dom2", "ci1", "MET.1", "MET.2", "MET.3")


def with_taste(profil: Profil, taste: str) -> Profil:
    if taste.startswith("MET"):
        return dataclasses.replace(profil, choix=(*profil.choix, Choix(taste, Statut.FAVORI)))
    return dataclasses.replace(profil, interets=(*profil.interets, taste))


def rank_in_type(moteur: Moteur, jeu: JeuDeDonnees, profil: Profil) -> dict[str, int]:
    """Rank of each suggested formation among those of its type, 1 = first."""
    types = {f.id: f.type for f in jeu.formations}
    seen: dict[str, int] = {}
    found: dict[str, int] = {}
    for suggestion in moteur.classer(profil):
        if suggestion.affinite > 0:
            kind = types[suggestion.formation_id]
            found[suggestion.formation_id] = seen[kind] = seen.get(kind, 0) + 1
    return found


def ties(moteur: Moteur, jeu: JeuDeDonnees, profil: Profil) -> Mapping[str, float]:
    """What tastes multiply each formation by; nothing = not suggested at all."""
    found = moteur.contributions(profil, tuple(f.id for f in jeu.formations))
    return {c.formation_id: c.multiplicateurs.get("tags", 0.0) if c.retenue else 0.0 for c in found}


def near_and_tied() -> JeuDeDonnees:
    """Two formations of one type: "fl1" is near and tied to dom8 through a métier, "fl2" is far and tied to it."""
    far = (PositionVoeu("tafar", 43.6, 1.4),)
    return linked(
        formation("fl1", type="t"),
        formation("fl2", type="t", voeux=far),
        metiers=(("MET.50", "fl1"),),
        formation_domaine=(("fl1", "dom1"), ("fl2", "dom1"), ("fl2", "dom8")),
        domaine_metier=(("dom8", "MET.50"),),
    )


def halfway() -> JeuDeDonnees:
    """The same, for a student who lives a little nearer to "fl1" (223 km) than to "fl2" (268 km)."""
    jeu = near_and_tied()
    town = dataclasses.replace(jeu.villes[TESTVILLE], coords=((46.0, 1.7),))
    return dataclasses.replace(jeu, villes={TESTVILLE: town})


def test_the_literal_sentence_cannot_hold():
    """Both match dom8, the far one directly: liking dom8 strongly enough must put it in front."""
    jeu = halfway()
    moteur = Moteur(jeu)
    profil = Profil(bac="NC", interets=("dom1",), communes=(TESTVILLE,))
    old, new = (ties(moteur, jeu, one) for one in (profil, with_taste(profil, "dom8")))
    assert 1 < new["fl1"] / old["fl1"] < new["fl2"] / old["fl2"]
    assert rank_in_type(moteur, jeu, profil) == {"fl1": 1, "fl2": 2}
    assert rank_in_type(moteur, jeu, with_taste(profil, "dom8")) == {"fl2": 1, "fl1": 2}


@given(PROFILS, st.sampled_from(TASTES))
def test_alone_of_its_type_to_match_it_never_loses_a_place(profil: Profil, taste: str):
    before, after = (rank_in_type(MOTEUR, JEU, one) for one in (profil, with_taste(profil, taste)))
    old, new = (ties(MOTEUR, JEU, one) for one in (profil, with_taste(profil, taste)))
    types = {f.id: f.type for f in JEU.formations}
    gaining = [name for name in new if new[name] > old[name]]
    for name in gaining:
        alone = [one for one in gaining if types[one] == types[name]] == [name]
        if alone and name in before and name in after:
            assert after[name] <= before[name]


@given(PROFILS, st.sampled_from(TASTES))
def test_only_what_grows_by_a_larger_factor_overtakes(profil: Profil, taste: str):
    overtaken(MOTEUR, JEU, profil, taste)


def overtaken(moteur: Moteur, jeu: JeuDeDonnees, profil: Profil, taste: str) -> int:
    """How many formations pass another of their type; each must have grown by a larger factor."""
    more = with_taste(profil, taste)
    before, after = (rank_in_type(moteur, jeu, one) for one in (profil, more))
    old, new = (ties(moteur, jeu, one) for one in (profil, more))
    types = {f.id: f.type for f in jeu.formations}
    count = 0
    for one in before.keys() & after.keys():
        for other in after:
            if types[other] != types[one] or other == one:
                continue
            if before.get(other, 10**9) > before[one] and after[other] < after[one]:
                count += 1
                assert new[other] * old[one] > old[other] * new[one] * (1 - 1e-9)
    return count


def test_the_invariant_is_not_vacuous():
    assert (
        overtaken(Moteur(halfway()), halfway(), Profil(bac="NC", interets=("dom1",), communes=(TESTVILLE,)), "dom8")
        == 1
    )

"""What hand-written students get on the bundled catalogue, in both modes, failures by name.

The criterion is that of MonProjetSup's own tests on expert profiles: favourites scored 5 among the first 20, those
scored 3 or more suggested, refused formations never suggested. Beside it, ours: at least one formation that the
student did not name and that whoever wrote him expects. And, for every formation of the catalogue, whether a student
who only likes it finds it among the first 20.

The corrected mode puts what is scored 5 among the first 20, whatever speaks against it: ``au_merite`` counts those
that come there without that, by asking again with a score of 4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.engine.regles import Mode
from tests.services.profils_experts import PROFILS_AVEUGLES, PROFILS_EXPERTS, ProfilExpert

PREMIERES = 20
AIME_BEAUCOUP, AIME = 5, 3
_MODES: tuple[Mode, ...] = ("reference", "corrige")


def written_profiles(jeu: JeuDeDonnees) -> dict[str, Any]:
    """Figures of both modes."""
    return {mode: _figures(Moteur(jeu, mode), jeu) for mode in _MODES}


def failures(moteur: Moteur, expert: ProfilExpert) -> tuple[str, ...]:
    """What of the criterion is not met for one student, in words; empty = all of it."""
    ranked = [s.formation_id for s in moteur.classer(engine_profile(expert)) if s.affinite > 0]
    first = set(ranked[:PREMIERES])
    loved = [one for one, score in expert.favoris.items() if score >= AIME_BEAUCOUP and one not in first]
    liked = [one for one, score in expert.favoris.items() if score >= AIME and one not in ranked]
    refused = sorted(set(expert.rejetees) & set(ranked))
    return (
        *(f"{one} noté 5, hors des {PREMIERES} premières" for one in loved),
        *(f"{one} noté 3 ou plus, absent" for one in liked),
        *(f"{one} refusé, proposé" for one in refused),
    )


def by_merit(moteur: Moteur, expert: ProfilExpert) -> bool:
    """Whether the loved formations are among the first when they are only liked."""
    loved = {one for one, score in expert.favoris.items() if score >= AIME_BEAUCOUP}
    liked = replace(expert, favoris={one: min(score, AIME_BEAUCOUP - 1) for one, score in expert.favoris.items()})
    return loved <= {s.formation_id for s in moteur.classer(engine_profile(liked), PREMIERES) if s.affinite > 0}


def unexpected(moteur: Moteur, expert: ProfilExpert) -> bool:
    """Whether none of the expected formations is among the first."""
    first = {s.formation_id for s in moteur.classer(engine_profile(expert), PREMIERES) if s.affinite > 0}
    return not first & set(expert.attendues)


def engine_profile(expert: ProfilExpert) -> Profil:
    """The student as the engine sees him."""
    return Profil(
        niveau="term",
        bac=expert.bac,
        duree=expert.duree,
        apprentissage=expert.apprentissage,
        communes=expert.communes,
        specialites=expert.specialites,
        interets=expert.gouts,
        moyenne=None if expert.moyenne is None else 2 * expert.moyenne,
        choix=(
            *(Choix(formation, Statut.FAVORI, score) for formation, score in expert.favoris.items()),
            *(Choix(metier, Statut.FAVORI) for metier in expert.metiers),
            *(Choix(formation, Statut.REJETE) for formation in expert.rejetees),
        ),
    )


def _figures(moteur: Moteur, jeu: JeuDeDonnees) -> dict[str, Any]:
    everyone = (*PROFILS_EXPERTS, *PROFILS_AVEUGLES)
    found = {expert.nom: failures(moteur, expert) for expert in everyone}
    ids = [f.id for f in jeu.formations if not f.obsolete]
    lost = [one for one in ids if not _alone_in_sight(moteur, one)]
    return {
        "profils": len(everyone),
        "critere_tenu": sum(not missing for missing in found.values()),
        "au_merite": sum(by_merit(moteur, expert) for expert in everyone),
        "critere_manque": {name: list(missing) for name, missing in found.items() if missing},
        "attendues_absentes": [expert.nom for expert in everyone if unexpected(moteur, expert)],
        "attendues_absentes_ecrites_avant": [expert.nom for expert in PROFILS_AVEUGLES if unexpected(moteur, expert)],
        "favori_seul": {"formations": len(ids), "retrouvees": len(ids) - len(lost), "perdues": lost[:PREMIERES]},
    }


def _alone_in_sight(moteur: Moteur, formation: str) -> bool:
    profil = Profil(bac="Générale", choix=(Choix(formation, Statut.FAVORI, AIME_BEAUCOUP - 1),))
    return any(s.formation_id == formation and s.affinite > 0 for s in moteur.classer(profil, PREMIERES))

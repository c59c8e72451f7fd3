"""Proposals for one student: which vœux are looked at, and what is said of those that are kept."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.core.text import NNBSP
from mps_desktop.engine.ambition import bac_type
from mps_desktop.engine.balance import TERMINALE
from mps_desktop.engine.classes import ClasseVoeu
from mps_desktop.engine.completion import Candidat, Completion, Liste, Proposition, complete
from mps_desktop.services import phrases_listes as listes
from mps_desktop.services.alentours import build_rings, rank_others, towns
from mps_desktop.services.diagnostic import Diagnostiqueur, Lieu
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import EquilibreVue, PropositionLigne
from mps_desktop.storage.records import EleveRecord

_SANS_B = ("AUCUN_B", "TOUS_AMBITIEUX")


class Completeur:
    """Proposes what would balance a list.

    Args:
        socle: catalogue, parameters and engine.
    """

    def __init__(self, socle: Socle) -> None:
        self._socle = socle

    def __call__(self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, vue: EquilibreVue) -> EquilibreVue:
        """The view of a student's list with its proposals."""
        found = self.complete(eleve, diagnostiqueur)
        has_towns = bool(towns(self._socle, eleve.profil))
        lignes = tuple(self._ligne(eleve, diagnostiqueur, p, has_towns) for p in found.propositions)
        refus = tuple(
            dict.fromkeys(
                listes.refus(refus.constat, refus.motif, diagnostiqueur.names(refus.constat.ids))
                for refus in found.refus
            )
        )
        message = "Rien à ajouter : la liste a ce qu’il faut." if not lignes and not refus else ""
        return replace(vue, propositions=lignes, refus=refus, message_propositions=message.replace(" :", f"{NNBSP}:"))

    def complete(self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, combien: int | None = None) -> Completion:
        """What the engine proposes; the catalogue is searched ring by ring, and no further than needed.

        Args:
            diagnostiqueur: estimates the vœux; one object may serve a whole class.
            combien: largest number of proposals, None = the usual one.
        """
        liste = diagnostiqueur.liste(eleve)
        regles = self._socle.parametres.regles
        ranked = rank_others(self._socle, eleve)
        if liste.niveau != TERMINALE:
            motif = "AUCUN_CANDIDAT" if ranked else "PROFIL_MUET"
            return complete(liste, (), regles, formations=tuple(ranked.items()), combien=combien, motif=motif)
        if bac_type(eleve.profil.bac or "NC") is None:
            return complete(liste, (), regles, combien=combien, motif="BAC_INCONNU")
        motif = "AUCUN_CANDIDAT" if ranked or liste.formations else "PROFIL_MUET"
        affinities = _affinities(liste, ranked)
        kept = {favori.formation_id: favori for favori in eleve.profil.favoris}
        candidats: list[Candidat] = []
        found, wanted = Completion((), ()), set(affinities)
        points = towns(self._socle, eleve.profil)
        for ring in build_rings(self._socle, liste.formations, tuple(ranked), points):
            near = [place for place in ring if place[1] in wanted]
            diagnostiqueur.load(voeu_id for voeu_id, _, _ in near)
            candidats += [
                Candidat(
                    diagnostiqueur.for_balance(eleve, voeu_id, kept.get(formation_id), Lieu(formation_id, distance)),
                    affinities[formation_id],
                )
                for voeu_id, formation_id, distance in near
            ]
            found = complete(liste, candidats, regles, combien=combien, motif=motif)
            wanted = _still_wanted(liste, found, motif, set(affinities))
            if not wanted:
                break
        return found

    def _ligne(
        self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, proposition: Proposition, has_towns: bool
    ) -> PropositionLigne:
        voeu = proposition.voeu
        ligne = None if voeu is None else diagnostiqueur.voeu(eleve, voeu.id, None)
        resout = dict.fromkeys(
            listes.resout(constat, diagnostiqueur.names(constat.ids), voeu.retenue.value if voeu else "")
            for constat in proposition.resout
        )
        return PropositionLigne(
            formation_id=proposition.formation_id,
            formation=self._socle.catalogue.libelle(proposition.formation_id),
            voeu=ligne,
            nouvelle=all(favori.formation_id != proposition.formation_id for favori in eleve.profil.favoris),
            resout=tuple(resout),
            ou=""
            if voeu is None
            else listes.where(
                proposition.rayon_km, voeu.distance_km, has_towns, self._socle.parametres.regles.rayons_km[-1]
            ),
        )


def _still_wanted(liste: Liste, found: Completion, motif: str, formations: set[str]) -> set[str]:
    """Formations worth looking at further away: those that lack something, all when the list itself does.

    A list that would still have no B needs one as soon as other vœux join it, whatever it lacks now.

    What a nearer vœu already settles is never settled again by a farther one, so that leaving the other
    formations out changes no proposal.
    """
    missed = [refus.constat for refus in found.refus if refus.motif == motif]
    added = [proposition.voeu for proposition in found.propositions if proposition.voeu is not None]
    without_b = all(voeu.retenue is not ClasseVoeu.SECURISANT for voeu in (*liste.voeux, *added))
    if missed and without_b and all(refus.constat.code not in _SANS_B or refus.motif == motif for refus in found.refus):
        return formations
    if any(not formations & set(constat.ids) for constat in missed):
        return formations
    return {identifiant for constat in missed for identifiant in constat.ids} & formations


def _affinities(liste: Liste, ranked: dict[str, float]) -> dict[str, float]:
    """Affinity of every formation looked at; those that are kept come in the student's own order."""
    size = max(len(liste.formations), 1)
    return ranked | {formation: 1 - rank / size / 100 for rank, formation in enumerate(liste.formations)}

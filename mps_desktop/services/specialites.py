"""Simulator of spécialités: what pairs and triples open, from the published counts. Bac général only."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.text import NBSP, NNBSP, join_fr, plural, sort_key
from mps_desktop.engine.eds import Acces, AccesFamille, Doublet, Simulateur, pairs_of
from mps_desktop.services.views import Option
from mps_desktop.services.vues_raisons import AccesLigne, SimulationVue

NB_MIN, NB_MAX = 2, 3
_NB_EXEMPLES = 3
_ORDRE = (Acces.PLUS, Acces.AUTANT, Acces.MOINS, Acces.RARE, Acces.INCONNU)

_NOMS: Mapping[str, str] = {
    "Art": "Arts", "Biologie-Ecologie": "Biologie-écologie", "EPPCS": "EPPCS (sport)", "LLCA": "LLCA (latin, grec)",
    "LLCER": "LLCER (langues)", "NSI": "NSI", "SI": "Sciences de l’ingénieur", "Maths": "Mathématiques",
    "Physique-Chimie": "Physique-chimie",
}  # fmt: skip
"""Names for people, where the short name of the file is not one."""

_FAMILLES: Mapping[str, str] = {
    "BTS Agricole": "BTS agricoles", "BTS Production": "BTS de production", "BTS Service": "BTS de services",
    "BUT Production": "BUT de production", "BUT Service": "BUT de services", "CPGE ECG": "CPGE économiques (ECG)",
    "CPGE L": "CPGE littéraires", "CPGE S": "CPGE scientifiques", "D.E  social": "Diplômes d’État du social",
    "D.E sanitaire": "Diplômes d’État de santé", "Ecoles d’ingénieurs": "Écoles d’ingénieurs",
    "Ecoles de Commerce": "Écoles de commerce", "Formations d’ART": "Écoles et diplômes d’art",
    "Formations des écoles nationales vétérinaires": "Écoles nationales vétérinaires",
    "Licence L.AS": "Licences avec accès santé (LAS)", "Sciences po": "Sciences Po",
}  # fmt: skip


class SimulateSpecialites:
    """Answers for any two or three spécialités of the bac général.

    Args:
        catalogue: the open reference data; the counts are read at the first question.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._simulateur: Simulateur | None = None

    def options(self) -> tuple[Option, ...]:
        """Spécialités to choose among: short name of the file, name for people, their ids in ``detail``."""
        known = self._catalogue.eds_specialites()
        options = (Option(name, _NOMS.get(name, name), detail=" ".join(ids)) for name, ids in known.items())
        return tuple(sorted(options, key=lambda one: sort_key(one.libelle)))

    def __call__(self, noms: tuple[str, ...]) -> SimulationVue:
        """What these spécialités open. With three, each family shows its best pair."""
        if not NB_MIN <= len(set(noms)) <= NB_MAX:
            return SimulationVue(
                "", "", (), f"Choisissez deux ou trois spécialités{NNBSP}: les familles s’affichent ici."
            )
        simulateur = self._ready()
        titre = join_fr([_NOMS.get(name, name) for name in noms])
        counts = [(pair, simulateur.bacheliers(pair)) for pair in pairs_of(noms)]
        if not any(count for _, count in counts):
            return SimulationVue(titre, "", (), "Aucun bachelier de ces sessions n’avait ces spécialités.")
        examples = self._examples()
        lignes = [self._line(one, len(set(noms)) > NB_MIN, examples) for one in simulateur.best_pairs(noms)]
        order = {acces.value: rank for rank, acces in enumerate(_ORDRE)}
        lignes.sort(key=lambda one: (order[one.acces], -(one.taux or 0.0), one.famille))
        return SimulationVue(titre, self._effectif(simulateur, counts), tuple(lignes))

    def _ready(self) -> Simulateur:
        with self._lock:
            if self._simulateur is None:
                self._simulateur = Simulateur(
                    Doublet(d.annee, d.famille, d.specialites, d.candidats, d.propositions, d.acceptations)
                    for d in self._catalogue.eds_doublets()
                )
            return self._simulateur

    def _examples(self) -> dict[str, list[str]]:
        """A few formations of each family, the largest first."""
        places = {one.id: one.capacite for one in self._catalogue.formations()}
        found: dict[str, list[str]] = {}
        familles = self._catalogue.eds_familles()
        for formation in sorted(familles, key=lambda one: (-places.get(one, 0), one)):
            found.setdefault(familles[formation], []).append(self._catalogue.libelle(formation))
        return found

    def _effectif(self, simulateur: Simulateur, counts: Sequence[tuple[tuple[str, str], int]]) -> str:
        sessions = simulateur.sessions
        parts = [f"{_number(count)} avec {_pair(pair)}" for pair, count in counts]
        return (
            f"Bacheliers généraux des sessions {sessions[0]} à {sessions[-1]} réunies{NNBSP}: {join_fr(parts)}. "
            "Chiffres publiés par le ministère de l’enseignement supérieur."
        )

    def _line(self, one: AccesFamille, several: bool, examples: Mapping[str, list[str]]) -> AccesLigne:
        famille = famille_fr(one.famille)
        return AccesLigne(
            famille=famille,
            acces=one.acces.value,
            paire=_pair(one.paire) if several else "",
            candidats=one.candidats,
            taux=one.taux,
            taux_tous=one.taux_tous,
            resume=_summary(one),
            phrase=_sentence(one, famille),
            exemples=tuple(examples.get(one.famille, [])[:_NB_EXEMPLES]),
        )


_RESERVES: Mapping[str, str] = {
    "Licence L.AS": (
        f" À lire avec réserve{NNBSP}: le nombre publié de candidats en LAS paraît trop élevé "
        f"(272{NBSP}454 en 2023, pour 315{NBSP}339 vœux)."
    )
}
"""What makes a published figure doubtful (vœux of candidates en terminale générale, session 2023)."""


def famille_fr(famille: str) -> str:
    """Name of a family of the file for people."""
    known = famille.replace("'", "’")
    if known in _FAMILLES:
        return _FAMILLES[known]
    return known.replace(" l ", " l’").replace(" d ", " d’").replace("Epist", "Épist").replace("Electr", "Électr")


def _summary(one: AccesFamille) -> str:
    asked = f"demandée par {_percent(one.demande)} (tous{NNBSP}: {_percent(one.demande_tous)})"
    if one.taux is None or one.acces is Acces.INCONNU:
        return f"{plural(one.candidats, 'candidat')}, trop peu pour conclure"
    return f"proposition pour {_percent(one.taux)} des candidats (tous{NNBSP}: {_percent(one.taux_tous)}), {asked}"


def _sentence(one: AccesFamille, famille: str) -> str:
    if one.taux is None or one.acces is Acces.INCONNU:
        return f"{famille}{NNBSP}: {plural(one.candidats, 'candidat')} avec {_pair(one.paire)}, trop peu pour conclure."
    rare = " Elle est rarement demandée avec ces spécialités." if one.acces is Acces.RARE else ""
    return (
        f"{famille}{NNBSP}: sur {_number(one.candidats)} candidats avec {_pair(one.paire)}, {_percent(one.taux)} ont "
        f"reçu au moins une proposition (intervalle à 95{NNBSP}%{NNBSP}: {_percent(one.bas)} à {_percent(one.haut)}), "
        f"contre {_percent(one.taux_tous)} de tous les bacheliers généraux qui la demandent.{rare}"
        f"{_RESERVES.get(one.famille, '')}"
    )


def _pair(paire: tuple[str, str]) -> str:
    return join_fr([_NOMS.get(name, name) for name in dict.fromkeys(paire)])


def _percent(share: float) -> str:
    whole = round(100 * share)
    return f"moins de 1{NNBSP}%" if whole == 0 and share > 0 else f"{whole}{NNBSP}%"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", NBSP)

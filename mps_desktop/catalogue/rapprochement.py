"""Which vœu of the catalogue a wish written in a file, or copied from a screen, is about."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mps_desktop.catalogue.abreviations import MEANINGS
from mps_desktop.catalogue.mots import content_words, fold_all, stem
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.search import search

SUR, POSSIBLE = 0.88, 0.5
"""Sureness from which a match is proposed as certain, and from which it is worth being offered."""

_MARGIN = 0.05
"""How much surer than the next one a match must be."""
_NEAR_FORMATION = 0.55
_NEAR_PLACE = 0.75
_CHOICES = 8
_PARTS = (0.5, 0.35, 0.15)
"""Shares of the formation, the établissement and the commune in a score."""
_UNSAID = 0.6
_APPRENTICE = re.compile(r"\b(?:en )?apprentissage\b|\balternance\b")
_DISTRICT = re.compile(r"\b(\d{1,2})(?:e|er|eme)?(?: arrondissement| ardt)?$")
_FILLER = frozenset(("specialite", "parcours", "option", "mention", "formation", "lycee", "site", "campus"))
"""Words that label makers add or leave out freely."""

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidat:
    """Something of the catalogue that a wish may be.

    Attributes:
        formation_id: its formation.
        voeu_id: ``ta…``, empty for the formation alone.
        libelle, detail: for people: the label, then the établissement and the commune.
        confiance: 0..1.
    """

    formation_id: str
    voeu_id: str
    libelle: str
    detail: str
    confiance: float


@dataclass(frozen=True, slots=True)
class _Ligne:
    """One vœu as compared."""

    voeu_id: str
    formation_id: str
    libelle: str
    etablissement: str
    commune: str
    apprentissage: bool
    disparu: bool
    formation: Words
    place: Words
    ville: tuple[str, str]


class Intitules:
    """Labels of every vœu and formation, ready to be compared.

    Args:
        catalogue: read once, here: about a third of a second.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        rows = catalogue.rows(
            "SELECT id, formation_id, libelle, etablissement, commune, apprentissage, evolution FROM voeux"
            " WHERE formation_id IS NOT NULL AND formation_id <> ''"
        )
        labels = _label_words([row[2] for row in rows])
        places = _place_words([row[3] for row in rows])
        communes = [_commune(text) for text in fold_all([row[4] for row in rows])]
        self._lignes = [
            _Ligne(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6] == "disparu", label, place, commune)
            for row, label, place, commune in zip(rows, labels, places, communes, strict=True)
        ]
        self._label_weights = _rarity(labels)
        self._place_weights = _rarity(places)
        self._by_commune: dict[str, list[_Ligne]] = defaultdict(list)
        self._by_place: dict[str, list[_Ligne]] = defaultdict(list)
        for ligne in self._lignes:
            self._by_commune[ligne.ville[0]].append(ligne)
            for word in ligne.place:
                self._by_place[word].append(ligne)
        formations = [(one.id, one.libelle) for one in catalogue.formations()]
        formations += catalogue.rows("SELECT formation_id, libelle FROM formations_psup")
        self._formations = [
            (formation_id, words)
            for (formation_id, _), words in zip(
                formations, _label_words([label for _, label in formations]), strict=True
            )
        ]
        self._alone_known: dict[Words, tuple[Candidat, ...]] = {}

    def find(
        self, formation: str, etablissement: str = "", commune: str = "", apprentissage: bool = False
    ) -> tuple[Candidat, ...]:
        """What a wish may be, surest first; vœux when the établissement is said, then formations alone.

        Args:
            formation, etablissement, commune: as written.
        """
        label = _label_words([formation])[0]
        if not label:
            return ()
        readings = _readings(label)
        found = self._voeux(readings, etablissement, commune, apprentissage) if etablissement.strip() else []
        if label not in self._alone_known:
            self._alone_known[label] = self._alone(readings, formation)
        highest = SUR - _MARGIN if etablissement.strip() else 1.0  # the formation alone is not all of a placed wish
        alone = (replace(one, confiance=min(one.confiance, highest)) for one in self._alone_known[label])
        return (*found[:_CHOICES], *alone)

    def _voeux(
        self, readings: Sequence[Words], etablissement: str, commune: str, apprentissage: bool
    ) -> list[Candidat]:
        place = _place_words([etablissement])[0]
        asked = _commune(fold_all([commune])[0])
        found: dict[str, Candidat] = {}
        for ligne in self._around(place, asked[0]):
            likeness = max(_likeness(words, ligne.formation, self._label_weights) for words in readings)
            if likeness < _NEAR_FORMATION:
                continue
            where = _likeness(place, ligne.place, self._place_weights)
            here = _same_commune(asked, ligne.ville)
            if where < 0.35 and not (here == 1 and likeness > _NEAR_PLACE):
                continue
            score = sum(part * value for part, value in zip(_PARTS, (likeness, where, here), strict=True))
            if not asked[0]:
                score /= 1 - _PARTS[2] * (1 - _UNSAID)
            if where < _NEAR_PLACE:
                score = min(score, SUR - _MARGIN)
            if ligne.apprentissage != apprentissage:
                score -= 2 * _MARGIN
            if ligne.disparu:
                score = min(score, SUR - _MARGIN)
            if score >= POSSIBLE:
                where_it_is = f"{ligne.etablissement} ({ligne.commune})" if ligne.commune else ligne.etablissement
                found[ligne.voeu_id] = Candidat(
                    ligne.formation_id, ligne.voeu_id, ligne.libelle, where_it_is, round(min(score, 1.0), 3)
                )
        return sorted(found.values(), key=lambda one: -one.confiance)

    def _around(self, place: Words, commune: str) -> Iterable[_Ligne]:
        """Vœux of the commune, and those of the établissements that share the rarest words."""
        near = {ligne.voeu_id: ligne for ligne in self._by_commune.get(commune, ())} if commune else {}
        rare = sorted(place & self._by_place.keys(), key=lambda word: len(self._by_place[word]))[:3]
        for word in rare:
            if not near or len(self._by_place[word]) < 2000:
                near.update((ligne.voeu_id, ligne) for ligne in self._by_place[word])
        return near.values()

    def _alone(self, readings: Sequence[Words], text: str) -> tuple[Candidat, ...]:
        """Formations of that name, surest first."""
        scores: dict[str, float] = {}
        for formation_id, words in self._formations:
            likeness = max(_likeness(one, words, self._label_weights) for one in readings)
            if likeness >= _NEAR_FORMATION:
                scores[formation_id] = max(likeness, scores.get(formation_id, 0.0))
        if max(scores.values(), default=0.0) < SUR:
            for hit in search(self._catalogue, text, ("formation",), 4):
                scores.setdefault(hit.id, min(hit.score, SUR - 2 * _MARGIN))
        best = sorted(scores.items(), key=lambda pair: -pair[1])[:_CHOICES]
        labels = {one.id: one.libelle for one in self._catalogue.formations(code for code, _ in best)}
        return tuple(
            Candidat(code, "", labels[code], "sans établissement", round(score, 3))
            for code, score in best
            if code in labels and score >= POSSIBLE
        )


def is_sure(found: Sequence[Candidat]) -> bool:
    """Whether the first of what ``find`` gave is certain: high, and well above the next one."""
    if not found or found[0].confiance < SUR:
        return False
    return len(found) == 1 or found[0].confiance - found[1].confiance >= _MARGIN


def _label_words(labels: Sequence[str]) -> list[Words]:
    return [_words(_APPRENTICE.sub(" ", label)) for label in fold_all(labels)]


def _place_words(labels: Sequence[str]) -> list[Words]:
    return [_words(label) for label in fold_all(labels)]


def _words(folded: str) -> Words:
    return frozenset(stem(word) for word in content_words(folded.split()) if word not in _FILLER)


def _readings(words: Words) -> tuple[Words, ...]:
    """The words, then with their abbreviations written in full: SIO, IFSI, STAPS."""
    full = set(words)
    for word in words:
        meanings = MEANINGS.get((word,))
        if meanings:
            full.discard(word)
            full.update(stem(one) for one in content_words(meanings[0]))
    return (words,) if frozenset(full) == words else (words, frozenset(full))


def _commune(folded: str) -> tuple[str, str]:
    """Name of a commune and its arrondissement, empty when none: ("paris", "12")."""
    folded = re.sub(r"\bcedex\b.*", "", folded).strip()
    folded = re.sub(r"^st\b", "saint", re.sub(r"^ste\b", "sainte", folded))
    district = _DISTRICT.search(folded)
    if district is None:
        return folded, ""
    return folded[: district.start()].strip(), str(int(district[1]))


def _same_commune(asked: tuple[str, str], known: tuple[str, str]) -> float:
    """1 the same commune, 0 another, something between when one of the two is not said."""
    if not asked[0] or not known[0]:
        return _UNSAID
    if asked[0] != known[0]:
        return 0.0
    return 1.0 if asked[1] == known[1] else 0.5 if asked[1] and known[1] else 0.9


def _rarity(labels: Sequence[Words]) -> Mapping[str, float]:
    counts = Counter(word for words in labels for word in words)
    return {word: 0.3 + math.log(len(labels) / count) for word, count in counts.items()}


def _likeness(one: Words, other: Words, weights: Mapping[str, float]) -> float:
    """0..1: share of the words of two labels that they have in common, rare words counting more."""
    if one == other:
        return 1.0
    common = one & other
    if not common:
        return 0.0
    unknown = max(weights.values(), default=1.0)
    shared = sum(weights.get(word, unknown) for word in common)
    total = sum(weights.get(word, unknown) for word in one) + sum(weights.get(word, unknown) for word in other)
    return 2 * shared / total

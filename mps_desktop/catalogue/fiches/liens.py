"""Which official fiches speak of a formation of the catalogue."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Formation
from mps_desktop.core.text import fold

_SAME_WORDS = (
    # How Parcoursup and ONISEP begin the name of the same diploma, folded.
    ("certificat de specialisation agricole", ("cs",)),
    ("certificat de specialisation", ("cs", "mc")),
    ("mention complementaire", ("mc", "cs")),
    ("formation professionnelle", ("tp", "titre professionnel", "")),
    ("titre professionnel", ("tp",)),
    ("dn made", ("dn made mention",)),
    ("licence", ("licence mention",)),
    ("diplome d etat", ("de", "diplome d etat d", "diplome d etat de")),
    ("diplome d etat professeur", ("de professeur", "diplome d etat de professeur")),
)
_GENERAL = {
    # Beginning of a folded label -> folded name of the fiche that speaks of the diploma itself.
    "dcg": "diplome de comptabilite et de gestion",
    "pass": "pass parcours d acces specifique sante",
    "cpge ect": "classe preparatoire economique et commerciale voie technologique",
}
_NOISE = re.compile(r"\b(?:1ere annee commune|bac \+\s?\d|options? [a-z]\b|a referentiel commun europeen)\b|\(.*?\)")
_PARENTHESIS = re.compile(r"\([^)]*\)")
_WORD_SPACES = re.compile(r"\s+")


class Correspondances:
    """Ids under which the store may speak of a formation; learnt again when the store changes.

    Args:
        catalogue: labels of the formations and of their Parcoursup filières.
        magasin: the store.
    """

    def __init__(self, catalogue: Catalogue, magasin: Magasin) -> None:
        self._catalogue = catalogue
        self._magasin = magasin
        self._lock = threading.Lock()
        self._version: tuple[int, int] | None = None
        self._known: frozenset[str] = frozenset()
        self._by_name: dict[str, str] = {}
        self._by_psup: Mapping[str, tuple[str, ...]] = {}

    def ids(self, formation: Formation) -> tuple[str, ...]:
        """Ids to ask the store for, the closest first: ONISEP fiches, then the formation's own.

        Fiches are those that the files link, those that the catalogue links, else one of the same name.
        A formation with access to health studies also has those of its licence.
        """
        with self._lock:
            self._learn()
            own = (formation.id, *formation.psup)
            mother = self._catalogue.formation(formation.las) if formation.las is not None else None
            if formation.las is not None:
                own = (*own, formation.las, *(mother.psup if mother is not None else ()))
            named = (*formation.fiches, *(mother.fiches if mother is not None else ()))
            linked = [target for psup in own for target in self._by_psup.get(psup, ())]
            linked += [target for target in named if target in self._known]
            if not linked:
                linked = list(self._same_name(self._labels(formation)))
        return tuple(dict.fromkeys((*linked, *own)))

    def _learn(self) -> None:
        version = self._magasin.version
        if version != self._version:
            names = self._magasin.libelles()
            self._known = frozenset(names)
            self._by_name = {_key(label): identifier for identifier, label in names.items() if identifier[:3] == "FOR"}
            self._by_psup = {
                psup: kept
                for psup, targets in self._magasin.correspondances().items()
                if (kept := tuple(target for target in targets if target in names))
            }
            self._version = version

    def _labels(self, formation: Formation) -> tuple[str, ...]:
        ids = (formation.las,) if formation.las is not None else (formation.id,)
        labels = [self._catalogue.libelle(one) for one in ids]
        labels += [
            row[0] for row in self._catalogue.rows("SELECT libelle FROM formations_psup WHERE formation_id = ?", ids)
        ]
        return tuple(dict.fromkeys(labels))

    def _same_name(self, labels: Iterable[str]) -> tuple[str, ...]:
        for label in labels:
            for name in possible_names(label):
                if name in self._by_name:
                    return (self._by_name[name],)
        return ()


def possible_names(label: str) -> tuple[str, ...]:
    """Folded names under which ONISEP may list a formation, the most likely first."""
    name = _key(label)
    names = [name]
    for old, others in _SAME_WORDS:
        if name.startswith(old + " "):
            names += [f"{new} {name[len(old) + 1 :]}".strip() for new in others]
    names += [target for start, target in _GENERAL.items() if name.startswith(start)]
    names += [f"{prefix} {name}" for prefix in ("bts", "btsa", "tp", "cs", "mc")]
    return tuple(dict.fromkeys(names))


def _key(label: str) -> str:
    """Folded label without what only one of the two producers writes."""
    without = _NOISE.sub(" ", fold(_PARENTHESIS.sub(" ", label)))
    return _WORD_SPACES.sub(" ", without).strip()

"""Parcoursup filières: names, twins in apprenticeship, reference formation that each one belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mps_desktop.core.text import fold

PARCOURS_SANTE = "fl2047"
LAS_OFFSET = 1_000_000
EXCLUDED = frozenset({"fl231", "fr70", "fr95000"})
"""Left out, as MonProjetSup does. It also leaves out preparatory years, school and university diplomas and the
formations of the grade of licence: here they can be looked up and put among the wishes, but nothing links them to a
métier or a domaine, so that they are never suggested."""

_DEAD_FAMILIES = frozenset({"DUT", "PBUT", "DMA", "PACES"})
_ROOT = re.compile(r"[-_ +]")
_GROUP_BY_ROOT = {
    # Whole types of formation that MonProjetSup shows as one, by first token of the short name.
    "CMI": "fr22",
    "FCIL": "fr64",
    "BPJEPS": "fr640",
    "DEPJPS": "fr641",
    "DEJEPS": "fr641",
    "DSP": "fr75001",
    "ScPo": "fr90",
    "CUPGE": "fr83",
}
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    # First words of a map label -> first tokens of the short names where to look, best first.
    "bts": ("BTS", "BTSA", "BTSM", "TC"),
    "but": ("BUT",),
    "licence": ("L1", "STAPS", "PASS"),
    "double licence": ("L1",),
    "licence professionnelle": ("LP",),
    "cpge": ("CPGE", "ECG"),
    "certificat de specialisation agricole": ("CSA",),
    "certificat de specialisation": ("CS", "MC"),
    "mention complementaire": ("MC", "CS"),
    "dn made": ("DNM",),
    "deust": ("DEUST",),
    "bpjeps": ("BPJEPS",),
    "dejeps": ("DEPJPS", "DEJEPS"),
    "c m i": ("CMI",),
    "cupge": ("CUPGE",),
    "fcil": ("FCIL",),
    "dsp": ("DSP",),
    "mise a niveau": ("MAN",),
    "formation professionnelle": (),
}
_FAMILY_GROUP = {
    "fcil": "fr64",
    "dsp": "fr75001",
    "bpjeps": "fr640",
    "dejeps": "fr641",
    "c m i": "fr22",
    "cupge": "fr83",
    "sciences po": "fr90",
    "diplome d universite": "fr75",
    "diplome d etablissement": "fr75000",
    "annee preparatoire": "fr63",
}
_APPRENTISSAGE = re.compile(r"[-\s]*\ben apprentissage\b", re.IGNORECASE)
_LAS = re.compile(r"\(LAS\)|Accès Santé|option Santé", re.IGNORECASE)
_TITLE = re.compile(r"^(?:(?:fp|tp|titre professionn?el|formation professionnelle) )+")
_NOISE = re.compile(r"^(?:Licence - )?Double dipl[oô]me - Licence ")


@dataclass(frozen=True, slots=True)
class Filiere:
    """One Parcoursup filière.

    Attributes:
        id: ``fl<g_fl_cod>``.
        racine: first token of its short name ("BTS", "L1"…).
        jumelle: id of the same filière outside apprenticeship (itself when it is not one).
    """

    id: str
    libelle: str
    racine: str
    apprentissage: bool
    jumelle: str


def is_las(label: str) -> bool:
    """A licence with health option, by its label."""
    return bool(_LAS.search(label))


def is_apprentissage(label: str) -> bool:
    """A programme taught in apprenticeship only, by its label."""
    return bool(_APPRENTISSAGE.search(label)) and "apprentissage par pr" not in label.lower()


def las_id(mere: str) -> str:
    """Id of the LAS of a mother filière."""
    return f"fl{LAS_OFFSET + int(mere.removeprefix('fl'))}"


class Nomenclature:
    """Filières and their grouping into reference formations.

    The rules are those of MonProjetSup, except that one filière never hides another: merging by
    common beginning of label would put Histoire de l’art under Histoire. Whole types (CMI, BPJEPS,
    FCIL…) stay one formation; ``mps_reference`` gives MonProjetSup's id of what was kept apart.

    Args:
        filieres: every known filière by id.
        groupes: filière -> reference formation, from MonProjetSup's data.
        propres: our own table of groups, which wins.
        renommages: newer name -> filière, where the name alone does not tell.
        noms: filière -> name with its family, from MonProjetSup's data.
    """

    def __init__(
        self,
        filieres: Mapping[str, Filiere],
        groupes: Mapping[str, str],
        propres: Mapping[str, str],
        renommages: Mapping[str, str],
        noms: Mapping[str, str],
    ) -> None:
        self.filieres = dict(filieres)
        self.noms = dict(noms)
        self._groupes = dict(groupes)
        self._propres = dict(propres)
        self._successions: dict[str, str] = {}
        self._by_label: dict[tuple[bool, str], list[str]] = {}
        for filiere in sorted(self.filieres.values(), key=lambda one: (one.id not in self.noms, -int(one.id[2:]))):
            if filiere.racine and filiere.racine not in _DEAD_FAMILIES:
                key = (filiere.apprentissage, _name_key(filiere.libelle))
                self._by_label.setdefault(key, []).append(filiere.id)
        self._renommages = {_name_key(name): one for name, one in renommages.items() if one in self.filieres}

    def add_successions(self, successions: Mapping[str, str]) -> None:
        """Tell which filières were renamed under another code."""
        self._successions.update(successions)

    def reference(self, filiere_id: str) -> str:
        """Reference formation of a filière (may be one of ``EXCLUDED``)."""
        known = self.filieres.get(filiere_id)
        current = known.jumelle if known is not None else filiere_id
        for _ in range(3):
            current = self._successions.get(current, current)
        if current in self._propres:
            return self._propres[current]
        group = self._groupes.get(current, "")
        if group.startswith("fr"):
            return group
        known = self.filieres.get(current)
        return _GROUP_BY_ROOT.get(known.racine, current) if known is not None else current

    def mps_reference(self, formation_id: str) -> str:
        """Id under which MonProjetSup knows a reference formation."""
        return self._groupes.get(formation_id, formation_id)

    def match(self, label: str) -> tuple[str, bool] | None:
        """Filière of a label of Parcoursup's map, by longest common beginning of words.

        Returns:
            The id of the filière, and whether the whole label was used; None when nothing fits.
        """
        apprentissage = is_apprentissage(label)
        family, rest = split_family(_NOISE.sub("Licence - ", label))
        words = _name_key(rest).split()
        roots = _FAMILIES.get(family, ())
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            chosen = self._first_of(self._by_label.get((apprentissage, name), []), roots)
            if chosen is None:
                chosen = self._first_of([self._renommages[name]] if name in self._renommages else [], roots)
            if chosen is not None:
                return chosen, size == len(words)
        return None

    def reference_of_label(self, label: str) -> str | None:
        """Reference formation of a label, by its filière or, failing that, by its whole family."""
        family, _ = split_family(label)
        found = self.match(label)
        return self.reference(found[0]) if found is not None else _FAMILY_GROUP.get(family)

    def _first_of(self, ids: list[str], roots: tuple[str, ...]) -> str | None:
        if not roots:
            return ids[0] if ids else None
        for root in roots:
            for filiere_id in ids:
                if self.filieres[filiere_id].racine == root:
                    return filiere_id
        return None


def _name_key(label: str) -> str:
    """Folded name of a filière, without what some files add before or after it."""
    return _TITLE.sub("", fold(_APPRENTISSAGE.sub("", label)))


def split_family(label: str) -> tuple[str, str]:
    """Folded family and rest of a map label ("BTS - Services - Tourisme" -> "bts", "Tourisme")."""
    first, _, rest = label.partition(" - ")
    family = fold(first)
    if family.startswith("sciences po"):
        return "sciences po", label
    if family not in _FAMILIES and family not in _FAMILY_GROUP:
        return "", label
    if family == "bts":
        rest = re.sub(r"^(?:Services|Production|Agricole|Maritime) - ", "", rest)
    return family, rest


def load_filieres(raw: Mapping[str, Mapping[str, object]]) -> dict[str, Filiere]:
    """Filières of MonProjetSup's data (``filieres`` of its front data), LAS left out."""
    loaded: dict[str, Filiere] = {}
    for code, one in raw.items():
        if one["isLas"]:
            continue
        libelle = str(one["libelle"])
        loaded[f"fl{code}"] = Filiere(
            f"fl{code}",
            libelle,
            _ROOT.split(str(one["sigle"]).strip())[0],
            bool(one["apprentissage"]) or is_apprentissage(libelle),
            f"fl{one['cleFiliere'] or code}",
        )
    return loaded


def find_successions(observed: Mapping[str, list[tuple[str, bool]]], filieres: Mapping[str, Filiere]) -> dict[str, str]:
    """Filières whose programmes now carry, for most of them, the exact name of another filière.

    Two codes of one family with the same name are not a succession.

    Args:
        observed: old filière -> (filière of the newest label, whole label used) of each of its programmes.
        filieres: every known filière by id.
    """
    successions: dict[str, str] = {}
    for old, seen in observed.items():
        name = (filieres[old].racine, fold(filieres[old].libelle))
        exact = [
            new
            for new, whole in seen
            if whole and new != old and (filieres[new].racine, fold(filieres[new].libelle)) != name
        ]
        for new in sorted(set(exact)):
            if exact.count(new) >= 0.6 * len(seen):
                successions[old] = new
    return successions

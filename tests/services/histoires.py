"""A small language for stories about lists of wishes, so that each case reads on one line.

A wish is ``formation/class`` with what is special about it: ``bts1/B/20km``, ``but/A+/dit=B`` (declared),
``lic/A/prof=B`` (teacher), ``bts1/?/app`` (apprentissage), ``lic/A/dur`` (against the length wanted), ``/alt``,
``/disparu``, ``/bas=0.3``, ``/haut=0.2``, ``/u2`` (établissement), ``/x11`` (eleven of them).
The category follows the name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mps_desktop.engine.classes import ClasseVoeu, VoeuBalance
from mps_desktop.engine.completion import Candidat, Completion, Liste, complete
from mps_desktop.engine.portee import is_only_safe, within_reach
from tests.engine.ambition_factories import shipped_regles

REGLES = shipped_regles()
_BAS = {ClasseVoeu.SECURISANT: 0.7, ClasseVoeu.REALISTE: 0.4, ClasseVoeu.AMBITIEUX: 0.1, ClasseVoeu.INSUFFISANT: None}
_HAUT = {
    ClasseVoeu.SECURISANT: 0.95,
    ClasseVoeu.REALISTE: 0.75,
    ClasseVoeu.AMBITIEUX: 0.5,
    ClasseVoeu.INSUFFISANT: None,
}
_CATEGORIES = {
    "bts": ("bts", "BTS"), "but": ("but", "BUT"), "cpge": ("cpge", "CPGE"), "pass": ("pass", "PASS"),
    "las": ("las", "Licence_Las"), "ifsi": ("ifsi", "IFSI"), "ing": ("ingenieur", "Ecole d’Ingénieur"),
    "lic": ("licence", "Licence"), "ergo": ("paramedical", "Autre formation"), "efts": ("efts", "EFTS"),
    "cs": ("ordinaire", "Autre formation"),
}  # fmt: skip


@dataclass(frozen=True)
class Histoire:
    """One story: who, what he has, what exists around, what is found and proposed."""

    titre: str
    voeux: tuple[str, ...] = ()
    formations: tuple[str, ...] = ()
    autour: tuple[str, ...] = ()
    constats: tuple[str, ...] = ()
    propose: tuple[str, ...] = ()
    refus: tuple[str, ...] = ()
    niveau: str = "terminale"
    metiers: tuple[str, ...] = ("MET.1",)
    completude: int = 80
    jours: int | None = None
    atteint: bool = False
    pistes: tuple[str, ...] = field(default=())

    def liste(self) -> Liste:
        """The student's list."""
        voeux = wishes(self.voeux, "ta")
        names = self.formations or tuple(dict.fromkeys(v.formation_id for v in voeux))
        around = wishes(self.autour, "tb")
        reach: tuple[str, ...] = ()
        if is_only_safe(voeux, REGLES):
            reach = within_reach(around, REGLES, any(v.distance_km is not None for v in around))
        return Liste(self.niveau, voeux, names, self.metiers, self.completude, self.jours, None, reach)

    def complete(self) -> Completion:
        """What is proposed, the first of what exists around having the highest affinity."""
        around = wishes(self.autour, "tb")
        candidats = [Candidat(voeu, 1 - rank / 100) for rank, voeu in enumerate(around)]
        formations = [(name, 1 - rank / 100) for rank, name in enumerate(self.pistes)]
        return complete(self.liste(), candidats, REGLES, formations=formations)


def wishes(tokens: tuple[str, ...], prefix: str) -> tuple[VoeuBalance, ...]:
    """Wishes of a story, numbered."""
    found: list[VoeuBalance] = []
    for token in tokens:
        name, classe, *extras = token.split("/")
        times = next((int(extra[1:]) for extra in extras if extra.startswith("x")), 1)
        for _ in range(times):
            found.append(_wish(f"{prefix}{len(found)}", name, ClasseVoeu(classe), extras))
    return tuple(found)


def _wish(identifiant: str, name: str, classe: ClasseVoeu, extras: list[str]) -> VoeuBalance:
    values = dict(extra.split("=") for extra in extras if "=" in extra)
    categorie, fili = _CATEGORIES[name.rstrip("0123456789")]
    gone = "disparu" in extras
    return VoeuBalance(
        id=identifiant,
        formation_id=name,
        estimee=classe,
        bas=float(values["bas"]) if "bas" in values else _BAS[classe],
        declaree=ClasseVoeu(values["dit"]) if "dit" in values else None,
        enseignant=ClasseVoeu(values["prof"]) if "prof" in values else None,
        connu=not gone,
        distance_km=next((float(extra[:-2]) for extra in extras if extra.endswith("km")), None),
        compatible_duree="dur" not in extras,
        compatible_alternance="alt" not in extras,
        apprentissage="app" in extras,
        fili="" if gone else fili,
        categorie="" if gone else categorie,
        haut=float(values["haut"]) if "haut" in values else _HAUT[classe],
        etablissement=next((extra for extra in extras if extra.startswith("u")), identifiant),
    )

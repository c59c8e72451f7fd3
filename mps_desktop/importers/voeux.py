"""Parcoursup wishes in a teacher's file: one line per wish, one student per line, or text pasted from a screen."""

from __future__ import annotations

import re

from mps_desktop.core.text import fold
from mps_desktop.importers.entetes import Entete
from mps_desktop.importers.feuille import Ligne
from mps_desktop.importers.rows import VoeuLu

_COUNT = re.compile(r"\s*\((\d{1,2}) sous[- ]v(?:œ|oe)ux?\)", re.IGNORECASE)
_APPRENTICE = re.compile(r"\s*(?:\((?:en )?apprentissage\)|[-–] ?(?:en )?apprentissage$)", re.IGNORECASE)
_BOARDING = re.compile(r"\s*[-–] ?(avec|sans) internat$", re.IGNORECASE)
_PLACE = re.compile(r"(?P<nom>.+?) \((?P<departement>\d{2,3}|2[AB]) ?[-–] ?(?P<commune>.+)\)")
_PASTED_HEAD = 60_000
_SEE = "voir le detail"
_COUNTS = "compte pour un voeu"
_COUNTS_UNDER = "compte pour un sous voeu"
_AUCUN = frozenset(("", "aucun", "aucun voeu", "neant", "0", "non", "sans voeu", "pas de voeu"))


def read_voeux(ligne: Ligne, entete: Entete) -> tuple[VoeuLu, ...]:
    """Wishes of one line: each filled wish column is one, with what the columns beside it say."""
    ranks = entete.ranks("voeu")
    labels = [cell for rang in ranks if fold(cell := ligne.cell(rang)) not in _AUCUN]
    if not labels:
        return ()
    alone = len(ranks) == 1
    numero = entete.text(ligne, "voeu_numero")
    state = entete.text(ligne, "voeu_etat") if alone else ""
    return tuple(
        _voeu(
            ligne.numero,
            label,
            etablissement=entete.text(ligne, "voeu_etablissement") if alone else "",
            commune=entete.text(ligne, "voeu_commune") if alone else "",
            apprentice=alone and fold(entete.text(ligne, "voeu_statut")).startswith("appren"),
            confirme=read_state(state),
            internat=_boarding(entete.text(ligne, "voeu_internat")) if alone else "",
            numero=int(numero) if numero.isdecimal() and len(numero) < 4 else rank * (not alone),
        )
        for rank, label in enumerate(labels, start=1)
    )


def read_state(text: str) -> bool | None:
    """Whether a wish is confirmed ("VŒU CONFIRMÉ", "Oui"); None when the text does not say."""
    key = fold(text)
    if not key:
        return None
    if "non confirme" in key or "incomplet" in key or key.startswith(("non", "en attente")):
        return False
    return True if "confirme" in key or key in ("oui", "x", "1") else None


def is_pasted(text: str) -> bool:
    """Whether a text was copied from a candidate's screen of wishes rather than written as a table."""
    keys = [fold(line) for line in text[:_PASTED_HEAD].splitlines()[:400]]
    return keys.count(_SEE) > 0 and any(key.startswith((_COUNTS, _COUNTS_UNDER)) or _confirmed(key) for key in keys)


def read_pasted(text: str) -> tuple[VoeuLu, ...]:
    """Wishes of a text copied from a candidate's screen, in its order.

    Each wish ends with "Voir le détail"; its place is the line "Établissement (département - COMMUNE)", its formation
    the line below. A wish with sub-wishes is announced by its name above "Compte pour un vœu".
    """
    found: list[VoeuLu] = []
    block: list[tuple[int, str]] = []
    numero = 0
    for at, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if fold(line) != _SEE:
            block.append((at, line))
            continue
        place = next((rank for rank, (_, text_line) in enumerate(block) if _PLACE.fullmatch(text_line)), None)
        if place is not None and place + 1 < len(block):
            numero += any(fold(line) == _COUNTS for _, line in block)
            found.append(_pasted(block, place, numero))
        block = []
    return tuple(found)


def _pasted(block: list[tuple[int, str]], place: int, numero: int) -> VoeuLu:
    where = _PLACE.fullmatch(block[place][1])
    line_number, label = block[place + 1]
    states = [state for _, line in block if _confirmed(fold(line)) and (state := read_state(line)) is not None]
    return _voeu(
        line_number,
        label,
        etablissement=where["nom"] if where else "",
        commune=where["commune"] if where else "",
        confirme=states[-1] if states else None,
        numero=numero,
    )


def _confirmed(key: str) -> bool:
    return key in ("voeu confirme", "dossier incomplet ou non confirme") or key.endswith("non confirme")


def _voeu(
    ligne: int,
    label: str,
    *,
    etablissement: str = "",
    commune: str = "",
    apprentice: bool = False,
    confirme: bool | None = None,
    internat: str = "",
    numero: int = 0,
) -> VoeuLu:
    """A wish whose label may carry marks: "(3 sous-vœux)", "(apprentissage)", "- Avec Internat"."""
    counted = _COUNT.search(label)
    label = _COUNT.sub("", label).strip()
    boarding = _BOARDING.search(label)
    label = _BOARDING.sub("", label).strip()
    as_apprentice = _APPRENTICE.search(label) is not None
    return VoeuLu(
        ligne=ligne,
        formation=_APPRENTICE.sub("", label).strip(),
        etablissement=etablissement,
        commune=commune,
        apprentissage=apprentice or as_apprentice,
        confirme=confirme,
        internat=internat or (boarding[1].lower() if boarding else ""),
        numero=numero,
        nb_sous_voeux=int(counted[1]) if counted else 0,
    )


def _boarding(text: str) -> str:
    key = fold(text)
    if key.startswith(("avec", "oui")):
        return "avec"
    return "sans" if key.startswith(("sans", "non")) else ""

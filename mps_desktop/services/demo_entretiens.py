"""Invented meetings and decisions of the fictitious classes, so that the demonstration shows what they look like."""

from __future__ import annotations

from datetime import date, timedelta

from mps_desktop.services.entretiens import Feuille, propose_conseil
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.records import DecisionRecord, EntretienRecord

_PP = "M. Fictif, professeur principal"
_ENTRETIENS = (
    (
        "AVRIL-INVENTÉ", 20,
        "Est allée à la porte ouverte de l’école d’ingénieurs. Se voit bien en classe préparatoire, mais craint de ne "
        "viser que très haut.",
        "Garder la prépa de Rennes et chercher deux formations plus accessibles.",
        "Apporter à Suzanne deux formations moins demandées", 9, False,
    ),
    (
        "AVRIL-INVENTÉ", 48,
        "Premier échange sur le projet. Aime les maths et le dessin technique, ne connaît pas encore les BUT.",
        "", "Lire les fiches des BUT proposés", -30, True,
    ),
    (
        "BALIVERNE", 15,
        "Hésite entre droit et sciences politiques. N’a pas encore parlé du coût de la vie à Paris chez lui.",
        "Comparer les deux licences à Rennes avant d’élargir.", "Rappeler Tom pour la liste des vœux", -2, False,
    ),
)  # fmt: skip
"""Name, days before today, what was said, what was decided, next action, in how many days, done."""
_DECISIONS = (
    (
        "AVRIL-INVENTÉ", 5,
        "Avis très favorable. Le conseil salue un travail sérieux et encourage Suzanne à garder une liste équilibrée.",
        "Garder les deux vœux B. Point avec le PP en janvier.",
    ),
)  # fmt: skip
"""Name, days before today, avis, decision."""


def write_invented_meetings(session: DossierSession, today: date) -> None:
    """Add them to the students of the demonstration that bear these names."""
    ids = {ligne.nom: ligne.id for ligne in session.list_eleves(None).lignes}
    for feuille in _feuilles(ids, today):
        session.entretiens.ecrire(feuille)


def _feuilles(ids: dict[str, int], today: date) -> list[Feuille]:
    found: list[Feuille] = []
    for nom, before, notes, decisions, suite, later, faite in _ENTRETIENS:
        if nom in ids:
            due = today + timedelta(days=later)
            jour = today - timedelta(days=before)
            found.append(EntretienRecord(0, ids[nom], jour, notes, decisions, suite, due, _PP, suite_faite=faite))
    for nom, before, avis, decision in _DECISIONS:
        if nom in ids:
            jour = today - timedelta(days=before)
            found.append(DecisionRecord(0, ids[nom], jour, propose_conseil(jour), avis, decision, _PP))
    return found

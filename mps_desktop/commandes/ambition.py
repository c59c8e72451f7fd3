"""``mps-desktop ambition …``: what the estimate of a wish is worth on real sessions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mps_desktop.commandes import texte
from mps_desktop.commandes.outils import JsonOption, answer, group
from mps_desktop.core.text import NNBSP

if TYPE_CHECKING:
    from mps_desktop.catalogue.retrotest import Groupe, Retrotest
    from mps_desktop.reports.retrotest import RetrotestData

ambition = group("L’estimation A+, A, B : ce qu’elle vaut sur des sessions réelles.")

_LARGEUR_CONSTANTE = 28.0
_HALF_UP = 1e-9
"""A figure kept with two decimals reads 85,6 when it is 85.55, not 85,5."""


@ambition.command("retrotest", cls=texte.FrenchCommand)
def ambition_retrotest(
    sources: Annotated[Path, typer.Option("--sources", help="Dossier des fichiers officiels.")],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", help="Écrire la prévision de chaque vœu (CSV).")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Écrire une page avec le diagramme de fiabilité.")] = None,
    en_json: JsonOption = False,
) -> None:
    """Prédire 2024 sans la voir, puis comparer à ce qui a été publié."""
    from mps_desktop.catalogue.retrotest import read_sessions, run_retrotest, write_predictions
    from mps_desktop.reports.retrotest import draw_retrotest

    progress = texte.progress()
    resultat = run_retrotest(read_sessions(sources), progress)
    if predictions is not None:
        write_predictions(resultat, predictions)
    if pdf is not None:
        draw_retrotest(for_report(resultat), pdf)
    answer(replace(resultat, predictions=()), en_json, as_text)


def as_text(resultat: Retrotest) -> str:
    """The tables of the back-test, for people."""
    data = for_report(resultat)
    rows = [(one.mesure, one.modele, one.reference) for one in data.mesures]
    groups = [
        (one.nom, str(one.voeux), _fr(one.mae), _fr(one.mae_persistance), _fr(one.couverture_pct))
        for one in _groups(resultat)
    ]
    tenths = [
        (str(one.rang), str(one.voeux), _fr(one.prevu), _fr(one.observe), _fr(one.ecart)) for one in resultat.fiabilite
    ]
    right = frozenset(range(1, 5))
    return "\n\n".join(
        (
            texte.table(("Mesure", "Modèle", "Référence"), rows, frozenset({1, 2})),
            texte.table(("Groupe", "Vœux", "MAE", "MAE persistance", "Couverture (%)"), groups, right),
            texte.table(("Dixième", "Vœux", "Prévu (%)", "Observé (%)", "Écart"), tenths, right),
            data.conclusion,
        )
    )


def for_report(resultat: Retrotest) -> RetrotestData:
    """What the page prints, worded."""
    from mps_desktop.reports.retrotest import BarreFiabilite, LigneGroupe, LigneMesure, RetrotestData

    model, last = resultat.modele, resultat.persistance
    constant = resultat.constante
    rows = (
        ("Taux d’accès 2024, erreur moyenne (points)", model.mae, last.mae),
        ("Classe exacte, seuils 40 et 80 (%)", model.classes_exactes_pct, last.classes_exactes_pct),
        ("Écart de deux classes (%)", model.classes_ecart_de_deux_pct, last.classes_ecart_de_deux_pct),
        ("Couverture de l’intervalle à 80 % (%)", resultat.couverture_pct, constant.couverture_constante_pct),
        ("Largeur médiane de l’intervalle (points)", resultat.largeur_mediane, _LARGEUR_CONSTANTE),
        ("Mentions 2025 des admis, erreur moyenne (points)", resultat.mentions.mae, resultat.mentions.mae_persistance),
    )
    mesures = tuple(LigneMesure(name.replace(" %", f"{NNBSP}%"), _fr(one), _fr(other)) for name, one, other in rows)
    return RetrotestData(
        voeux=resultat.voeux,
        mesures=mesures,
        barres=tuple(
            BarreFiabilite(one.prevu, one.observe, last_one.prevu, last_one.observe)
            for one, last_one in zip(resultat.fiabilite, resultat.fiabilite_persistance, strict=True)
        ),
        groupes=tuple(
            LigneGroupe(
                one.nom,
                one.voeux,
                one.mae,
                one.mae_persistance,
                one.classes_exactes_pct,
                one.classes_exactes_persistance_pct,
                one.couverture_pct,
            )
            for one in _groups(resultat)
        ),
        ecart_max=resultat.ecart_fiabilite_max,
        conclusion=_conclusion(resultat),
    )


def _groups(resultat: Retrotest) -> tuple[Groupe, ...]:
    return (*_families(resultat), *resultat.tailles)


def _families(resultat: Retrotest) -> tuple[Groupe, ...]:
    """Every family once; one with few sure matches, with its ambiguous ones."""
    apart = {one.nom for one in resultat.ambigus}
    wider = (
        replace(one, nom=f"{one.nom.replace('Licence_Las', 'Licence accès santé')} (ambigus compris)")
        for one in resultat.ambigus
    )
    return (*(one for one in resultat.familles if one.nom not in apart), *wider)


def _conclusion(resultat: Retrotest) -> str:
    families = _families(resultat)
    lost = [one for one in families if not one.persistance_battue]
    words = "Dans chaque famille, la prévision se trompe moins que la répétition du dernier taux."
    if lost:
        listed = f"{NNBSP}; ".join(f"{_name(one)}, {_fr(one.mae_persistance)} contre {_fr(one.mae)}" for one in lost)
        words = (
            f"La répétition du dernier taux fait mieux dans ces familles{NNBSP}: {listed}. "
            "Ailleurs, la prévision se trompe moins."
        )
    wrong = [one for one in families if one.classes_exactes_pct < one.classes_exactes_persistance_pct]
    if not wrong:
        return words
    listed = f"{NNBSP}; ".join(
        f"{_name(one)}, {_percent(one.classes_exactes_persistance_pct)} contre {_percent(one.classes_exactes_pct)}"
        for one in wrong
    )
    return f"{words} Répéter le dernier taux donne plus souvent la classe exacte dans celles-ci{NNBSP}: {listed}."


def _name(one: Groupe) -> str:
    return one.nom.replace("'", "’").replace("Ecole", "École")


def _percent(value: float) -> str:
    return f"{value + _HALF_UP:.1f}{NNBSP}%".replace(".", ",")


def _fr(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")

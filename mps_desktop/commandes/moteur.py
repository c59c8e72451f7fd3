"""``mps-desktop moteur …``: evaluate, compare and time the suggestion engine."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mps_desktop.app import build_socle
from mps_desktop.commandes import texte as mise_en_texte
from mps_desktop.commandes.outils import JsonOption, answer, dump, group
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.engine.comparaison import Comparaison
from mps_desktop.engine.defauts import DEFAUTS, Defaut

moteur = group("Le moteur de suggestions : évaluer, comparer, mesurer.")

_DECISIONS = {"corrige": "corrigé", "garde": "gardé", "sans_objet": "sans objet"}
_NB_ECARTS_MONTRES = 20
_LARGEUR = 60


class ModeMoteur(StrEnum):
    """How the engine computes."""

    reference = "reference"
    corrige = "corrige"


ModeOption = Annotated[
    ModeMoteur, typer.Option("--mode", help="reference (comme MonProjetSup) ou corrige (celui du programme).")
]


@moteur.command("evaluer", cls=mise_en_texte.FrenchCommand)
def moteur_evaluer(
    jeu: Annotated[Path, typer.Option("--jeu", help="Jeu de données (.json ou .json.gz).")],
    profils: Annotated[Path, typer.Option("--profils", help="Profils (.json ou .json.gz).")],
    sortie: Annotated[Path, typer.Option("--sortie", help="Fichier à écrire (.json ou .json.gz).")],
    mode: ModeOption = ModeMoteur.corrige,
    en_json: JsonOption = False,
) -> None:
    """Classer des profils et écrire toutes les réponses du moteur."""
    from mps_desktop.services.moteur_neutre import evaluate

    answer(evaluate(jeu, profils, mode.value, sortie), en_json, mise_en_texte.champs)


@moteur.command("comparer", cls=mise_en_texte.FrenchCommand)
def moteur_comparer(
    attendu: Annotated[Path, typer.Option("--attendu", help="Réponses attendues.")],
    obtenu: Annotated[Path, typer.Option("--obtenu", help="Réponses obtenues.")],
    en_json: JsonOption = False,
) -> None:
    """Compter les différences entre deux fichiers de réponses."""
    from mps_desktop.services.moteur_neutre import compare_files

    comparaison = compare_files(attendu, obtenu)
    if en_json:
        counts = comparaison.par_nature()
        typer.echo(dump({"total": sum(counts.values()), "par_nature": counts, **_shown(comparaison)}))
    else:
        typer.echo(_comparison_text(comparaison))
    if comparaison.ecarts:
        raise typer.Exit(1)


@moteur.command("defauts", cls=mise_en_texte.FrenchCommand)
def moteur_defauts(en_json: JsonOption = False) -> None:
    """Les 30 défauts relevés dans la référence, et ce qui a été décidé."""
    answer(DEFAUTS, en_json, _defects_text)


@moteur.command("banc", cls=mise_en_texte.FrenchCommand)
def moteur_banc(
    context: typer.Context,
    jeu: Annotated[Path | None, typer.Option("--jeu", help="Jeu de données ; sinon le catalogue du programme.")] = None,
    profils: Annotated[Path | None, typer.Option("--profils", help="Profils ; sinon des profils inventés.")] = None,
    mode: ModeOption = ModeMoteur.corrige,
    foule: Annotated[int, typer.Option("--foule", help="Nombre de profils inventés sur tous les cœurs.", min=0)] = 0,
    en_json: JsonOption = False,
) -> None:
    """Mesurer la vitesse et la mémoire du moteur sur cette machine."""
    from mps_desktop.services.banc_moteur import measure

    banc = measure(
        jeu, profils, mode.value, foule, lambda: build_socle(context.obj).catalogue, mise_en_texte.progress()
    )
    answer(banc, en_json, mise_en_texte.champs)


def _shown(comparaison: Comparaison) -> dict[str, object]:
    return {
        "profils": comparaison.nb_profils,
        "explications_comparees": comparaison.nb_explications,
        "ecarts": comparaison.ecarts[:_NB_ECARTS_MONTRES],
    }


def _comparison_text(comparaison: Comparaison) -> str:
    counts = comparaison.par_nature()
    rows = [(nature.capitalize(), str(count)) for nature, count in counts.items()]
    lines = [mise_en_texte.table(("Nature", "Écarts"), rows, frozenset({1}))]
    lines += [
        f"{ecart.nature}, {ecart.profil or 'fichier'}{NNBSP}: {ecart.detail}"
        for ecart in comparaison.ecarts[:_NB_ECARTS_MONTRES]
    ]
    profils = plural(comparaison.nb_profils, "profil")
    explications = plural(comparaison.nb_explications, "explication")
    total = plural(len(comparaison.ecarts), "écart")
    lines.append(f"{total} sur {profils} ({explications} en commun).")
    return "\n".join(lines)


def _defects_text(defauts: tuple[Defaut, ...]) -> str:
    rows = [
        (str(d.numero), mise_en_texte.shorten(d.titre, _LARGEUR), _DECISIONS[d.decision], d.test.rsplit("::", 1)[-1])
        for d in defauts
    ]
    return mise_en_texte.table(("N°", "Défaut", "Décision", "Test"), rows, frozenset({0}))

"""``mps-desktop dossier …``: maintenance of the encrypted dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mps_desktop.commandes import texte
from mps_desktop.commandes.outils import JsonOption, answer, group

dossier = group("Les dossiers chiffrés.")


@dossier.command("creer", cls=texte.FrenchCommand)
def dossier_creer(
    dossier: Annotated[Path, typer.Argument(help="Dossier à créer.", metavar="DOSSIER")],
    nom: Annotated[str, typer.Option("--nom", help="Nom montré à l’ouverture.")] = "Ma classe",
) -> None:
    """Créer un dossier chiffré.

    Le mot de passe est demandé, ou lu dans la variable MPS_MOT_DE_PASSE.
    """
    from mps_desktop.services.dossiers import create_empty

    typer.echo(f"Dossier chiffré créé : {create_empty(dossier, nom, texte.password(confirm=True))}")


@dossier.command("verifier", cls=texte.FrenchCommand)
def dossier_verifier(
    dossier: Annotated[Path, typer.Argument(help="Dossier à ouvrir.", metavar="DOSSIER")],
    en_json: JsonOption = False,
) -> None:
    """Ouvrir un dossier et compter ce qu’il contient."""
    from mps_desktop.services.dossiers import check_dossier

    resultat = check_dossier(dossier, texte.password())
    answer(resultat, en_json, texte.champs)

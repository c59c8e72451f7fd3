"""``mps-desktop dossier …``: maintenance of the encrypted dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mps_desktop.commandes import texte
from mps_desktop.commandes.outils import JsonOption, answer, group, now

dossier = group("Les dossiers chiffrés.")
DossierArgument = Annotated[Path, typer.Argument(help="Dossier MPS Bureau.", metavar="DOSSIER")]


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


@dossier.command("sauvegarder", cls=texte.FrenchCommand)
def dossier_sauvegarder(dossier: DossierArgument, en_json: JsonOption = False) -> None:
    """Faire une sauvegarde vérifiée, à côté du dossier."""
    from mps_desktop.services.maintenance import back_up

    answer(back_up(dossier, texte.password(), now()), en_json, texte.champs)


@dossier.command("sauvegardes", cls=texte.FrenchCommand)
def dossier_sauvegardes(dossier: DossierArgument, en_json: JsonOption = False) -> None:
    """Lister les sauvegardes, avec leur date et ce qu’elles contiennent."""
    from mps_desktop.services.maintenance import backups_of

    answer(backups_of(dossier), en_json, texte.sauvegardes)


@dossier.command("restaurer", cls=texte.FrenchCommand)
def dossier_restaurer(
    dossier: DossierArgument,
    numero: Annotated[int, typer.Option("--numero", help="Numéro dans la liste des sauvegardes, 1 = la dernière.")] = 1,
) -> None:
    """Remettre une sauvegarde en place ; l’état remplacé est gardé."""
    from mps_desktop.services.maintenance import restore

    former = restore(dossier, numero, texte.password(), now())
    typer.echo("La sauvegarde est en place.")
    typer.echo(f"L’état remplacé est gardé : {former}" if former else "L’état remplacé ne se lisait plus.")


@dossier.command("exporter", cls=texte.FrenchCommand)
def dossier_exporter(
    dossier: DossierArgument,
    fichier: Annotated[Path, typer.Argument(help="Fichier à écrire (.mpsdossier).", metavar="FICHIER")],
) -> None:
    """Écrire tout le dossier dans un seul fichier chiffré, pour une autre machine."""
    from mps_desktop.services.maintenance import export_to

    typer.echo(f"Dossier exporté, chiffré par son mot de passe : {export_to(dossier, texte.password(), fichier)}")


@dossier.command("importer", cls=texte.FrenchCommand)
def dossier_importer(
    fichier: Annotated[Path, typer.Argument(help="Fichier .mpsdossier.", metavar="FICHIER")],
    dossier: DossierArgument,
) -> None:
    """Refaire un dossier depuis un fichier exporté."""
    from mps_desktop.services.maintenance import import_from

    typer.echo(f"Dossier importé : {import_from(fichier, dossier, texte.password())}")


@dossier.command("mot-de-passe", cls=texte.FrenchCommand)
def dossier_mot_de_passe(dossier: DossierArgument) -> None:
    """Changer le mot de passe, avec l’actuel ou la clé de secours.

    Le nouveau est demandé, ou lu dans la variable MPS_NOUVEAU_MOT_DE_PASSE.
    """
    from mps_desktop.services.maintenance import replace_password

    replace_password(dossier, texte.password(), texte.password(confirm=True, variable="MPS_NOUVEAU_MOT_DE_PASSE"))
    typer.echo("Le mot de passe est changé. L’ancien n’ouvre plus ce dossier, mais ouvre encore ses sauvegardes.")


@dossier.command("cle-secours", cls=texte.FrenchCommand)
def dossier_cle_secours(dossier: DossierArgument) -> None:
    """Faire une clé de secours à imprimer ; la précédente ne sert plus."""
    from mps_desktop.services.maintenance import make_recovery_key

    key = make_recovery_key(dossier, texte.password())
    typer.echo("Imprimez ou recopiez cette clé, rangez-la loin de l’ordinateur : elle ne sera plus montrée.")
    typer.echo(f"\n    {key}\n")

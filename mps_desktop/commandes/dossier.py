"""``mps-desktop dossier …``: maintenance of the encrypted dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mps_desktop.app import build_socle
from mps_desktop.commandes import texte, texte_dossier
from mps_desktop.commandes.outils import JsonOption, answer, group, now, today
from mps_desktop.core.errors import EnvironmentFault


class SecretCommand(texte.FrenchCommand):
    """A command that asks the password of ``dossier``: wrong ones count with those of the window, and make wait."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  the library's context type is private
        """Run it, unless the last wrong password was too short a while ago."""
        from mps_desktop.services.essais import FICHIER, Essais

        with Essais(ctx.find_root().obj.data / FICHIER).tentative(ctx.params["dossier"]):
            return super().invoke(ctx)


dossier = group("Les dossiers chiffrés.")
DossierArgument = Annotated[Path, typer.Argument(help="Dossier MPS Bureau.", metavar="DOSSIER")]


@dossier.command("creer", cls=texte.FrenchCommand)
def dossier_creer(
    dossier: Annotated[Path, typer.Argument(help="Dossier à créer.", metavar="DOSSIER")],
    nom: Annotated[str, typer.Option("--nom", help="Nom montré à l’ouverture.")] = "Ma classe",
    cle_secours: Annotated[
        Path | None,
        typer.Option("--cle-secours", help="Faire aussi une clé de secours, sur une feuille PDF à imprimer."),
    ] = None,
) -> None:
    """Créer un dossier chiffré.

    Le mot de passe est demandé, ou lu dans la variable MPS_MOT_DE_PASSE. Sans --cle-secours, un mot de passe oublié
    perd le dossier ; la commande « dossier cle-secours » en fait une plus tard et l’affiche une fois.
    """
    from mps_desktop.services.dossiers import create_empty

    if cle_secours is not None and cle_secours.exists():
        raise EnvironmentFault(f"Le fichier {cle_secours.name} existe déjà.", "Donnez un autre nom pour la feuille.")
    secret = texte.password(confirm=True)
    typer.echo(f"Dossier chiffré créé : {create_empty(dossier, nom, secret)}")
    if cle_secours is not None:
        from mps_desktop.services.feuille_cle import write_feuille
        from mps_desktop.services.maintenance import make_recovery_key

        write_feuille(cle_secours, make_recovery_key(dossier, secret), nom, today())
        typer.echo(f"Feuille de la clé de secours : {cle_secours}. Imprimez-la, puis effacez ce fichier.")


@dossier.command("verifier", cls=SecretCommand)
def dossier_verifier(
    dossier: Annotated[Path, typer.Argument(help="Dossier à ouvrir.", metavar="DOSSIER")],
    en_json: JsonOption = False,
) -> None:
    """Ouvrir un dossier et compter ce qu’il contient."""
    from mps_desktop.services.dossiers import check_dossier

    resultat = check_dossier(dossier, texte.password())
    answer(resultat, en_json, texte.champs)


@dossier.command("sauvegarder", cls=SecretCommand)
def dossier_sauvegarder(dossier: DossierArgument, en_json: JsonOption = False) -> None:
    """Faire une sauvegarde vérifiée, à côté du dossier."""
    from mps_desktop.services.maintenance import back_up

    answer(back_up(dossier, texte.password(), now()), en_json, texte.champs)


@dossier.command("sauvegardes", cls=texte.FrenchCommand)
def dossier_sauvegardes(dossier: DossierArgument, en_json: JsonOption = False) -> None:
    """Lister les sauvegardes, avec leur date et ce qu’elles contiennent."""
    from mps_desktop.services.maintenance import backups_of

    answer(backups_of(dossier), en_json, texte.sauvegardes)


@dossier.command("restaurer", cls=SecretCommand)
def dossier_restaurer(
    dossier: DossierArgument,
    numero: Annotated[int, typer.Option("--numero", help="Numéro dans la liste des sauvegardes, 1 = la dernière.")] = 1,
) -> None:
    """Remettre une sauvegarde en place ; l’état remplacé est gardé."""
    from mps_desktop.services.maintenance import restore

    former = restore(dossier, numero, texte.password(), now())
    typer.echo("La sauvegarde est en place.")
    typer.echo(f"L’état remplacé est gardé : {former}" if former else "L’état remplacé ne se lisait plus.")


@dossier.command("exporter", cls=SecretCommand)
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


@dossier.command("mot-de-passe", cls=SecretCommand)
def dossier_mot_de_passe(dossier: DossierArgument) -> None:
    """Changer le mot de passe, avec l’actuel ou la clé de secours.

    Le nouveau est demandé, ou lu dans la variable MPS_NOUVEAU_MOT_DE_PASSE.
    """
    from mps_desktop.services.maintenance import replace_password

    replace_password(dossier, texte.password(), texte.password(confirm=True, variable="MPS_NOUVEAU_MOT_DE_PASSE"))
    typer.echo("Le mot de passe est changé. L’ancien n’ouvre plus ce dossier, mais ouvre encore ses sauvegardes.")


@dossier.command("cle-secours", cls=SecretCommand)
def dossier_cle_secours(dossier: DossierArgument) -> None:
    """Faire une clé de secours à imprimer ; la précédente ne sert plus."""
    from mps_desktop.services.maintenance import make_recovery_key

    key = make_recovery_key(dossier, texte.password())
    typer.echo("Imprimez ou recopiez cette clé, rangez-la loin de l’ordinateur : elle ne sera plus montrée.")
    typer.echo(f"\n    {key}\n")


@dossier.command("purger", cls=SecretCommand)
def dossier_purger(
    dossier: DossierArgument,
    annee: Annotated[str, typer.Option("--annee", help="Année scolaire à effacer, par exemple 2025-2026.")] = "",
    classe: Annotated[list[str] | None, typer.Option("--classe", help="Classe à effacer ; répétable.")] = None,
    sauvegardes: Annotated[
        bool, typer.Option("--sauvegardes", help="Effacer aussi les sauvegardes, qui contiennent ces élèves.")
    ] = False,
    oui: Annotated[bool, typer.Option("--oui", help="Effacer sans demander confirmation.")] = False,
    apercu: Annotated[bool, typer.Option("--apercu", help="Montrer ce qui serait effacé, sans rien écrire.")] = False,
    preuve: Annotated[Path | None, typer.Option("--preuve", help="Fichier de la preuve d’effacement.")] = None,
    en_json: JsonOption = False,
) -> None:
    """Effacer pour de bon les élèves d’une année ou de classes.

    Une sauvegarde est faite avant ; la preuve écrite ne contient aucun nom.
    """
    from mps_desktop.services.purge import preview_purge, purge
    from mps_desktop.storage.dossier import unlock_dossier

    with unlock_dossier(dossier, texte.password()) as opened:
        prevu = preview_purge(opened, annee, tuple(classe or ()))
        if apercu or not en_json:
            answer(prevu, en_json and apercu, texte_dossier.apercu_purge)
        if apercu:
            return
        if not oui and typer.prompt("Tapez EFFACER pour effacer ces élèves pour de bon", default="") != "EFFACER":
            raise EnvironmentFault("La purge n’est pas confirmée.", "Rien n’a été effacé.")
        answer(
            purge(opened, prevu, texte.progress(), sauvegardes=sauvegardes, preuve=preuve), en_json, texte_dossier.purge
        )


@dossier.command("journal", cls=SecretCommand)
def dossier_journal(
    dossier: DossierArgument,
    limite: Annotated[int, typer.Option("--limite", help="Nombre de lignes.")] = 200,
    en_json: JsonOption = False,
) -> None:
    """Lire le journal : qui a fait quoi et quand."""
    from mps_desktop.services.journal import list_journal
    from mps_desktop.storage.dossier import unlock_dossier

    with unlock_dossier(dossier, texte.password()) as opened:
        answer(list_journal(opened.database, limite), en_json, texte_dossier.journal)


@dossier.command("exporter-eleve", cls=SecretCommand)
def dossier_exporter_eleve(
    context: typer.Context,
    dossier: DossierArgument,
    eleve: Annotated[str, typer.Argument(help="Nom et prénom, ou numéro, de l’élève.", metavar="ÉLÈVE")],
    sortie: Annotated[Path, typer.Option("--sortie", help="Dossier où écrire les deux fichiers.")] = Path("sortie"),
    avec_notes_psyen: Annotated[
        bool, typer.Option("--avec-notes-psyen", help="Joindre les notes du psyEN, avec son mot de passe.")
    ] = False,
    en_json: JsonOption = False,
) -> None:
    """Remettre à un élève tout ce que le dossier conserve de lui (PDF et JSON).

    Le mot de passe du psyEN est demandé, ou lu dans la variable MPS_MOT_DE_PASSE_PSYEN.
    """
    from mps_desktop.services.notes_remises import notes_remises
    from mps_desktop.services.psyen import Psyen
    from mps_desktop.services.rgpd import export_eleve, find_eleve
    from mps_desktop.storage.dossier import unlock_dossier

    socle = build_socle(context.obj)
    with unlock_dossier(dossier, texte.password()) as opened:
        eleve_id = find_eleve(opened.database, eleve)
        psyen = Psyen(opened)
        if avec_notes_psyen:
            psyen.ouvrir(texte.password(variable="MPS_MOT_DE_PASSE_PSYEN"))
        try:
            notes = notes_remises(psyen, eleve_id, joindre=avec_notes_psyen)
            written = export_eleve(opened.database, socle.options, eleve_id, sortie, today(), notes)
        finally:
            psyen.fermer()
    answer(written, en_json, texte.champs)


@dossier.command("registre", cls=texte.FrenchCommand)
def dossier_registre(
    fichier: Annotated[Path, typer.Argument(help="PDF à écrire.", metavar="FICHIER")] = Path("registre-mps-bureau.pdf"),
    etablissement: Annotated[str, typer.Option("--etablissement", help="Nom du lycée.")] = "",
    responsable: Annotated[str, typer.Option("--responsable", help="Nom du chef d’établissement.")] = "",
    auteur: Annotated[str, typer.Option("--auteur", help="Votre nom et votre fonction.")] = "",
) -> None:
    """Écrire la fiche du registre des traitements, à compléter et à signer."""
    from mps_desktop.services.registre import write_registre

    typer.echo(f"Fiche du registre : {write_registre(fichier, today(), etablissement, responsable, auteur)}")

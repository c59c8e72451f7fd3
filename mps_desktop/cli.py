"""The command line: French names without accents, ``--json`` where figures are reported.

Exit code 0 only when the job was done; 1 when something outside prevented it; 2 for a wrong usage.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mps_desktop import __version__
from mps_desktop.app import build_socle
from mps_desktop.commandes import texte
from mps_desktop.commandes.ambition import ambition
from mps_desktop.commandes.catalogue import catalogue
from mps_desktop.commandes.dossier import dossier
from mps_desktop.commandes.moteur import moteur
from mps_desktop.commandes.outils import JsonOption, SortieOption, answer, today
from mps_desktop.core.errors import Cancelled, EnvironmentFault, system_reason
from mps_desktop.core.log import LOGGER, configure_log, write_crash_report
from mps_desktop.core.paths import build_paths

programme = typer.Typer(
    name="mps-desktop",
    help="MPS Bureau : préparer hors ligne l’orientation d’une classe.",
    add_completion=False,
    rich_markup_mode=None,
    cls=texte.FrenchGroup,
    pretty_exceptions_enable=False,
)
programme.add_typer(catalogue, name="catalogue")
programme.add_typer(dossier, name="dossier")
programme.add_typer(ambition, name="ambition")
programme.add_typer(moteur, name="moteur")

WRONG_USAGE = 2


@programme.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Ranger tout ce qui est écrit ici.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Dire la version.")] = False,
) -> None:
    context.obj = build_paths(data_dir)
    if version:
        typer.echo(f"MPS Bureau {__version__}")
        raise typer.Exit
    configure_log(context.obj.logs)
    if context.invoked_subcommand is None:
        from mps_desktop.app import open_window

        raise typer.Exit(open_window(context.obj))


@programme.command(cls=texte.FrenchCommand)
def demo(
    context: typer.Context,
    sortie: SortieOption = Path("sortie-demo"),
    en_json: JsonOption = False,
) -> None:
    """Tout le travail, sur la classe fictive."""
    from mps_desktop.services.run_report import run_demo

    resultat = run_demo(build_socle(context.obj), context.obj, sortie, today(), texte.progress())
    answer(resultat, en_json, texte.rapport)


@programme.command(cls=texte.FrenchCommand)
def rapport(
    context: typer.Context,
    fichiers: Annotated[list[Path], typer.Argument(help="Listes de classe (PRONOTE, tableur…).", metavar="FICHIER…")],
    profils: Annotated[Path | None, typer.Option("--profils", help="Profils et vœux des élèves (JSON).")] = None,
    classe: Annotated[str, typer.Option("--classe", help="Classe, si la liste ne la dit pas.")] = "",
    sortie: SortieOption = Path("sortie"),
    en_json: JsonOption = False,
) -> None:
    """Documents de conseil à partir de vos listes."""
    from mps_desktop.services.run_report import run_report

    resultat = run_report(build_socle(context.obj), tuple(fichiers), profils, classe, sortie, today(), texte.progress())
    answer(resultat, en_json, texte.rapport)


@programme.command(cls=texte.FrenchCommand)
def importer(
    fichiers: Annotated[list[Path], typer.Argument(help="Listes de classe à lire.", metavar="FICHIER…")],
    apercu: Annotated[bool, typer.Option("--apercu", help="Montrer ce qui serait importé, sans rien écrire.")] = False,
    en_json: JsonOption = False,
) -> None:
    """Dire ce qu’une liste contient et ce qui est rejeté."""
    from mps_desktop.services.preview_files import preview_files

    if not apercu:
        raise typer.BadParameter(
            "L’import dans un dossier se fait dans la fenêtre ; ici, ajoutez --apercu pour voir ce qui serait lu."
        )
    answer(preview_files(tuple(fichiers)), en_json, texte.apercu)


@programme.command(cls=texte.FrenchCommand, name="auto-test")
def auto_test(context: typer.Context, en_json: JsonOption = False) -> None:
    """Le programme se contrôle lui-même."""
    from mps_desktop.services.auto_test import run_auto_test

    resultat = run_auto_test(build_socle(context.obj), context.obj, today())
    answer(resultat, en_json, texte.auto_test)
    if not resultat.ok:
        raise typer.Exit(1)


@programme.command(cls=texte.FrenchCommand, hidden=True)
def captures(context: typer.Context, sortie: SortieOption = Path("captures")) -> None:
    """Une image de chaque écran et de chaque page de PDF, pour les relire."""
    from mps_desktop.app import write_all_captures

    for file in write_all_captures(context.obj, sortie, texte.progress()):
        typer.echo(str(file))


def run(arguments: list[str] | None = None) -> int:
    """Run one command. Every error becomes a French sentence and an exit code, never a traceback."""
    paths = build_paths()
    try:
        code = programme(arguments, prog_name=texte.command_name(), standalone_mode=False)
    except (KeyboardInterrupt, Cancelled):
        typer.echo("Interrompu ; rien n’a été laissé à moitié.", err=True)
        return 1
    except EnvironmentFault as exc:
        typer.echo(str(exc), err=True)
        return 1
    except typer.Abort:
        typer.echo("Interrompu.", err=True)
        return 1
    except OSError as exc:
        typer.echo(f"Le système a refusé une opération\u202f: {system_reason(exc)}.", err=True)
        return 1
    except Exception as exc:  # noqa: BLE001  the last frontier: a sentence, never a traceback
        if getattr(exc, "exit_code", None) == WRONG_USAGE:  # the library's usage errors, of a private class
            typer.echo(texte.usage_error(exc), err=True)
            return WRONG_USAGE
        LOGGER.error("incident %s", type(exc).__name__)
        report = write_crash_report(paths.logs, exc, datetime.now().astimezone(), __version__)
        where = f" Un rapport sans donnée personnelle a été écrit : {report}" if report else ""
        typer.echo(f"Le programme a rencontré une erreur interne ({type(exc).__name__}).{where}", err=True)
        return 1
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(run())

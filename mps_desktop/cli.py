"""The command line: French names without accents, ``--json`` where figures are reported.

Exit code 0 only when the job was done; 1 when something outside prevented it; 2 for a wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from mps_desktop import __version__, cli_texte
from mps_desktop.app import build_socle
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.log import LOGGER, configure_log, write_crash_report
from mps_desktop.core.paths import Paths, build_paths
from mps_desktop.core.text import strip_accents

programme = typer.Typer(
    name="mps-desktop",
    help="MPS Bureau : préparer hors ligne l’orientation d’une classe.",
    add_completion=False,
    rich_markup_mode=None,
    cls=cli_texte.FrenchGroup,
    pretty_exceptions_enable=False,
)
catalogue = typer.Typer(
    help="Les données de référence : construire, vérifier, chercher.", cls=cli_texte.FrenchGroup, rich_markup_mode=None
)
programme.add_typer(catalogue, name="catalogue")
dossier = typer.Typer(help="Les dossiers chiffrés.", cls=cli_texte.FrenchGroup, rich_markup_mode=None)
programme.add_typer(dossier, name="dossier")

WRONG_USAGE = 2
T = TypeVar("T")
JsonOption = Annotated[bool, typer.Option("--json", help="Répondre en JSON.")]
SortieOption = Annotated[Path, typer.Option("--sortie", help="Dossier où écrire les documents.")]


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


@programme.command(cls=cli_texte.FrenchCommand)
def demo(
    context: typer.Context,
    sortie: SortieOption = Path("sortie-demo"),
    en_json: JsonOption = False,
) -> None:
    """Tout le travail, sur la classe fictive."""
    from mps_desktop.services.run_report import run_demo

    resultat = run_demo(build_socle(context.obj), context.obj, sortie, _today(), cli_texte.progress())
    _answer(resultat, en_json, cli_texte.rapport)


@programme.command(cls=cli_texte.FrenchCommand)
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

    resultat = run_report(
        build_socle(context.obj), tuple(fichiers), profils, classe, sortie, _today(), cli_texte.progress()
    )
    _answer(resultat, en_json, cli_texte.rapport)


@programme.command(cls=cli_texte.FrenchCommand)
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
    _answer(preview_files(tuple(fichiers)), en_json, cli_texte.apercu)


@catalogue.command("construire", cls=cli_texte.FrenchCommand)
def catalogue_construire(
    context: typer.Context,
    sources: Annotated[Path, typer.Option("--sources", help="Dossier des fichiers officiels.")],
    sortie: Annotated[Path | None, typer.Option("--sortie", help="Dossier du catalogue.")] = None,
    en_json: JsonOption = False,
) -> None:
    """Construire le catalogue depuis les données ouvertes."""
    from mps_desktop.catalogue.build import build_catalogue

    paths: Paths = context.obj
    _answer(build_catalogue(sources, sortie or paths.catalogue.parent, cli_texte.progress()), en_json, cli_texte.champs)


@catalogue.command("verifier", cls=cli_texte.FrenchCommand)
def catalogue_verifier(
    context: typer.Context,
    fichier: Annotated[
        Path | None, typer.Option("--fichier", help="Un autre catalogue que celui du programme.")
    ] = None,
    en_json: JsonOption = False,
) -> None:
    """Compter et contrôler ce que contient le catalogue."""
    from mps_desktop.catalogue.verify import verify_catalogue

    resultat = verify_catalogue(fichier or context.obj.catalogue)
    if en_json:
        typer.echo(_dump({**resultat.comptes, "ok": resultat.ok, **asdict(resultat)}))
    else:
        typer.echo(cli_texte.verification(resultat))
    if not resultat.ok:
        raise typer.Exit(1)


@catalogue.command("chercher", cls=cli_texte.FrenchCommand)
def catalogue_chercher(
    context: typer.Context,
    texte: Annotated[list[str], typer.Argument(help="Ce que vous cherchez.", metavar="TEXTE")],
    genre: Annotated[list[str] | None, typer.Option("--genre", help="formation, metier, commune, voeu…")] = None,
    limite: Annotated[int, typer.Option("--limite", help="Nombre de réponses.", min=1, max=200)] = 10,
    en_json: JsonOption = False,
) -> None:
    """Chercher une formation, un métier, un établissement, une commune."""
    from mps_desktop.catalogue.search import search

    genres = tuple(strip_accents(name).lower() for name in genre or ())
    if unknown := [name for name in genres if name not in GENRES_RECHERCHE]:
        raise typer.BadParameter(f"genre {unknown[0]} inconnu, au choix {', '.join(GENRES_RECHERCHE)}.")
    socle = build_socle(context.obj)
    _answer(search(socle.catalogue, " ".join(texte), genres, limite), en_json, cli_texte.recherche)


@dossier.command("creer", cls=cli_texte.FrenchCommand)
def dossier_creer(
    dossier: Annotated[Path, typer.Argument(help="Dossier à créer.", metavar="DOSSIER")],
    nom: Annotated[str, typer.Option("--nom", help="Nom montré à l’ouverture.")] = "Ma classe",
) -> None:
    """Créer un dossier chiffré.

    Le mot de passe est demandé, ou lu dans la variable MPS_MOT_DE_PASSE.
    """
    from mps_desktop.services.dossiers import create_empty

    typer.echo(f"Dossier chiffré créé : {create_empty(dossier, nom, cli_texte.password(confirm=True))}")


@dossier.command("verifier", cls=cli_texte.FrenchCommand)
def dossier_verifier(
    dossier: Annotated[Path, typer.Argument(help="Dossier à ouvrir.", metavar="DOSSIER")],
    en_json: JsonOption = False,
) -> None:
    """Ouvrir un dossier et compter ce qu’il contient."""
    from mps_desktop.services.dossiers import check_dossier

    resultat = check_dossier(dossier, cli_texte.password())
    _answer(resultat, en_json, cli_texte.champs)


@programme.command(cls=cli_texte.FrenchCommand, name="auto-test")
def auto_test(context: typer.Context, en_json: JsonOption = False) -> None:
    """Le programme se contrôle lui-même."""
    from mps_desktop.services.auto_test import run_auto_test

    resultat = run_auto_test(build_socle(context.obj), context.obj, _today())
    _answer(resultat, en_json, cli_texte.auto_test)
    if not resultat.ok:
        raise typer.Exit(1)


@programme.command(cls=cli_texte.FrenchCommand, hidden=True)
def captures(context: typer.Context, sortie: SortieOption = Path("captures")) -> None:
    """Une image de chaque écran et de chaque page de PDF, pour les relire."""
    from mps_desktop.app import write_all_captures

    for file in write_all_captures(context.obj, sortie, cli_texte.progress()):
        typer.echo(str(file))


def run(arguments: list[str] | None = None) -> int:
    """Run one command. Every error becomes a French sentence and an exit code, never a traceback."""
    paths = build_paths()
    try:
        code = programme(arguments, prog_name=cli_texte.command_name(), standalone_mode=False)
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
        typer.echo(f"Le système a refusé une opération\u202f: {exc.strerror or type(exc).__name__}.", err=True)
        return 1
    except Exception as exc:  # noqa: BLE001  the last frontier: a sentence, never a traceback
        if getattr(exc, "exit_code", None) == WRONG_USAGE:  # the library's usage errors, of a private class
            typer.echo(cli_texte.usage_error(exc), err=True)
            return WRONG_USAGE
        LOGGER.error("incident %s", type(exc).__name__)
        report = write_crash_report(paths.logs, exc, datetime.now().astimezone(), __version__)
        where = f" Un rapport sans donnée personnelle a été écrit : {report}" if report else ""
        typer.echo(f"Le programme a rencontré une erreur interne ({type(exc).__name__}).{where}", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _answer(value: T, en_json: bool, as_text: Callable[[T], str]) -> None:
    """Print a result, for people or for programs."""
    typer.echo(_dump(value) if en_json else as_text(value))


def _dump(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:  # noqa: ANN401  JSON values have no common type
    """JSON form of dataclasses, dates and paths."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def _today() -> date:
    return datetime.now().astimezone().date()


if __name__ == "__main__":
    sys.exit(run())

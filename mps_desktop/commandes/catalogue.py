"""``mps-desktop catalogue …``: the reference data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mps_desktop.app import build_socle
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.commandes import texte as mise_en_texte
from mps_desktop.commandes.outils import JsonOption, answer, dump, group
from mps_desktop.core.paths import Paths
from mps_desktop.core.text import NNBSP, strip_accents
from mps_desktop.services.fiches_officielles import EtatFiches, RapportFiches

catalogue = group("Les données de référence : construire, vérifier, chercher.")


@catalogue.command("construire", cls=mise_en_texte.FrenchCommand)
def catalogue_construire(
    context: typer.Context,
    sources: Annotated[Path, typer.Option("--sources", help="Dossier des fichiers officiels.")],
    sortie: Annotated[Path | None, typer.Option("--sortie", help="Dossier du catalogue.")] = None,
    en_json: JsonOption = False,
) -> None:
    """Construire le catalogue depuis les données ouvertes."""
    from mps_desktop.catalogue.build import build_catalogue

    paths: Paths = context.obj
    answer(
        build_catalogue(sources, sortie or paths.catalogue.parent, mise_en_texte.progress()),
        en_json,
        mise_en_texte.champs,
    )


@catalogue.command("verifier", cls=mise_en_texte.FrenchCommand)
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
        typer.echo(
            dump(
                {
                    **resultat.comptes,
                    "ok": resultat.ok,
                    "conforme": resultat.conforme,
                    "verdict": resultat.verdict,
                    "hors_d_atteinte": [f"{one.nom} / {one.sur}" for one in resultat.hors_d_atteinte],
                    **asdict(resultat),
                }
            )
        )
    else:
        typer.echo(mise_en_texte.verification(resultat))
    if not resultat.ok:
        raise typer.Exit(1)


@catalogue.command("chercher", cls=mise_en_texte.FrenchCommand)
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
    answer(search(socle.catalogue, " ".join(texte), genres, limite), en_json, mise_en_texte.recherche)


@catalogue.command("mettre-a-jour", cls=mise_en_texte.FrenchCommand)
def catalogue_mettre_a_jour(
    context: typer.Context,
    fichiers: Annotated[
        list[Path], typer.Argument(help="Fichiers officiels, ou dossiers.", metavar="DOSSIER_OU_FICHIER…")
    ],
    en_json: JsonOption = False,
) -> None:
    """Mettre le catalogue à jour depuis des fichiers officiels plus récents."""
    from mps_desktop.catalogue.maj.mise_a_jour import update_catalogue
    from mps_desktop.services.mise_a_jour import summary

    paths: Paths = context.obj
    depot = Depot(paths.catalogue, paths.catalogues)
    now = datetime.now().astimezone()
    result = update_catalogue(tuple(fichiers), depot, paths.resources, now, mise_en_texte.progress())
    answer(
        result, en_json, lambda one: "\n".join((*one.fichiers, *summary(one), f"Catalogue en service : {one.nouveau}"))
    )


@catalogue.command("revenir", cls=mise_en_texte.FrenchCommand)
def catalogue_revenir(context: typer.Context, en_json: JsonOption = False) -> None:
    """Remettre en service le catalogue précédent."""
    paths: Paths = context.obj
    depot = Depot(paths.catalogue, paths.catalogues)
    with depot.exclusive():
        depot.revert()
    answer(depot.choose(), en_json, lambda one: f"Catalogue en service : {one.chemin}")


FichiersFiches = Annotated[list[Path], typer.Argument(help="Fichiers officiels (zip, XML ou JSON).", metavar="FICHIER")]


@catalogue.command("importer-fiches", cls=mise_en_texte.FrenchCommand)
def catalogue_importer_fiches(context: typer.Context, fichiers: FichiersFiches, en_json: JsonOption = False) -> None:
    """Ajouter les fiches officielles de l’Onisep et de MonProjetSup sur ce poste."""
    officielles = build_socle(context.obj).fiches.officielles
    answer(officielles.import_(tuple(fichiers), mise_en_texte.progress()), en_json, _rapport_fiches)


@catalogue.command("fiches", cls=mise_en_texte.FrenchCommand)
def catalogue_fiches(
    context: typer.Context,
    retirer: Annotated[bool, typer.Option("--retirer", help="Retirer toutes les fiches officielles.")] = False,
    en_json: JsonOption = False,
) -> None:
    """Dire quelles fiches officielles sont installées, avec leur source et leur date."""
    officielles = build_socle(context.obj).fiches.officielles
    answer(officielles.remove() if retirer else officielles.etat(), en_json, _etat_fiches)


def _rapport_fiches(rapport: RapportFiches) -> str:
    return "\n".join((*rapport.ajouts, "", _etat_fiches(rapport.etat)))


def _etat_fiches(etat: EtatFiches) -> str:
    if not etat.lots:
        return "Aucune fiche officielle n’est installée."
    c = etat.couverture
    return "\n".join(
        (
            *etat.phrases,
            f"Formations avec un texte officiel{NNBSP}: {c.formations} sur {c.nb_formations}, "
            f"soit {c.voeux} vœux sur {c.nb_voeux}.",
            f"Métiers avec un texte officiel{NNBSP}: {c.metiers} sur {c.nb_metiers}.",
        )
    )

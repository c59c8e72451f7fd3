"""How the command line speaks: French messages of the library, tables, progress on one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mps_desktop.catalogue.mesures import Mesure
from mps_desktop.catalogue.records import SearchHit
from mps_desktop.catalogue.verify import VerifyReport
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, french_figure, plural
from mps_desktop.importers.rows import VoeuLu
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.services.run_results import ApercuFichiers, ResultatAutoTest, ResultatRapport

_NAMES_SHOWN = 5
"""Names of what falls short that the text gives; the rest is in --json."""

# The library writes its few words in English; these are ours, longest first.
_FRENCH = (
    ("Usage:", f"Utilisation{NNBSP}:"),
    ("[OPTIONS] COMMAND [ARGS]...", "[OPTIONS] COMMANDE [ARGUMENTS]…"),
    ("Options:", f"Options{NNBSP}:"),
    ("Arguments:", f"Arguments{NNBSP}:"),
    ("Commands:", f"Commandes{NNBSP}:"),
    ("Show this message and exit.", "Afficher cette aide."),
    ("[required]", "[obligatoire]"),
    ("[default: ", f"[par défaut{NNBSP}: "),
    ("Missing argument", "Il manque l’argument"),
    ("Missing option", "Il manque l’option"),
    ("Missing command.", f"Il manque le nom d’une commande{NNBSP}: --help en donne la liste."),
    ("No such command", "Commande inconnue"),
    ("No such option:", f"Option inconnue{NNBSP}:"),
    ("Did you mean", "Vouliez-vous dire"),
    ("Invalid value for", "Valeur refusée pour"),
    ("Invalid value:", f"Valeur refusée{NNBSP}:"),
    ("Input should be a valid integer, unable to parse string as an integer", "un nombre entier est attendu"),
    ("Possible options:", f"Options possibles{NNBSP}:"),
    ("<path>", "<chemin>"),
    ("<str>", "<texte>"),
    ("<int range>", "<nombre>"),
    (" <list[Path]>", ""),
    (" <list[str]>", ""),
    ("Input should be a valid integer", "un nombre entier est attendu"),
    ("Input should be greater than or equal to", "le minimum est"),
    ("Input should be less than or equal to", "le maximum est"),
    ("requires an argument", "demande une valeur"),
    ("Got unexpected extra argument", "Argument en trop"),
    ("Value error, ", ""),
    (" is not one of ", f" n’est pas une valeur possible{NNBSP}: "),
)


def in_french(text: str) -> str:
    """The library's own words in French; ours are already."""
    for english, french in _FRENCH:
        text = text.replace(english, french)
    return text


def usage_error(exc: Exception) -> str:
    """A wrong usage in French, with where to find help."""
    describe = getattr(exc, "format_message", exc.__str__)
    return f"{in_french(str(describe()))}\n«{NNBSP}{command_name()} --help{NNBSP}» donne la liste des commandes."


def command_name() -> str:
    """How the person started the program: ``./mps run`` from the sources, ``mps-desktop`` once installed."""
    return os.environ.get("MPS_COMMANDE", "mps-desktop")


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  the library's context type is private
        """Help text of the command."""
        return in_french(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  the library's context type is private
        """Help text of the group."""
        return in_french(super().get_help(ctx))


def progress() -> Progress:
    """Progress shown on the error stream when a person looks at it; silent otherwise."""
    if not sys.stderr.isatty():
        return Progress()

    def show(label: str, done: int, total: int) -> None:
        share = f" {100 * done // total:3d}{NNBSP}%" if total else ""
        sys.stderr.write(f"\r\033[K{label}{share}")
        if total and done >= total:
            sys.stderr.write("\r\033[K")
        sys.stderr.flush()

    return Progress(show)


def password(confirm: bool = False, variable: str = "MPS_MOT_DE_PASSE") -> str:
    """Password of a dossier: from an environment variable, else asked without echo.

    Args:
        confirm: ask twice, for a new one.
        variable: name of the environment variable.
    """
    given = os.environ.get(variable)
    if given is not None:
        return given
    first = str(typer.prompt("Nouveau mot de passe" if confirm else "Mot de passe", hide_input=True))
    if confirm and typer.prompt("Le même, une seconde fois", hide_input=True) != first:
        raise EnvironmentFault("Les deux mots de passe diffèrent.", "Recommencez la commande.")
    return first


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Aligned columns.

    Args:
        right: numbers of the columns to align on the right.
    """
    lines = [tuple(headers), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    cells = (
        [
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in lines
    )
    drawn = ["  ".join(line).rstrip() for line in cells]
    return "\n".join([drawn[0], "  ".join("─" * width for width in widths), *drawn[1:]])


def rapport(resultat: ResultatRapport) -> str:
    """One line per student, the rejected lines, the time taken and the paths written."""
    rows = [
        (
            f"{eleve.ligne.nom} {eleve.ligne.prenom}",
            eleve.ligne.classe,
            eleve.ligne.bac,
            f"{eleve.ligne.completude}{NNBSP}%",
            str(eleve.ligne.nb_formations),
            str(eleve.ligne.nb_ambitieux),
            str(eleve.ligne.nb_realiste),
            str(eleve.ligne.nb_securisant),
            str(eleve.ligne.nb_insuffisant),
            f"{eleve.ligne.jalon.fait}/{eleve.ligne.jalon.attendu}",
            shorten(eleve.suggestion or "—", 46),
        )
        for eleve in resultat.eleves
    ]
    headers = ("Élève", "Classe", "Bac", "Profil", "Form.", "A+", "A", "B", "?", "Jalon", "Première suggestion")
    parts = [table(headers, rows, frozenset(range(3, 10)))]
    parts += [f"Rejeté{NNBSP}: {r.fichier}, ligne {r.ligne}{NNBSP}: {r.raison}" for r in resultat.rejets]
    parts += list(resultat.avertissements)
    seconds = f"{resultat.duree_s:.1f}".replace(".", ",")
    parts.append(f"\n{plural(len(resultat.eleves), 'élève')} en {seconds}{NNBSP}s. Documents écrits{NNBSP}:")
    parts += [f"  {fichier}" for fichier in resultat.fichiers]
    if resultat.dossier is not None:
        parts.append(f"Dossier chiffré{NNBSP}: {resultat.dossier} (mot de passe{NNBSP}: {resultat.mot_de_passe})")
    return "\n".join(parts)


def apercu(resultat: ApercuFichiers) -> str:
    """Students read, lines rejected, columns not read."""
    parts: list[str] = []
    for fichier in resultat.fichiers:
        how = ", ".join(word for word in (fichier.source, fichier.encodage) if word)
        headers = ", ".join(map(str, fichier.lignes_entete)) or "aucun"
        parts.append(f"{fichier.fichier}{NNBSP}: {how}, en-tête ligne {headers}")
        columns = ", ".join(f"{c.titre or 'sans titre'} → {c.champ} ({percent(c.confiance)})" for c in fichier.colonnes)
        parts.append(f"  Colonnes lues{NNBSP}: {columns}" if columns else "  Vœux collés, sans nom d’élève")
        parts += [f"  ! {avertissement}" for avertissement in fichier.avertissements]
        parts += [f"  {_voeu(voeu)}" for voeu in fichier.voeux_seuls]
    rows = [
        (
            str(e.ligne), e.nom, e.prenom, e.classe, e.naissance, e.bac, ", ".join(e.specialites),
            str(len(e.voeux) or ""),
        )
        for e in resultat.eleves
    ]  # fmt: skip
    headers = ("Ligne", "Nom", "Prénom", "Classe", "Né(e) le", "Bac", "Spécialités", "Vœux")
    if rows:
        parts.append(table(headers, rows, frozenset({0, 7})))
    parts.append(f"\n{plural(len(resultat.eleves), 'élève lu', 'élèves lus')}, rien n’a été écrit.")
    parts += [f"Rejeté, ligne {r.ligne}{NNBSP}: {r.raison} [{r.extrait}]" for r in resultat.rejets]
    if resultat.non_lu:
        parts.append(f"Colonnes non lues{NNBSP}: {', '.join(resultat.non_lu)}")
    return "\n".join(parts)


def sauvegardes(listed: tuple[SauvegardeListee, ...]) -> str:
    """Backups, newest first."""
    if not listed:
        return "Ce dossier n’a encore aucune sauvegarde."
    rows = [
        (str(one.numero), f"{one.quand:%d/%m/%Y %H:%M}", one.motif, str(one.classes), str(one.eleves)) for one in listed
    ]
    return table(("N°", "Date", "Faite", "Classes", "Élèves"), rows, frozenset({0, 3, 4}))


def percent(share: float) -> str:
    """A share 0..1 as people read it."""
    return f"{round(100 * share)}{NNBSP}%"


def _voeu(voeu: VoeuLu) -> str:
    place = f"{voeu.etablissement} ({voeu.commune})" if voeu.commune else voeu.etablissement
    return " – ".join(part for part in (voeu.formation, place) if part)


def recherche(hits: tuple[SearchHit, ...]) -> str:
    """Search results, best first."""
    if not hits:
        return "Aucun résultat. Essayez un mot plus court, ou une autre orthographe."
    rows = [(hit.genre, hit.libelle, hit.detail, hit.id, f"{hit.score:.2f}".replace(".", ",")) for hit in hits]
    return table(("Genre", "Libellé", "Détail", "Code", "Score"), rows, frozenset({4}))


def verification(resultat: VerifyReport) -> str:
    """Counts and checks of the catalogue."""
    rows = [
        (
            controle.nom,
            french_figure(controle.valeur),
            ("au plus " if controle.maximum else "au moins ") + french_figure(controle.seuil),
            "oui" if controle.ok else "NON",
        )
        for controle in resultat.controles
    ]
    parts = [table(("Contrôle", "Valeur", "Attendu", "Tenu"), rows, frozenset({1, 2})), "", _mesures(resultat.mesures)]
    for mesure in resultat.mesures:
        if not mesure.manquants:
            continue
        lines = [f"  - {label} ({code})" for code, label in mesure.manquants[:_NAMES_SHOWN]]
        more = len(mesure.manquants) - _NAMES_SHOWN
        if more > 0:
            lines.append(f"  … et {french_figure(more)} de plus, tous nommés avec --json")
        title = f"{mesure.nom[:1].upper()}{mesure.nom[1:]} (sur {mesure.sur}), il en manque"
        reason = [f"  {mesure.raison}"] if mesure.raison and not mesure.ok else []
        reason += [f"  {name}{NNBSP}: {french_figure(count)}" for name, count in mesure.categories]
        parts += ["", f"{title} {french_figure(len(mesure.manquants))}{NNBSP}:", *reason, *lines]
    names = [(one.nom, "oui" if one.tenu else "NON", one.raison) for one in resultat.references]
    parts += ["", table(("Lien de référence", "Tenu", "Remarque"), names)] if names else []
    return "\n".join([*parts, "", resultat.verdict])


def _mesures(mesures: Sequence[Mesure]) -> str:
    """Shares with their denominators."""
    rows = [
        (
            one.nom,
            one.sur,
            french_figure(one.compte),
            french_figure(one.total),
            french_figure(one.pourcent),
            "" if one.seuil is None else f"au moins {french_figure(one.seuil)}",
            "" if one.seuil is None else "oui" if one.ok else "NON" if one.bloquant else "hors d’atteinte",
        )
        for one in mesures
    ]
    return table(("Part", "Sur", "Nombre", "Total", "%", "Attendu", "Tenu"), rows, frozenset({2, 3, 4, 5}))


def auto_test(resultat: ResultatAutoTest) -> str:
    """What the program checked of itself."""
    rows = [("oui" if controle.ok else "NON", controle.nom, controle.detail) for controle in resultat.controles]
    end = "Le programme fonctionne." if resultat.ok else "Le programme ne fonctionne pas comme prévu."
    return table(("Tenu", "Contrôle", "Détail"), rows) + "\n" + end


def champs(resultat: object) -> str:
    """Any flat result, one field a line."""
    fields = asdict(resultat)  # type: ignore[call-overload]  # only dataclasses come here
    return "\n".join(f"{name.replace('_', ' ')}{NNBSP}: {value}" for name, value in fields.items())


def shorten(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis when something is left out."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"

"""Layout of the data screen: the catalogue, the official fiches, the dossier on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.mise_a_jour import BilanMaj, SourceLigne
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import (
    clear,
    column,
    make_bullet,
    make_button,
    make_icon,
    make_label,
    panel,
    restyle,
    rule,
    scrolled,
)
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.states import LoadingState, Pile

_PREMIERS = 12
"""Changes for students shown at once; the others are behind a fold."""


class DropCard(QFrame):
    """A card onto which files may be dropped.

    Signals:
        dropped: tuple of paths.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt override
        """Files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            restyle(self, panel="drop", over="true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt override
        """The files went away."""
        restyle(self, panel="card", over="false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt override
        """Take the files."""
        restyle(self, panel="card", over="false")
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class DonneesView(QWidget):
    """Four cards; the catalogue's holds the progress and the result of an update."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        content = QWidget()
        page = column(content, margins=(24, 20, 24, 24), gap=16)
        page.addWidget(make_label("Données", "title"))
        self.banniere = Banner(theme)
        page.addWidget(self.banniere)
        page.addWidget(self._catalogue())
        page.addWidget(self._calendrier())
        page.addWidget(self._fiches())
        page.addWidget(self._dossier())
        page.addStretch(1)
        self.zone = scrolled(content)
        self.pile = Pile(lecture=LoadingState("Lecture du catalogue…"), page=self.zone)
        column(self).addWidget(self.pile)

    def show_bilan(self, bilan: BilanMaj) -> None:
        """What an update did, for the catalogue and for the students."""
        clear(self.bilan_catalogue)
        for line in (*bilan.fichiers, *bilan.resume):
            self.bilan_catalogue.addWidget(make_bullet(line))
        clear(self.bilan_eleves)
        first, others = bilan.eleves[:_PREMIERS], bilan.eleves[_PREMIERS:]
        if not bilan.eleves:
            self.bilan_eleves.addWidget(make_label(_aucun(bilan.nb_eleves), tone="ink2", wrap=True))
        for one in first:
            line = make_bullet(f"{one.eleve}{NNBSP}: {one.phrase}", "strong" if one.gravite > 1 else "")
            self.bilan_eleves.addWidget(line)
        if others:
            more = QWidget()
            lines = column(more, gap=4)
            for one in others:
                lines.addWidget(make_bullet(f"{one.eleve}{NNBSP}: {one.phrase}"))
            self.bilan_eleves.addWidget(Fold(self._theme, f"Et {len(others)} autres changements", more))
        self.resultat.show()

    def show_sources(self, sources: Iterable[SourceLigne]) -> None:
        """Every official file, with who publishes it and under which terms."""
        clear(self._sources)
        for one in sources:
            line = QWidget()
            words = column(line, gap=0)
            words.addWidget(make_label(f"{one.jeu} — {one.session}", "strong", wrap=True))
            words.addWidget(make_label(f"{one.producteur} · {one.licence} · {one.fichier}", "small", wrap=True))
            self._sources.addWidget(line)

    def show_fiches(self, phrases: Iterable[str]) -> None:
        """Official fiches installed."""
        clear(self._lots)
        shown = tuple(phrases)
        for phrase in shown:
            self._lots.addWidget(make_bullet(phrase))
        if not shown:
            self._lots.addWidget(make_label("Aucune fiche officielle n’est installée.", tone="ink2", wrap=True))
        self.retirer_fiches.setVisible(bool(shown))

    def _catalogue(self) -> QWidget:
        self.depot = DropCard()
        self.depot.setAccessibleName("Catalogue des formations")
        layout = column(self.depot, margins=20, gap=12)
        layout.addWidget(make_label("Catalogue des formations", "section"))
        self.sessions = make_label(role="lead", wrap=True)
        self.origine = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.sessions)
        layout.addWidget(self.origine)
        self.mettre_a_jour = make_button(
            self._theme, "Mettre à jour depuis des fichiers officiels…", icon="upload-cloud-2-line", kind="primary"
        )
        self.revenir = make_button(self._theme, "Revenir à la version précédente", icon="arrow-go-back-line")
        self.arreter = make_button(self._theme, "Annuler", name="Annuler la mise à jour")
        layout.addWidget(_flow(self.mettre_a_jour, self.revenir, self.arreter))
        self.aide = make_label(
            "Ou déposez les fichiers ici. Sont reconnus à leur contenu les admissions de Parcoursup, la cartographie "
            "des formations, les métiers de l’Onisep et les communes. L’ancien catalogue est conservé et aucun choix "
            "d’élève n’est effacé.",
            "small",
            wrap=True,
        )
        layout.addWidget(self.aide)
        self.avancement = QProgressBar()
        self.avancement.setTextVisible(False)
        self.avancement.setAccessibleName("Avancement de la mise à jour")
        self.etape = make_label(role="small", wrap=True)
        layout.addWidget(self.avancement)
        layout.addWidget(self.etape)
        layout.addWidget(self._a_appliquer())
        layout.addWidget(self._resultat())
        layout.addWidget(rule())
        holder = QWidget()
        self._sources = column(holder, margins=(8, 4, 8, 4), gap=8)
        self.pli_sources = Fold(self._theme, "D’où viennent les chiffres", holder)
        layout.addWidget(self.pli_sources)
        return self.depot

    def _a_appliquer(self) -> QWidget:
        self.bloc_appliquer = panel("inset")
        layout = column(self.bloc_appliquer, margins=16, gap=10)
        layout.addWidget(
            make_label(
                "Un autre catalogue est en service. Cette fenêtre garde celui qu’elle a ouvert jusqu’à sa prochaine "
                "ouverture, ou dès maintenant si vous le demandez.",
                wrap=True,
            )
        )
        self.appliquer = make_button(self._theme, "L’utiliser maintenant", icon="refresh-line", kind="primary")
        layout.addWidget(_flow(self.appliquer))
        return self.bloc_appliquer

    def _resultat(self) -> QWidget:
        self.resultat = panel("inset")
        layout = column(self.resultat, margins=16, gap=10)
        head = FlowLayout(title := QWidget(), gap=8)
        head.addWidget(make_icon(self._theme, "checkbox-circle-line", "success"))
        head.addWidget(make_label("Mise à jour faite", "strong"))
        layout.addWidget(title)
        self.bilan_catalogue = _lines(layout)
        layout.addWidget(make_label("Pour mes élèves", "strong"))
        self.bilan_eleves = _lines(layout)
        self.resultat.hide()
        return self.resultat

    def _calendrier(self) -> QWidget:
        card = panel()
        card.setAccessibleName("Calendrier Parcoursup")
        layout = column(card, margins=20, gap=12)
        layout.addWidget(make_label("Calendrier Parcoursup", "section"))
        layout.addWidget(
            make_label(
                "Les dates de chaque session, et le jour avant lequel le jalon d’un niveau est attendu. Rien n’est "
                "repris d’une autre année. Vous pouvez corriger une date ou noter les vôtres.",
                tone="ink2",
                wrap=True,
            )
        )
        self.calendrier = make_button(
            self._theme,
            "Voir ou modifier le calendrier",
            icon="calendar-line",
            name="Calendrier Parcoursup et échéances",
        )
        layout.addWidget(_flow(self.calendrier))
        return card

    def _fiches(self) -> QWidget:
        self.carte_fiches = panel()
        self.carte_fiches.setAccessibleName("Fiches officielles")
        layout = column(self.carte_fiches, margins=20, gap=12)
        layout.addWidget(make_label("Fiches officielles", "section"))
        layout.addWidget(
            make_label(
                "Les textes de l’Onisep et de MonProjetSup ne sont pas livrés avec le programme. Importez leurs "
                "fichiers pour les lire dans les fiches, avec leur source et leur date.",
                tone="ink2",
                wrap=True,
            )
        )
        self._lots = _lines(layout)
        self.importer_fiches = make_button(self._theme, "Importer des fiches officielles…", icon="upload-cloud-2-line")
        self.retirer_fiches = make_button(self._theme, "Retirer les fiches", name="Retirer les fiches officielles")
        layout.addWidget(_flow(self.importer_fiches, self.retirer_fiches))
        return self.carte_fiches

    def _dossier(self) -> QWidget:
        card = panel()
        card.setAccessibleName("Dossier")
        layout = column(card, margins=20, gap=12)
        layout.addWidget(make_label("Dossier", "section"))
        self.chemin = make_label(wrap=True)
        self.chemin.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.taille = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.chemin)
        layout.addWidget(self.taille)
        self.ouvrir_dossier = make_button(
            self._theme, "Ouvrir l’emplacement", icon="folder-open-line", name="Ouvrir l’emplacement du dossier"
        )
        layout.addWidget(_flow(self.ouvrir_dossier))
        return card


def _flow(*buttons: QPushButton) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap=8)
    for button in buttons:
        flow.addWidget(button)
    return holder


def _lines(layout: QVBoxLayout) -> QVBoxLayout:
    holder = QWidget()
    layout.addWidget(holder)
    return column(holder, gap=4)


def _aucun(nb_eleves: int) -> str:
    if not nb_eleves:
        return "Le dossier n’a pas encore d’élève."
    return f"Rien ne change pour les vœux de vos élèves ({nb_eleves} comparés)."

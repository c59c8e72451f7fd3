"""Layout of a fiche: badge, title, tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QTabWidget, QWidget

from mps_desktop.services.fiche_vue import FicheVue, OngletVue
from mps_desktop.ui.screens.fiche.fiche_parts import PartBuilder
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import add, column, grow, make_button, make_label, row, scrolled
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile


class FicheView(QWidget):
    """One fiche at a time; a tab is built when it is first looked at.

    Args:
        empty: what is said before any fiche is chosen.

    Signals:
        target_chosen: (genre, id) of another fiche.
        address_chosen: an http or https address.
        import_asked: the user wants to add official fiches.
    """

    target_chosen = Signal(str, str)
    address_chosen = Signal(str)
    import_asked = Signal()

    def __init__(self, theme: Theme, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builder = PartBuilder(
            theme, self.target_chosen.emit, self.address_chosen.emit, lambda: self.import_asked.emit()
        )
        self._onglets: tuple[OngletVue, ...] = ()
        self._areas: list[QScrollArea] = []
        self._built: set[int] = set()
        self.retour = make_button(theme, "Retour", kind="ghost", icon="arrow-left-line")
        self.retour.hide()
        self.badge = make_label(role="small")
        self.titre = make_label(role="title", wrap=True)
        self.detail = make_label(tone="ink2", wrap=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Onglets de la fiche")
        self.tabs.setAccessibleName("Onglets de la fiche")
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._build_tab)
        fiche = QWidget()
        layout = column(fiche, gap=4)
        head = column(margins=(24, 16, 24, 4), gap=4)
        line = row(gap=8)
        line.addWidget(self.badge, 1)
        line.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignRight)
        head.addLayout(line)
        head.addWidget(self.titre)
        head.addWidget(self.detail)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        self.vide = EmptyState(theme, "article-line", "Aucune fiche ouverte", empty)
        self.erreur = EmptyState(
            theme, "error-warning-line", "La fiche n’a pas pu être lue", "", "Réessayer", lambda: None
        )
        self.pile = Pile(
            vide=self.vide, chargement=LoadingState("Lecture de la fiche…"), erreur=self.erreur, fiche=fiche
        )
        column(self).addWidget(self.pile)

    def show_fiche(self, vue: FicheVue) -> None:
        """Show a fiche, on the tab of the same name as the one shown before when there is one."""
        before = self.tabs.tabText(self.tabs.currentIndex())
        self.badge.setText(vue.badge)
        self.titre.setText(vue.titre)
        self.detail.setText(vue.detail)
        self.detail.setVisible(bool(vue.detail))
        self.tabs.blockSignals(True)
        while self.tabs.count():
            widget = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if widget is not None:
                widget.deleteLater()
        self._onglets = tuple(onglet for onglet in vue.onglets if onglet.parties)
        self._areas, self._built = [], set()
        for onglet in self._onglets:
            content = QWidget()
            column(content, margins=(24, 12, 24, 24), gap=10)
            area = scrolled(content)
            area.setAccessibleName(onglet.titre)
            self._areas.append(area)
            self.tabs.addTab(area, onglet.titre)
        titles = [onglet.titre for onglet in self._onglets]
        self.tabs.setCurrentIndex(titles.index(before) if before in titles else 0)
        self.tabs.blockSignals(False)
        self.pile.show_face("fiche")
        self._build_tab(self.tabs.currentIndex())

    def show_failure(self, message: str) -> None:
        """Say why there is no fiche."""
        self.erreur.show_texts("La fiche n’a pas pu être lue", message)
        self.pile.show_face("erreur")

    def _build_tab(self, index: int) -> None:
        if not 0 <= index < len(self._areas) or index in self._built:
            return
        self._built.add(index)
        area = self._areas[index]
        content = area.widget()
        layout = content.layout() if content is not None else None
        if not isinstance(layout, QBoxLayout):
            return
        for part in self._onglets[index].parties:
            add(layout, self._builder.build(part))
        layout.addStretch(1)
        grow(area)

"""The reasons of one suggestion, in a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QWidget

from mps_desktop.services.vues_raisons import PourquoiVue
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.suggestions.pourquoi import PourquoiPanel
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, grow, make_button, make_label, scrolled
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile


class PourquoiDialog(QDialog):
    """Asks for the explanation when it opens."""

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        question: tuple[int, str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        eleve_id, formation_id, libelle = question
        self._messenger = messenger
        self.vue: PourquoiVue | None = None
        self.setWindowTitle("Pourquoi cette formation")
        self.resize(theme.px(680), theme.px(600))
        self.panel = PourquoiPanel(theme)
        self.panel.setContentsMargins(0, 0, theme.px(12), 0)
        self.area = scrolled(self.panel)
        self.vide = EmptyState(theme, "question-line", "L’explication n’a pas pu être calculée", "")
        self.pile = Pile(texte=self.area, vide=self.vide, chargement=LoadingState("Calcul des raisons…"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copier = make_button(theme, "Copier le texte", self._copy, kind="ghost", icon="file-copy-line")
        self.buttons.addButton(self.copier, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label(libelle, "title", wrap=True))
        layout.addWidget(self.pile, 1)
        layout.addWidget(self.buttons)
        self.pile.show_face("chargement")
        self.copier.setEnabled(False)
        runner.run(
            lambda _progress: session.explain_suggestion(eleve_id, formation_id),
            self._show,
            self._failed,
            key="pourquoi",
        )

    def _show(self, vue: PourquoiVue) -> None:
        self.vue = vue
        self.panel.show_vue(vue)
        self.pile.show_face("texte")
        self.copier.setEnabled(True)
        grow(self.area)

    def _failed(self, exc: Exception) -> None:
        message = self._messenger.describe(exc)
        self.vide.show_texts(message.texte, message.remede)
        self.pile.show_face("vide")

    def _copy(self) -> None:
        if self.vue is not None:
            QApplication.clipboard().setText(self.panel.text(self.vue))

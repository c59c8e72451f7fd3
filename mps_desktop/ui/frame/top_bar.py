"""The top bar: which dossier, which class, search, undo, appearance, lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QUndoStack
from PySide6.QtWidgets import QFrame, QMenu, QToolButton

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import Option
from mps_desktop.ui.recherche_globale import GROUPES, SANS_REPONSE, TROP_COURT
from mps_desktop.ui.theme import TAILLES, Theme
from mps_desktop.ui.widgets.basics import make_icon_button, row
from mps_desktop.ui.widgets.choices import Dropdown
from mps_desktop.ui.widgets.elided import ElidedLabel
from mps_desktop.ui.widgets.search_field import SearchField

TOUTES = "*"


class TopBar(QFrame):
    """Always visible while a dossier is open.

    Signals:
        classe_chosen: name of a class, empty for all.
        theme_chosen: ``clair``, ``sombre`` or ``systeme``.
        taille_chosen: percent.
        lock_asked, undo_asked, redo_asked, help_asked: as they say.
    """

    classe_chosen = Signal(str)
    theme_chosen = Signal(str)
    taille_chosen = Signal(int)
    lock_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    help_asked = Signal()

    def __init__(self, theme: Theme, dossier: str, stack: QUndoStack) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("panel", "bar")
        line = row(self, margins=(20, 8, 12, 8), gap=10)
        self.dossier = ElidedLabel(dossier, "lead")
        self.classe = Dropdown(theme, "Classe affichée")
        self.classe.chosen.connect(lambda code: self.classe_chosen.emit("" if code == TOUTES else code))
        self.recherche = SearchField(
            theme, "Chercher (Ctrl+K)", pause_ms=120, groupes=GROUPES, sans_reponse=SANS_REPONSE, trop_court=TROP_COURT
        )
        self.recherche.setMinimumWidth(120)
        self.recherche.setToolTip(
            "Un élève, une formation, un métier, un établissement, une ville, un vœu (bts sio rennes)"
        )
        self.annuler = make_icon_button(theme, "arrow-go-back-line", "Annuler", self.undo_asked.emit)
        self.retablir = make_icon_button(theme, "arrow-go-forward-line", "Rétablir", self.redo_asked.emit)
        self.apparence = make_icon_button(theme, "moon-line", "Passer au thème sombre", self._toggle_theme)
        self.texte = self._text_menu()
        self.aide = make_icon_button(theme, "question-line", "Raccourcis clavier", self.help_asked.emit, shortcut="F1")
        self.verrou = make_icon_button(
            theme, "lock-line", "Verrouiller le dossier", self.lock_asked.emit, shortcut="Ctrl+L"
        )
        line.addWidget(self.dossier)
        line.addWidget(self.classe)
        line.addSpacing(8)
        line.addWidget(self.recherche, 1)
        line.addSpacing(8)
        for button in (self.annuler, self.retablir, self.texte, self.apparence, self.aide, self.verrou):
            line.addWidget(button)
        self._undo, self._redo = (stack.canUndo(), stack.undoText()), (stack.canRedo(), stack.redoText())
        stack.canUndoChanged.connect(self._can_undo)
        stack.canRedoChanged.connect(self._can_redo)
        stack.undoTextChanged.connect(self._undo_text)
        stack.redoTextChanged.connect(self._redo_text)
        theme.changed.connect(self._show_theme)
        self._show_undo()
        self._show_theme()

    def show_classes(self, classes: Sequence[str], classe: str) -> None:
        """Show the classes of the dossier and the one displayed."""
        options = [Option(name, name) for name in classes]
        if len(classes) != 1:
            options.insert(0, Option(TOUTES, "Toutes les classes"))
        self.classe.show_options(options, classe or (TOUTES if len(classes) != 1 else classes[0]))
        self.classe.setMinimumWidth(self.classe.sizeHint().width())
        self.classe.setVisible(bool(classes))

    def _text_menu(self) -> QToolButton:
        button = make_icon_button(self._theme, "font-size-2", "Taille du texte")
        menu = QMenu(button)
        menu.setAccessibleName("Taille du texte")
        group = QActionGroup(menu)
        self.tailles: dict[int, QAction] = {}
        for taille in TAILLES:
            action = menu.addAction(f"{taille}{NNBSP}%")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, taille=taille: self.taille_chosen.emit(taille))
            group.addAction(action)
            self.tailles[taille] = action
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _toggle_theme(self) -> None:
        self.theme_chosen.emit("clair" if self._theme.sombre else "sombre")

    def _show_theme(self) -> None:
        sombre = self._theme.sombre
        self._theme.set_icon(self.apparence, "sun-line" if sombre else "moon-line")
        name = "Passer au thème clair" if sombre else "Passer au thème sombre"
        self.apparence.setAccessibleName(name)
        self.apparence.setToolTip(name)
        if self._theme.taille in self.tailles:
            self.tailles[self._theme.taille].setChecked(True)

    def _can_undo(self, possible: bool) -> None:
        self._undo = (possible, self._undo[1])
        self._show_undo()

    def _can_redo(self, possible: bool) -> None:
        self._redo = (possible, self._redo[1])
        self._show_undo()

    def _undo_text(self, text: str) -> None:
        self._undo = (self._undo[0], text)
        self._show_undo()

    def _redo_text(self, text: str) -> None:
        self._redo = (self._redo[0], text)
        self._show_undo()

    def _show_undo(self) -> None:
        """From what the stack told: it also tells while it is being destroyed and cannot be asked any more."""
        for button, verb, (possible, what), keys in (
            (self.annuler, "Annuler", self._undo, "Ctrl+Z"),
            (self.retablir, "Rétablir", self._redo, "Ctrl+Y"),
        ):
            name = f"{verb}{NNBSP}: {what}" if possible and what else verb
            button.setEnabled(possible)
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})")

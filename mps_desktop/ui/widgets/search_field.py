"""A search box whose answers come later, shown in a list below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import YieldUndo
from mps_desktop.ui.widgets.option_delegate import GROUPE_ROLE, OPTION_ROLE, OptionDelegate

_Index = QModelIndex | QPersistentModelIndex

_POPUP = 460  # px at 100 %


class OptionListModel(QAbstractListModel):
    """Options to pick from; a line without a code only informs.

    Args:
        groupes: title above the first option of each category; nothing for the other categories.
    """

    def __init__(self, groupes: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groupes = groupes
        self._options: tuple[Option, ...] = ()

    def show_options(self, options: Sequence[Option], groupes: Mapping[str, str] | None = None) -> None:
        """Show other options, under other titles when they are given."""
        self.beginResetModel()
        self._groupes = groupes or self._groupes
        self._options = tuple(options)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt override and its default
        """How many options."""
        return 0 if parent.isValid() else len(self._options)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Label, or the option itself."""
        if not index.isValid() or index.row() >= len(self._options):
            return None
        option = self._options[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return option.libelle
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (option.libelle, option.detail, self._title(index.row())) if part)
        if role == GROUPE_ROLE:
            return self._title(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{option.libelle}\n{option.detail}" if option.detail else option.libelle
        return option if role == OPTION_ROLE else None

    def _title(self, row: int) -> str:
        """Title above a line, empty when it goes on with the category of the line before."""
        categorie = self._options[row].categorie
        opens = row == 0 or self._options[row - 1].categorie != categorie
        return self._groupes.get(categorie, "") if opens else ""

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only lines with a code can be picked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        option = self._options[index.row()]
        picked = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return picked if option.code else Qt.ItemFlag.ItemNeverHasChildren


class SearchField(QLineEdit):
    """A line that asks after a pause in the typing, and lets one answer be picked with the keyboard.

    Args:
        name: what is searched, for screen readers and as placeholder.
        min_chars: fewer characters ask nothing.
        pause_ms: pause in the typing before asking.
        groupes: title of each category, where answers are shown by category.
        sans_reponse: what to say, and what to try, when there is no answer.
        trop_court: what to say below ``min_chars``; nothing is shown when empty.

    Signals:
        asked: the text to search; whoever listens calls ``show_answers`` with the same text.
        picked: the ``Option`` chosen.
    """

    asked = Signal(str)
    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        min_chars: int = 2,
        pause_ms: int = 200,
        parent: QWidget | None = None,
        *,
        groupes: Mapping[str, str] | None = None,
        sans_reponse: Option = Option("", "Aucun résultat. Essayez un autre mot."),  # noqa: B008  frozen
        trop_court: Option | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sans_reponse = sans_reponse
        self._trop_court = trop_court
        self._min_chars = min_chars
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self._model = OptionListModel(groupes or {}, self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        self._delegate = OptionDelegate(theme, self)
        self._popup = QListView()
        self._popup.setAccessibleName(f"Résultats, {name}")
        completer.setPopup(self._popup)
        self._popup.setItemDelegate(self._delegate)
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[call-overload]  # signal overload
        self._completer = completer
        completer.setWidget(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.ask)
        self.textEdited.connect(self._edited)
        self._yield_undo = YieldUndo(self)
        self.installEventFilter(self._yield_undo)

    def ask(self) -> None:
        """Ask now, without waiting for the pause."""
        self._timer.stop()
        text = self.text().strip()
        if len(text) >= self._min_chars:
            self.asked.emit(text)
        elif self._trop_court is not None:
            self._show((self._trop_court,))
        else:
            self._popup.hide()

    def show_answers(self, text: str, options: Sequence[Option], groupes: Mapping[str, str] | None = None) -> None:
        """Show the answers to a question, unless the user has typed something else since.

        Args:
            groupes: titles of the categories for these answers, None = those given at first.
        """
        if self.text().strip() != text:
            return
        self._show(options or (self._sans_reponse,), groupes)

    def _show(self, options: Sequence[Option], groupes: Mapping[str, str] | None = None) -> None:
        self._model.show_options(options, groupes)
        if self.hasFocus():
            self._open()

    def _open(self) -> None:
        """Under the field; wider than it where large text would cut the answers."""
        self._completer.complete(QRect(0, 0, self.popup_width(), self.height()))

    def popup_width(self) -> int:
        """Width of the list: the field's, or what the answers need when the window has it."""
        return max(self.width(), min(self._theme.px(_POPUP), self.window().width() - 24))

    @property
    def popup(self) -> QListView:
        """The list of the answers."""
        return self._popup

    @property
    def answers(self) -> OptionListModel:
        """The model of the answers."""
        return self._model

    def pick(self, option: Option) -> None:
        """Choose an answer, as a click on it does."""
        if option.code:
            self.picked.emit(option)
            self.clear()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:  # noqa: N802  Qt override
        """Enter picks the first answer when none is highlighted; down opens the list again."""
        popup = self._popup
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not popup.isVisible():
            self.ask()
            return
        if arg__1.key() == Qt.Key.Key_Down and not popup.isVisible() and self._model.rowCount():
            self._open()
            return
        super().keyPressEvent(arg__1)

    def _edited(self, _text: str) -> None:
        self._timer.start()

    def _activated(self, index: QModelIndex) -> None:
        option = index.data(OPTION_ROLE)
        if isinstance(option, Option):
            self.pick(option)

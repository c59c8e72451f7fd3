"""What the table models share: immutable rows, fixed columns, titles."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ModelIndex = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that are replaced as a whole.

    Subclasses give ``data``.

    Attributes:
        titres: titles of the columns, in their order.
        a_droite: columns of figures, aligned on the right.
    """

    titres: ClassVar[tuple[str, ...]] = ()
    a_droite: ClassVar[frozenset[int]] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lignes: tuple[Row, ...] = ()

    @property
    def lignes(self) -> tuple[Row, ...]:
        """The rows, in the order given."""
        return self._lignes

    def show_rows(self, lignes: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lignes = lignes
        self.endResetModel()

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: N802, B008  Qt override and its default
        """How many rows."""
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: N802, B008  Qt override and its default
        """How many columns."""
        return 0 if parent.isValid() else len(self.titres)

    def headerData(  # noqa: N802  Qt override
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.titres):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.titres[section]
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def alignment(self, section: int) -> Qt.AlignmentFlag:
        """Figures right, words left."""
        side = Qt.AlignmentFlag.AlignRight if section in self.a_droite else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

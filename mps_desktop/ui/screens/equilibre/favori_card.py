"""One formation kept, with its vœux."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.services.views import FavoriLigne, Option, VoeuLigne
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.basics import (
    YieldUndo,
    column,
    make_bullet,
    make_button,
    make_icon_button,
    make_label,
    row,
    rule,
)
from mps_desktop.ui.widgets.choices import Dropdown, Segments
from mps_desktop.ui.widgets.marks import ClassBadge

DECLAREES = (
    Option("3", "A+", detail="Ambitieux"),
    Option("2", "A", detail="Réaliste"),
    Option("1", "B", detail="Sécurisant"),
)
ENSEIGNANT = (Option("A+", "A+ ambitieux"), Option("A", "A réaliste"), Option("B", "B sécurisant"))
_LETTRES = {"A+": "3", "A": "2", "B": "1"}
NOTE_MAX = 3999


class VoeuRow(QFrame):
    """One wish: where, what it is worth, what the teacher thinks.

    Signals:
        classed: the class stated by the teacher, empty = none.
        removed: the wish goes.
    """

    classed = Signal(str)
    removed = Signal()

    def __init__(self, theme: Theme, ligne: VoeuLigne, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ligne = ligne
        self.setAccessibleName(f"Vœu {ligne.etablissement}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        badge = ClassBadge(theme, ligne.classe)
        grid.addWidget(badge, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(make_label(ligne.nom, "strong", wrap=True), 0, 1)
        grid.addLayout(self._where(), 1, 1)
        self.enseignant = Dropdown(theme, f"Classe selon l’enseignant, {ligne.etablissement}", "Votre avis")
        self.enseignant.show_options(ENSEIGNANT, ligne.enseignant)
        self.enseignant.setToolTip("Votre avis remplace l’estimation dans l’équilibre.")
        self.enseignant.chosen.connect(self.classed)
        grid.addWidget(self.enseignant, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        self.retirer = make_icon_button(
            theme, "delete-bin-line", f"Retirer le vœu {ligne.etablissement}", self.removed.emit
        )
        grid.addWidget(self.retirer, 0, 5, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        self.pourquoi = make_icon_button(theme, "information-line", f"Pourquoi cette classe, {ligne.etablissement}")
        self.pourquoi.setCheckable(True)
        grid.addWidget(self.pourquoi, 0, 4, 2, 1, Qt.AlignmentFlag.AlignTop)
        facts = QWidget()
        lines = column(facts, margins=(0, 4, 0, 0), gap=3)
        for fact in (*ligne.chiffres, *ligne.faits):
            lines.addWidget(make_bullet(fact, "small"))
        if ligne.historique:
            lines.addWidget(make_label("Avis donnés sur ce vœu", "small"))
            for past in ligne.historique:
                lines.addWidget(make_bullet(past, "small"))
        grid.addWidget(facts, 3, 1, 1, 5)
        if ligne.avis:
            grid.addWidget(make_label(f"Votre avis{NNBSP}: {ligne.avis}", "small", wrap=True), 2, 1, 1, 5)
        facts.hide()
        self.pourquoi.toggled.connect(facts.setVisible)
        policy = self.pourquoi.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the buttons of all wishes stay in line
        self.pourquoi.setSizePolicy(policy)
        self.pourquoi.setVisible(bool(ligne.chiffres or ligne.faits or ligne.historique))

    def _where(self) -> QHBoxLayout:
        ligne = self.ligne
        distance = "" if ligne.distance_km is None else f"{ligne.distance_km}{NBSP}km"
        opinions = [
            f"{who} {classe}"
            for who, classe in (("estimé", ligne.estimee), ("déclaré", ligne.declaree))
            if classe and classe not in ("?", ligne.classe)
        ]
        parts = (ligne.commune, distance, ligne.estimation, *opinions, *ligne.chiffres[:1])
        text = "  ·  ".join(part for part in parts if part)
        line = row()
        line.addWidget(make_label(text, tone="ink2" if ligne.connu else "warning", wrap=True), 1)
        return line


class FavoriCard(QFrame):
    """A formation of the selection.

    Signals:
        declared: the class declared for the formation, empty = none ("1" B, "2" A, "3" A+).
        noted: the note being typed.
        note_left: the note lost the focus.
        add_asked: vœux have to be added.
        removed: the formation goes, with its vœux.
        voeu_classed: vœu id, class stated by the teacher.
        voeu_removed: vœu id.
        attendus_read: whether the attendus were read.
    """

    declared = Signal(str)
    noted = Signal(str)
    add_asked = Signal()
    removed = Signal()
    voeu_classed = Signal(str, str)
    voeu_removed = Signal(str)
    attendus_read = Signal(bool)

    def __init__(self, theme: Theme, favori: FavoriLigne, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.favori = favori
        self.setProperty("panel", "card")
        self.setAccessibleName(f"Formation {favori.libelle}")
        layout = column(self, margins=(16, 12, 16, 12), gap=8)
        layout.addLayout(self._title())
        layout.addLayout(self._declaration())
        self.rows: dict[str, VoeuRow] = {}
        for voeu in favori.voeux:
            layout.addWidget(rule())
            line = VoeuRow(theme, voeu)
            line.classed.connect(lambda classe, code=voeu.voeu_id: self.voeu_classed.emit(code, classe))
            line.removed.connect(lambda code=voeu.voeu_id: self.voeu_removed.emit(code))
            layout.addWidget(line)
            self.rows[voeu.voeu_id] = line
        if not favori.voeux:
            layout.addWidget(rule())
            layout.addWidget(make_label("Aucun établissement choisi pour cette formation.", tone="warning", wrap=True))
        layout.addLayout(self._foot())

    def take_class_back(self, voeu_id: str) -> None:
        """Show again the class that the teacher had stated: he gave up stating another one."""
        line = self.rows.get(voeu_id)
        if line is not None:
            line.enseignant.show_options(ENSEIGNANT, line.ligne.enseignant)

    def show_note(self, note: str) -> None:
        """Show a note that was changed elsewhere."""
        if self.note.toPlainText() != note:
            self.note.setPlainText(note)

    def _title(self) -> QHBoxLayout:
        line = row(gap=8)
        line.addWidget(make_label(self.favori.libelle, "section", wrap=True), 1)
        count = make_label(plural(len(self.favori.voeux), "vœu", "vœux"), "small")
        line.addWidget(count)
        self.retirer = make_icon_button(
            self._theme, "delete-bin-line", f"Retirer la formation {self.favori.libelle}", self.removed.emit
        )
        line.addWidget(self.retirer)
        return line

    def _declaration(self) -> QHBoxLayout:
        line = row(gap=10)
        self.declaree = Segments(f"Classe déclarée par l’élève, {self.favori.libelle}", DECLAREES)
        self.declaree.show_code(_LETTRES.get(self.favori.declaree))
        self.declaree.chosen.connect(self.declared)
        line.addWidget(make_label("Classe déclarée par l’élève", tone="ink2"))
        line.addWidget(self.declaree, 1)
        self.attendus = QCheckBox("Attendus lus")
        self.attendus.setAccessibleName(f"Attendus lus avec l’élève, {self.favori.libelle}")
        self.attendus.setToolTip("Ce que la formation attend a été lu avec l’élève (compte dans le jalon de première).")
        self.attendus.setChecked(self.favori.attendus_lus)
        self.attendus.clicked.connect(self.attendus_read)
        line.addWidget(self.attendus)
        return line

    def _foot(self) -> QHBoxLayout:
        self.note = QPlainTextEdit(self.favori.note)
        self.note.setAccessibleName(f"Note, {self.favori.libelle}")
        self.note.setPlaceholderText("Ce que vous voulez retenir de cette formation")
        self.note.setUndoRedoEnabled(False)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self._theme.px(76))
        self._yield_undo = YieldUndo(self)
        self.note.installEventFilter(self._yield_undo)
        self.note.textChanged.connect(self._typed)
        fold = Fold(self._theme, "Note", self.note)
        fold.header.setAccessibleName(f"Note, {self.favori.libelle}")
        fold.open(bool(self.favori.note))
        line = row(gap=8)
        line.addWidget(fold, 1)
        self.ajouter = make_button(
            self._theme,
            "Ajouter des vœux",
            self.add_asked.emit,
            icon="add-line",
            name=f"Ajouter des vœux, {self.favori.libelle}",
        )
        line.addWidget(self.ajouter, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _typed(self) -> None:
        text = self.note.toPlainText()
        if len(text) > NOTE_MAX:
            self.note.setPlainText(text[:NOTE_MAX])
            return
        self.noted.emit(text)

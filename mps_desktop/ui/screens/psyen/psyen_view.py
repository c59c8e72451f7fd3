"""Layout of the psyEN's notes: no compartment yet, locked, open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPlainTextEdit, QToolButton, QWidget

from mps_desktop.core.dates import short_date
from mps_desktop.core.text import french_spaces
from mps_desktop.services.psyen import AUTEUR_MAX, NoteLue
from mps_desktop.ui.dialogs.calendrier import DateField
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import (
    add,
    clear,
    column,
    grow,
    make_button,
    make_icon,
    make_icon_button,
    make_label,
    panel,
    row,
    scrolled,
)
from mps_desktop.ui.widgets.onglet import Onglet
from mps_desktop.ui.widgets.password import PasswordField
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

ABSENT, FERME, OUVERT, LECTURE = "absent", "ferme", "ouvert", "lecture"
_POURQUOI = (
    "Ce que le psyEN écrit ici est chiffré avec un mot de passe qu’il est seul à connaître. Le professeur principal, "
    "qui ouvre le dossier, ne peut pas le lire ; aucun document ne le montre. Choisissez ce mot de passe "
    "vous-même, hors de la vue des autres."
)
_VISIBLE = (
    "Reste visible de qui ouvre le dossier : que des notes existent, leur nombre par élève, et le jour où elles ont "
    "été écrites. Sans le mot de passe ni la clé de secours, personne ne peut les relire."
)


class PsyenView(Onglet):
    """Three faces of one place.

    Signals:
        edit_asked, erase_asked: id of a note.
    """

    edit_asked = Signal(str)
    erase_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.absent = EmptyState(
            theme, "lock-2-line", "Notes réservées au psyEN", "", "Choisir un mot de passe…", lambda: None
        )
        self.absent.show_texts("Notes réservées au psyEN", french_spaces(f"{_POURQUOI}\n\n{_VISIBLE}"))
        self.pile = Pile(
            lecture=LoadingState("Lecture des notes…"),
            absent=scrolled(self._centred(self.absent)),
            ferme=scrolled(self._locked()),
            ouvert=self._open(),
        )
        column(self).addWidget(self.pile)
        theme.changed.connect(self._fit)
        self._fit()

    def show_notes(self, notes: tuple[NoteLue, ...]) -> None:
        """Show the notes of a student, newest first; none clears the screen of the former ones."""
        clear(self._notes)
        self.vide.setVisible(not notes)
        for note in notes:
            add(self._notes, self._card(note))
        grow(self._area)

    def show_editor(self, shown: bool, titre: str = "") -> None:
        """Show or put away the form; put away, it keeps no text."""
        self.editeur.setVisible(shown)
        self.nouvelle.setEnabled(not shown)
        self.titre_editeur.setText(titre)
        if not shown:
            self.texte.clear()  # its own undo history goes too; that of a line goes with setText only
            self.jour.setText("")
            self.auteur.setText("")
        grow(self._area)

    def _fit(self) -> None:
        """Lengths that follow the size of the text: lines that are read with ease, a date that is whole."""
        px = self._theme.px
        self.absent.setMaximumWidth(px(680))
        self._carte.setMaximumWidth(px(520))
        self.jour.setFixedWidth(px(124))
        self.texte.setMinimumHeight(px(140))

    def _centred(self, content: QWidget) -> QWidget:
        holder = QWidget()
        line = row(holder)
        line.addStretch(1)
        line.addWidget(content, 100)
        line.addStretch(1)
        return holder

    def _locked(self) -> QWidget:
        page = QWidget()
        layout = column(page, margins=32, gap=12)
        card = self._carte = panel()
        inner = column(card, margins=24, gap=10)
        head = row(gap=10)
        head.addWidget(make_icon(self._theme, "lock-2-line", "faint", 26))
        head.addWidget(make_label("Notes du psyEN verrouillées", "title", wrap=True), 1)
        inner.addLayout(head)
        self.nombre = make_label(tone="ink2", wrap=True)
        inner.addWidget(self.nombre)
        self.refus = Banner(self._theme)
        inner.addWidget(self.refus)
        label = make_label("Mot de passe du psyEN, ou sa clé de secours", tone="ink2", wrap=True)
        self.secret = PasswordField(self._theme, "Mot de passe du psyEN, ou sa clé de secours")
        label.setBuddy(self.secret)
        inner.addWidget(label)
        line = row(gap=8)
        self.ouvrir = make_button(
            self._theme, "Ouvrir", icon="lock-unlock-line", kind="primary", name="Ouvrir les notes du psyEN"
        )
        line.addWidget(self.secret, 1)
        line.addWidget(self.secret.oeil)
        line.addWidget(self.ouvrir)
        inner.addLayout(line)
        self.attente = make_label(role="small", tone="ink2", wrap=True)
        self.attente.hide()
        inner.addWidget(self.attente)
        self.oubli = make_button(self._theme, "Mot de passe oublié, ou à changer…", kind="ghost")
        inner.addWidget(self.oubli, 0, Qt.AlignmentFlag.AlignLeft)
        self.recommencer = make_button(self._theme, "Recommencer avec un autre mot de passe…", kind="ghost")
        self.recommencer.setToolTip("Ce dossier n’a encore aucune note du psyEN : rien ne serait perdu.")
        inner.addWidget(self.recommencer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(card)
        layout.addStretch(1)
        return page

    def _open(self) -> QWidget:
        content = QWidget()
        layout = column(content, margins=(24, 16, 24, 24), gap=16)
        line = row(gap=8)
        words = column(gap=2)
        words.addWidget(make_label("Notes du psyEN", "section"))
        words.addWidget(
            make_label(
                "Lisibles à l’écran jusqu’à ce que vous les verrouilliez. Le verrouillage du dossier les ferme aussi.",
                "small",
                wrap=True,
            )
        )
        line.addLayout(words, 1)
        self.nouvelle = make_button(self._theme, "Nouvelle note", icon="add-line", kind="primary")
        self.fermer = make_button(self._theme, "Verrouiller", icon="lock-2-line", name="Verrouiller les notes du psyEN")
        self.menu = make_icon_button(self._theme, "more-2-line", "Autres actions sur les notes du psyEN")
        for button in (self.nouvelle, self.fermer, self.menu):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        actions = QMenu(self.menu)
        actions.setAccessibleName("Autres actions sur les notes du psyEN")
        self.mot_de_passe = actions.addAction("Changer leur mot de passe…")
        self.cle = actions.addAction("Refaire leur clé de secours…")
        actions.addSeparator()
        self.remettre = actions.addAction("Remettre à l’élève ses données…")
        self.menu.setMenu(actions)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout.addLayout(line)
        self.editeur = self._editor()
        self.editeur.hide()
        layout.addWidget(self.editeur)
        self.vide = make_label(
            "Aucune note pour cet élève. Écrivez ce que vous voulez retrouver au prochain entretien, vous seul pourrez "
            "le relire.",
            tone="ink2",
            wrap=True,
        )
        layout.addWidget(self.vide)
        self._notes = column(gap=12)
        layout.addLayout(self._notes)
        layout.addStretch(1)
        self._area = scrolled(content)
        return self._area

    def _editor(self) -> QFrame:
        card = panel()
        layout = column(card, margins=(20, 16, 20, 18), gap=10)
        self.titre_editeur = make_label(role="strong")
        layout.addWidget(self.titre_editeur)
        self.jour = DateField(self._theme, "Date de la note")
        self.auteur = QLineEdit()
        self.auteur.setAccessibleName("Auteur de la note")
        self.auteur.setPlaceholderText("Nom et fonction")
        self.auteur.setMaxLength(AUTEUR_MAX)
        line = row(gap=8)
        for title, field, stretch in (("Date", self.jour, 0), ("Auteur", self.auteur, 1)):
            label = make_label(title, tone="ink2")
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field, stretch)
        layout.addLayout(line)
        self.texte = QPlainTextEdit()
        self.texte.setAccessibleName("Texte de la note du psyEN")
        self.texte.setPlaceholderText("Ce que vous voulez retenir de cet entretien")
        self.texte.setTabChangesFocus(True)
        layout.addWidget(self.texte)
        self.erreur = make_label(tone="error", wrap=True)
        self.erreur.hide()
        layout.addWidget(self.erreur)
        end = row(gap=8)
        self.abandonner = make_button(self._theme, "Abandonner", name="Abandonner cette note")
        self.enregistrer = make_button(self._theme, "Enregistrer la note", kind="primary")
        end.addStretch(1)
        end.addWidget(self.abandonner)
        end.addWidget(self.enregistrer)
        layout.addLayout(end)
        return card

    def _card(self, note: NoteLue) -> QFrame:
        card = panel()
        layout = column(card, margins=(20, 14, 14, 16), gap=6)
        quand = short_date(note.jour) if note.jour is not None else "Note illisible"
        line = row(gap=8)
        line.addWidget(make_label(quand, "strong"))
        line.addWidget(make_label(note.auteur, "small", wrap=True), 1)
        if note.lisible:
            line.addWidget(self._act("edit-line", f"Corriger la note du {quand}", self.edit_asked.emit, note.id))
        line.addWidget(self._act("delete-bin-line", f"Effacer la note du {quand}", self.erase_asked.emit, note.id))
        layout.addLayout(line)
        broken = "Elle a été modifiée ou déplacée hors de MPS Bureau. Une sauvegarde du dossier la contient peut-être."
        # Not selectable: selecting would fill the clipboard of X11 by itself.
        texte, tone = (note.texte, "") if note.lisible else (broken, "error")
        layout.addWidget(make_label(texte, tone=tone, wrap=True))
        return card

    def _act(self, icon: str, name: str, act: Callable[[str], None], note_id: str) -> QToolButton:
        return make_icon_button(self._theme, icon, name, lambda: act(note_id))

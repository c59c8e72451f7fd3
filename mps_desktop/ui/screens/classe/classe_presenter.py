"""Behaviour of the class screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from mps_desktop.core.dates import short_date
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.views import ClasseVue, EleveLigne
from mps_desktop.ui.item_models.classe_model import LIGNE_ROLE, Colonne, Filtre, keeps, voeux_counts
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.classe.classe_view import ClasseView
from mps_desktop.ui.widgets.marks import describe_counts


class ClassePresenter(QObject):
    """Loads the class, filters it, and says what the teacher wants to do with it.

    Signals:
        loaded: the ``ClasseVue`` shown.
        eleve_chosen: id of a student to open.
        export_asked: ids of the selected students; empty = those of the class.
        import_asked: a list has to be imported.
        calendrier_asked: the calendar has to be shown.
        tableur_asked: the class over time has to be written as a spreadsheet.
    """

    loaded = Signal(object)
    eleve_chosen = Signal(int)
    export_asked = Signal(object)
    import_asked = Signal()
    calendrier_asked = Signal()
    tableur_asked = Signal()

    def __init__(self, view: ClasseView, session: SessionPort, runner: JobRunner, messenger: Messenger) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._classe: str | None = None
        self.vue: ClasseVue | None = None
        view.table.opened.connect(self._open_row)
        view.filtre.textChanged.connect(self._filter)
        view.filtre.returnPressed.connect(self._enter_table)
        for chip in view.chips.values():
            chip.toggled.connect(self._filter)
        view.table.selectionModel().selectionChanged.connect(self._show_selection)
        view.calendrier.clicked.connect(self.calendrier_asked)
        view.tableur.clicked.connect(self.tableur_asked)
        view.importer.clicked.connect(self.import_asked)
        view.exporter.clicked.connect(lambda: self.export_asked.emit(self.selected_ids()))
        view.aucun.button.clicked.connect(self.clear_filters)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), view)
        find.activated.connect(view.filtre.setFocus)

    @property
    def classe(self) -> str | None:
        """The class shown, None for everybody."""
        return self._classe

    @property
    def window(self) -> QWidget:
        """The window, for dialogs to belong to."""
        return self._view.window()

    def load(self, classe: str | None) -> None:
        """Show a class, or everybody with None."""
        if self.vue is None or classe != self._classe:
            self._view.pile.show_face("chargement")
        self._classe = classe
        session = self._session
        self._runner.run(
            lambda _progress: session.list_eleves(classe),
            self._show,
            self._messenger.fail,
            label="Lecture de la classe",
            key="classe",
        )

    def reload(self) -> None:
        """Read the same class again."""
        self.load(self._classe)

    def shown(self) -> tuple[EleveLigne, ...]:
        """The students, in the order of the table and through its filters."""
        return self._view.proxy.shown()

    def selected_ids(self) -> tuple[int, ...]:
        """Students selected in the table, in its order."""
        rows = sorted(index.row() for index in self._view.table.selectionModel().selectedRows())
        return tuple(self._view.proxy.index(row, 0).data(LIGNE_ROLE).id for row in rows)

    def clear_filters(self) -> None:
        """Show all students again."""
        for chip in self._view.chips.values():
            chip.setChecked(False)
        self._view.filtre.clear()

    def _show(self, vue: ClasseVue) -> None:
        if not vue.classe and len(vue.classes) == 1:  # a dossier of one class: that class, not "all"
            self.load(vue.classes[0])
        self.vue = vue
        view, lignes = self._view, vue.lignes
        view.titre.setText(vue.classe or ("Toutes les classes" if lignes else "Votre classe"))
        view.effectif.setText(plural(len(lignes), "élève"))
        view.table.exclude(Colonne.CLASSE, bool(vue.classe))
        view.model.show_rows(lignes)
        self._show_band(vue)
        for filtre, chip in view.chips.items():
            chip.show_count(sum(keeps(filtre, ligne) for ligne in lignes))
        view.show_tools(bool(lignes))
        self._show_selection()
        self._show_face()
        self.loaded.emit(vue)

    def _show_band(self, vue: ClasseVue) -> None:
        view, lignes = self._view, vue.lignes
        size = len(lignes)
        if not size:
            return
        view.jalon.setText(f"{vue.nb_jalon_atteint}/{size}")
        view.jauge_jalon.show_share(vue.nb_jalon_atteint / size, f"{vue.nb_jalon_atteint} élèves sur {size}", "success")
        suivi = vue.suivi
        view.bloc_suivi.setVisible(suivi is not None and len(suivi.points) > 1)
        if suivi is not None and suivi.points:
            points = [(p.jour.toordinal(), p.jalons_atteints / max(p.effectif, 1)) for p in suivi.points]
            view.courbe.show_points(points, suivi.phrase)
            first = short_date(suivi.points[0].jour).split(" ", 1)[1].rsplit(" ", 1)[0]  # neither weekday nor year
            view.depuis.setText(f"depuis le {first}")
            view.jauge_jalon.setToolTip(suivi.phrase)
        mean = round(sum(ligne.completude for ligne in lignes) / size)
        view.moyenne_profil.setText(f"{mean}{NNBSP}%")
        view.jauge_profil.show_share(mean / 100, f"{mean}{NNBSP}%", "action")
        counts = {key: sum(voeux_counts(ligne)[key] for ligne in lignes) for key in ("A+", "A", "B", "?")}
        view.voeux.show_counts(counts)
        view.voeux.setToolTip(describe_counts(counts))
        view.total_voeux.setText(f"{plural(sum(counts.values()), 'vœu', 'vœux')} dans la classe")

    def _filter(self) -> None:
        view = self._view
        view.proxy.set_text(view.filtre.text())
        view.proxy.set_filtres(frozenset(f for f in Filtre if view.chips[f].isChecked()))
        self._show_selection()
        self._show_face()

    def _show_face(self) -> None:
        view = self._view
        if self.vue is None:
            return
        if not self.vue.lignes:
            view.pile.show_face("vide")
        else:
            view.pile.show_face("table" if view.proxy.rowCount() else "aucun")

    def _show_selection(self) -> None:
        count = len(self._view.table.selectionModel().selectedRows())
        self._view.selection.setText(plural(count, "sélectionné") if count > 1 else "")
        text = f"Exporter {plural(count, 'élève')}" if count > 1 else "Exporter la classe"
        self._view.exporter.setText(text)
        self._view.exporter.setAccessibleName(text)

    def _enter_table(self) -> None:
        table = self._view.table
        if self._view.proxy.rowCount():
            table.setFocus()
            table.selectRow(0)

    def _open_row(self, row: int) -> None:
        self.eleve_chosen.emit(self._view.proxy.index(row, 0).data(LIGNE_ROLE).id)

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mps_desktop.services.views import EleveLigne, LigneApercu, Option
from mps_desktop.ui.item_models.apercu_model import ApercuFilter, ApercuModel, ColonneApercu
from mps_desktop.ui.item_models.classe_model import ClasseFilter, ClasseModel, Colonne, Filtre, keeps
from mps_desktop.ui.item_models.voeux_model import ColonneVoeu, VoeuxFilter, VoeuxModel
from mps_desktop.ui.widgets.search_field import OptionListModel
from tests.ui.fakes import FakeSession

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def lignes(session: FakeSession) -> tuple[EleveLigne, ...]:
    return session.list_eleves(None).lignes


def names(proxy: QSortFilterProxyModel) -> list[str]:
    return [str(proxy.index(row, 0).data()) for row in range(proxy.rowCount())]


def test_the_class_table_is_a_sound_model(qtmodeltester: ModelTester, lignes: tuple[EleveLigne, ...]):
    model = ClasseModel()
    model.show_rows(lignes)
    qtmodeltester.check(model)
    model.show_rows(lignes[:3])
    qtmodeltester.check(model)
    model.show_rows(())
    qtmodeltester.check(model)


def test_every_cell_of_the_class_speaks(lignes: tuple[EleveLigne, ...]):
    model = ClasseModel()
    model.show_rows(lignes)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            spoken = model.index(row, column).data(ACCESSIBLE)
            assert isinstance(spoken, str)
            assert spoken
    for column in range(model.columnCount()):
        assert model.headerData(column, Qt.Orientation.Horizontal, ACCESSIBLE)


def test_numbers_are_on_the_right(lignes: tuple[EleveLigne, ...]):
    model = ClasseModel()
    model.show_rows(lignes)
    for colonne in (Colonne.FORMATIONS, Colonne.METIERS):
        assert model.index(0, colonne).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_the_same_students_are_refreshed_in_place(qtbot: QtBot, lignes: tuple[EleveLigne, ...]):
    model = ClasseModel()
    model.show_rows(lignes)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows(tuple(replace(ligne, completude=1) for ligne in lignes))
    assert str(model.index(0, Colonne.PROFIL).data()).startswith("1")


def test_names_sort_as_french_people_expect(lignes: tuple[EleveLigne, ...]):
    noms = ("OUTIL", "ŒUVRE", "Étienne", "ETIENNE", "ZÈBRE")
    rows = tuple(replace(lignes[0], id=i, nom=nom, prenom="") for i, nom in enumerate(noms))
    model, proxy = ClasseModel(), ClasseFilter()
    model.show_rows(rows)
    proxy.setSourceModel(model)
    proxy.sort(Colonne.ELEVE)
    assert [name.strip() for name in names(proxy)] == ["ETIENNE", "Étienne", "ŒUVRE", "OUTIL", "ZÈBRE"]


def test_every_column_sorts_both_ways(lignes: tuple[EleveLigne, ...]):
    model, proxy = ClasseModel(), ClasseFilter()
    model.show_rows(lignes)
    proxy.setSourceModel(model)
    for colonne in Colonne:
        proxy.sort(colonne, Qt.SortOrder.DescendingOrder)
        assert proxy.rowCount() == len(lignes)
    proxy.sort(Colonne.PROFIL, Qt.SortOrder.AscendingOrder)
    values = [ligne.completude for ligne in proxy.shown()]
    assert values == sorted(values)


def test_text_filter_ignores_case_and_accents(lignes: tuple[EleveLigne, ...]):
    model, proxy = ClasseModel(), ClasseFilter()
    model.show_rows(lignes)
    proxy.setSourceModel(model)
    proxy.set_text("échantillon TG1")
    assert {(li.nom, li.classe) for li in proxy.shown()} == {("ÉCHANTILLON", "TG1")}
    proxy.set_text("echantillon")
    assert {li.nom for li in proxy.shown()} == {"ÉCHANTILLON"}


def test_chips_keep_what_they_say(lignes: tuple[EleveLigne, ...]):
    model, proxy = ClasseModel(), ClasseFilter()
    model.show_rows(lignes)
    proxy.setSourceModel(model)
    for filtre in Filtre:
        proxy.set_filtres(frozenset({filtre}))
        assert proxy.shown()
        assert all(keeps(filtre, ligne) for ligne in proxy.shown())
    proxy.set_filtres(frozenset({Filtre.SANS_VOEU, Filtre.SANS_SECURISANT}))
    assert all(not li.nb_securisant for li in proxy.shown())
    proxy.set_filtres(frozenset())
    assert len(proxy.shown()) == len(lignes)


def apercu(etat: str, ligne: int, fichier: str = "liste.csv") -> LigneApercu:
    return LigneApercu(fichier, ligne, etat, "BIDON", "Zoé", "TG1", "Bac général", "Mathématiques", "")


def test_the_preview_is_a_sound_model_and_filters(qtmodeltester: ModelTester):
    model, proxy = ApercuModel(), ApercuFilter()
    model.show_rows((apercu("nouveau", 2), apercu("rejete", 3), apercu("inchange", 4)))
    proxy.setSourceModel(model)
    qtmodeltester.check(model)
    proxy.set_etats(frozenset({"rejete"}))
    assert [proxy.index(r, ColonneApercu.LIGNE).data() for r in range(proxy.rowCount())] == ["3"]
    proxy.set_etats(frozenset())
    assert proxy.rowCount() == 3
    assert all(model.index(0, column).data(ACCESSIBLE) for column in range(model.columnCount()))


def test_the_preview_names_the_file_when_there_are_several():
    model = ApercuModel()
    model.show_rows((apercu("nouveau", 2, "a.csv"), apercu("nouveau", 2, "b.csv")))
    assert model.index(1, ColonneApercu.LIGNE).data() == "b.csv, 2"


def test_voeux_are_a_sound_model_sorted_by_distance(qtmodeltester: ModelTester, session: FakeSession):
    model, proxy = VoeuxModel(), VoeuxFilter()
    rows = session.list_voeux_possibles(5, "fl6", None)
    model.show_rows((replace(rows[0], distance_km=None), *rows[1:]))
    proxy.setSourceModel(model)
    qtmodeltester.check(model)
    proxy.sort(ColonneVoeu.DISTANCE)
    assert [proxy.index(r, ColonneVoeu.DISTANCE).data() for r in range(4)][-1] == ""
    proxy.sort(ColonneVoeu.CLASSE)
    assert [proxy.index(r, ColonneVoeu.CLASSE).data() for r in range(4)] == ["A+", "A", "B", "?"]
    proxy.set_text("clermont")
    assert proxy.rowCount() == 1
    assert all(model.index(0, column).data(ACCESSIBLE) for column in range(model.columnCount()))


def test_lines_that_only_inform_cannot_be_picked(qtmodeltester: ModelTester):
    model = OptionListModel({})
    model.show_options((Option("a", "Un", detail="d"), Option("", "Aucun résultat")))
    qtmodeltester.check(model)
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(0, 0).data(ACCESSIBLE) == "Un, d"

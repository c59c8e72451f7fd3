"""The PDF, read back as a reader or a search would."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.reports import styles
from mps_desktop.reports.conference_report import build_page, draw_conference_report
from mps_desktop.reports.data import ConferenceReportData
from mps_desktop.reports.page_eleve import compose_eleve
from tests.reports.factories import (
    build_classe,
    build_data,
    build_eleve,
    build_eleve_extreme,
    build_eleve_vide,
    build_voeu,
)


def draw(data: ConferenceReportData, folder: Path) -> PdfReader:
    target = folder / "conseil.pdf"
    draw_conference_report(data, target, Progress())
    return PdfReader(target)


def luminance(color: str) -> float:
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("size", [0, 1, 12, 36])
def test_one_page_for_the_class_and_one_per_student(size: int, tmp_path: Path):
    assert len(draw(build_data(build_classe(size)), tmp_path).pages) == 1 + size


def test_extreme_students_take_one_page_each(tmp_path: Path):
    eleves = (build_eleve_extreme(), build_eleve_vide(), build_eleve("X" * 300, "Y" * 300), build_eleve("", ""))
    assert len(draw(build_data(eleves), tmp_path).pages) == 1 + len(eleves)


def test_a_large_group_takes_more_synthesis_pages(tmp_path: Path):
    reader = draw(build_data(build_classe(60)), tmp_path)
    first = reader.pages[0].extract_text()
    synthese = int(re.search(r"sources en page (\d+)", first)[1])  # type: ignore[index]
    assert synthese > 1
    assert len(reader.pages) == synthese + 60
    assert "d’où ils viennent" in reader.pages[synthese - 1].extract_text()


@pytest.mark.parametrize(
    "nom", ["Łukasz", "NGUYỄN", "Œdipe", "Đỗ", "Şahin", "Ğizem", "Ődön", "O’Exemple", "Jean-Bidon"]
)
def test_names_are_found_by_a_search(nom: str, tmp_path: Path):
    reader = draw(build_data((build_eleve(nom, "Zoé"),)), tmp_path)
    assert f"{nom} Zoé" in reader.pages[0].extract_text()
    assert f"{nom} Zoé" in reader.pages[1].extract_text()


def test_many_scripts_on_one_page_are_read_back(tmp_path: Path):
    alphabet = "āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž αβγδεζηθικλμνξοπρστυφχψω абвгдежзийклмноп"
    profil = tuple((f"Ligne {index}", alphabet[index * 30 : index * 30 + 30].strip()) for index in range(4))
    text = draw(build_data((build_eleve(profil=profil),)), tmp_path).pages[1].extract_text()
    for _, value in profil:
        for word in value.split():
            assert word[:20] in text


def test_classes_figures_and_words_are_read_back(tmp_path: Path):
    text = draw(build_data((build_eleve(),)), tmp_path).pages[1].extract_text()
    assert re.search(r"^A\+$", text, re.MULTILINE)
    assert "taux d’accès 2024 : 38 %" in text
    assert "entre 3 et 6 chances sur 10" in text
    assert "Profil rempli à 86 %" in text


def test_characters_without_glyph_are_boxes_and_the_page_says_so(tmp_path: Path):
    text = draw(build_data((build_eleve("BIDON", "Zoé 😀 مح"),)), tmp_path).pages[1].extract_text()
    assert "BIDON Zoé □ □□" in text
    assert "Caractères absents de la police, imprimés □ : U+062D, U+0645, U+1F600." in text


def test_shortened_texts_are_announced_on_the_page(tmp_path: Path):
    reader = draw(build_data((build_eleve_extreme(), build_eleve())), tmp_path)
    assert "textes abrégés (« … »), à lire en entier dans le logiciel" in reader.pages[1].extract_text()
    assert "abrégé" not in reader.pages[2].extract_text()


@pytest.mark.parametrize("count", [3, 12])
def test_wishes_of_one_formation_name_it_once_and_keep_their_lycees(count: int, tmp_path: Path):
    voeux = tuple(
        build_voeu(index, "A+", formation="BTS - Inventé pour cet essai", etablissement=f"Lycée Fictif{index}")
        for index in range(count)
    )
    text = draw(build_data((build_eleve(voeux=voeux, suggestions=(), constats=()),)), tmp_path).pages[1].extract_text()
    assert text.count("BTS - Inventé pour cet essai") == 1
    assert all(f"Lycée Fictif{index}" in text for index in range(count))


def test_every_page_says_confidential_its_number_and_its_sources(tmp_path: Path):
    reader = draw(build_data(), tmp_path)
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "Document confidentiel" in text
        assert f"page {number} / 13" in text
        assert "24 novembre 2026" in text
        assert "Chiffres : Parcoursup, vœux et propositions, session 2024" in text


@pytest.mark.parametrize("fictif", [True, False])
def test_a_demonstration_says_so_on_every_page(fictif: bool, tmp_path: Path):
    reader = draw(build_data(fictif=fictif), tmp_path)
    assert all(("Classe fictive — démonstration" in page.extract_text()) is fictif for page in reader.pages)


def test_the_same_data_give_the_same_bytes(tmp_path: Path):
    one, two = tmp_path / "un.pdf", tmp_path / "deux.pdf"
    for target in (one, two):
        draw_conference_report(build_data(), target, Progress())
    assert one.read_bytes() == two.read_bytes()


def test_title_author_language_and_one_bookmark_per_student(tmp_path: Path):
    data = build_data()
    reader = draw(data, tmp_path)
    assert reader.metadata is not None
    assert reader.metadata.title == data.titre
    assert reader.metadata.author == "MPS Bureau"
    assert str(reader.root_object["/Lang"]).startswith("fr")
    titles = [item.title for item in reader.outline]  # type: ignore[union-attr]
    assert titles == ["Synthèse de la classe TG1", *(f"{eleve.nom} {eleve.prenom}" for eleve in data.eleves)]
    pages = [reader.get_destination_page_number(item) for item in reader.outline]  # type: ignore[arg-type]
    assert pages == list(range(13))


def test_every_font_is_embedded(tmp_path: Path):
    for page in draw(build_data(build_classe(2)), tmp_path).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = font.get_object()
            if "/FontDescriptor" in font:
                assert "FiraSans" in font["/BaseFont"]
                assert "/FontFile2" in font["/FontDescriptor"]
                assert "/ToUnicode" in font


def test_cancelling_between_pages_leaves_the_old_file_and_no_other(tmp_path: Path):
    target = tmp_path / "conseil.pdf"
    target.write_text("ancien")
    progress = Progress(lambda _label, done, _total: progress.cancel() if done == 3 else None)
    with pytest.raises(Cancelled):
        draw_conference_report(build_data(), target, progress)
    assert target.read_text() == "ancien"
    assert list(tmp_path.iterdir()) == [target]


def test_progress_names_nobody_and_counts_every_page(tmp_path: Path):
    steps: list[tuple[str, int, int]] = []
    data = build_data()
    draw_conference_report(data, tmp_path / "conseil.pdf", Progress(lambda *step: steps.append(step)))
    assert [done for _, done, _ in steps] == list(range(1, 14))
    assert {total for *_, total in steps} == {13}
    assert not [label for label, *_ in steps for eleve in data.eleves if eleve.nom in label]


def test_a_missing_folder_is_explained(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="dossier"):
        draw_conference_report(build_data(), tmp_path / "absent" / "conseil.pdf", Progress())


def test_texts_keep_enough_contrast():
    data = build_data()
    for eleve in (*data.eleves, build_eleve_extreme()):
        sheet = build_page(compose_eleve(eleve, "", 727), data, (1, 1, 1))
        for text in sheet.texts:
            assert contrast(text.style.color, styles.SURFACE) >= 4.5
        band = sheet.shapes[0]
        assert contrast(styles.WARNING, band.fill) >= 4.5


def test_a_class_of_twenty_four_is_drawn_in_two_seconds(tmp_path: Path):
    data = replace(build_data(build_classe(24)), fictif=False)
    draw_conference_report(build_data(build_classe(1)), tmp_path / "chaud.pdf", Progress())
    start = time.process_time()
    draw_conference_report(data, tmp_path / "conseil.pdf", Progress())
    assert time.process_time() - start < 2

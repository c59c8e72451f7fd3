"""Official files are known by their content; traps and accidents give one clear message."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.fiches import lecture
from mps_desktop.catalogue.fiches.extraction import read_official
from mps_desktop.catalogue.fiches.records import Bloc, FicheLue, LotLu
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from tests.catalogue.fiches.fabrique import FORMATIONS, METIERS, MPS, write_all, write_zip


def read(path: Path) -> LotLu:
    (lot,) = read_official(path, Progress())
    return lot


def section(fiche: FicheLue, code: str) -> tuple[Bloc, ...]:
    return next(one.blocs for one in fiche.sections if one.code == code)


def test_formations_are_read_whatever_the_name(tmp_path: Path):
    lot = read(write_all(tmp_path)[0])
    assert (lot.nature, lot.edition) == ("fiches_formations", "2024-06-25")
    (fiche,) = lot.fiches
    assert (fiche.id, fiche.libelle) == ("FOR.9001", "BTS essai fictif")
    assert section(fiche, "description") == (Bloc("paragraphe", "On y apprend l’essai\u202f: gestes & méthodes."),)
    assert section(fiche, "poursuites")[-1] == Bloc("puce", "licence pro fictive")
    assert [bloc.genre for bloc in section(fiche, "attendus")] == ["titre", "puce", "puce"]


def test_metiers_have_their_pay_apart_and_safe_links(tmp_path: Path):
    (fiche,) = read(write_all(tmp_path)[1]).fiches
    assert Bloc("paragraphe", "2000 euros brut.") in section(fiche, "salaire")
    assert Bloc("paragraphe", "Peu de postes.") in section(fiche, "insertion")
    assert section(fiche, "niveau") == (Bloc("paragraphe", "Bac + 2"),)
    assert all("javascript" not in lien.url for lien in fiche.liens)
    assert any(lien.nom == "Site d’essai" for lien in fiche.liens)


def test_monprojetsup_gives_attendus_advice_and_links(tmp_path: Path):
    lot = read(write_all(tmp_path)[2])
    assert lot.correspondances == (("fl9", "FOR.9001"),)
    (fiche,) = lot.fiches
    assert fiche.id == "fl9"
    assert len(section(fiche, "attendus")) == 2
    assert section(fiche, "conseils") == (Bloc("paragraphe", "Mathématiques conseillées"),)


def test_a_bare_file_and_one_archive_of_everything_are_read(tmp_path: Path):
    bare = tmp_path / "fichier.txt"
    bare.write_text(METIERS, encoding="utf-8")
    assert read(bare).nature == "fiches_metiers"
    together = write_zip(tmp_path / "tout.zip", a__xml=FORMATIONS, b__xml=METIERS, c__json=json.dumps(MPS), d__txt="x")
    assert {lot.nature for lot in read_official(together, Progress())} == {
        "fiches_formations", "fiches_metiers", "donnees_mps",
    }  # fmt: skip


def _text(text: str) -> Callable[[Path], None]:
    return lambda path: void(path.write_text(text, encoding="utf-8"))


def void(_value: object) -> None:
    """A write whose length nobody needs."""


def _zip(**members: str) -> Callable[[Path], None]:
    return lambda path: void(write_zip(path, **members))


def _cut_zip(path: Path) -> None:
    data = write_zip(path, a__xml=FORMATIONS * 50).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _bad_crc(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xml", FORMATIONS)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Savoir essayer", b"Savoir tricher"))


ENTITIES = '<!DOCTYPE formations [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
BROKEN = {
    "empty": _text(""),
    "csv": _text("Nom;Prénom\nBIDON;Zoé\n"),
    "other xml": _text("<eleves><eleve/></eleves>"),
    "other json": _text('{"a": 1}'),
    "json list of nothing": _text("{}"),
    "cut json": _text('{"eds": {"fl1": '),
    "cut xml": _text(FORMATIONS[:-300]),
    "cut zip": _cut_zip,
    "bad checksum": _bad_crc,
    "empty zip": _zip(),
    "zip of pictures": _zip(a__png="\x89PNG"),
    "entities": _text(FORMATIONS.replace("<formations>", ENTITIES + "<formations>").replace("2 ans", "&b;")),
    "external entity": _text(
        FORMATIONS.replace("<formations>", '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><formations>')
    ),
    "deep xml": _text("<formations>" + "<a>" * 200 + "</a>" * 200 + "</formations>"),
    "many members": _zip(**{f"m{n}__xml": "<a/>" for n in range(80)}),
}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_what_is_not_an_official_file_is_refused_in_french(tmp_path: Path, what: str):
    path = tmp_path / "fichier.zip"
    BROKEN[what](path)
    with pytest.raises(EnvironmentFault) as caught:
        read_official(path, Progress())
    assert caught.value.remede
    assert "chier" in caught.value.message or "archive" in caught.value.message


def test_an_absent_file_is_told(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="introuvable"):
        read_official(tmp_path / "rien.zip", Progress())


def test_a_bomb_is_stopped_by_what_really_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lecture, "MAX_UNPACKED", 200_000)
    filler = "<!--" + "0" * 1_000_000 + "-->"
    bomb = write_zip(tmp_path / "bombe.zip", a__xml=FORMATIONS.replace("<formation>", filler + "<formation>", 1))
    assert bomb.stat().st_size < 20_000
    with pytest.raises(EnvironmentFault, match="trop gros"):
        read_official(bomb, Progress())


def test_a_big_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lecture, "MAX_FILE", 10)
    with pytest.raises(EnvironmentFault, match="trop gros"):
        read_official(write_all(tmp_path)[0], Progress())


def test_reading_can_be_cancelled(tmp_path: Path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_official(write_all(tmp_path)[0], progress)


@given(st.binary(max_size=300))
def test_noise_never_crashes(tmp_path_factory: pytest.TempPathFactory, noise: bytes):
    path = tmp_path_factory.mktemp("bruit") / "f"
    for data in (noise, b"PK\x03\x04" + noise, b"<formations>" + noise, b'{"eds":' + noise):
        path.write_bytes(data)
        with pytest.raises(EnvironmentFault):
            read_official(path, Progress())

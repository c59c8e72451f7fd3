from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.storage.errors import DamagedDossier, NewerDossier, NotADossier
from mps_desktop.storage.header import FORMAT, HEADER_FILE, copy_header, new_header, read_header, write_header
from mps_desktop.storage.keys import new_data_key, wrap_key
from tests.storage.samples import FAST

KEY = new_data_key()
HEADER = new_header("TG1 « œuvre » 2026-2027", KEY, wrap_key(KEY, "mot de passe", FAST))


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / HEADER_FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_header(tmp_path, HEADER)
    return tmp_path


def test_what_is_written_is_read(written: Path):
    assert read_header(written) == HEADER
    assert [file.name for file in written.iterdir()] == [HEADER_FILE]


def test_the_header_is_private(written: Path):
    assert (written / HEADER_FILE).stat().st_mode & 0o777 == 0o600


def test_several_ways_in_are_kept_in_order(tmp_path: Path):
    spare = wrap_key(KEY, "CLE-DE-SECOURS", FAST, kind="cle-de-secours")
    header = replace(HEADER, wraps=(*HEADER.wraps, spare))
    write_header(tmp_path, header)
    assert [wrap.kind for wrap in read_header(tmp_path).wraps] == ["mot-de-passe", "cle-de-secours"]
    assert read_header(tmp_path) == header


def test_the_name_may_be_edited_by_hand(written: Path):
    edit(written, "TG1", "TG2")
    assert read_header(written).nom == "TG2 « œuvre » 2026-2027"


def test_no_header_is_no_dossier(tmp_path: Path):
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NotADossier) as caught:
            read_header(folder)
        assert str(folder) in caught.value.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sel = "', 'sel = "00'),
        ("memoire_kio = 8", "memoire_kio = 16"),
        ("memoire_kio = 8", "memoire_kio = 99999999"),
        ("passes = 1", 'passes = "beaucoup"'),
        ('fonction = "argon2id"', 'fonction = "autre"'),
        ('verification = "', 'verification = "00'),
        ('verification = "', 'verification = "zz'),
        ('application = "MPS Bureau"', 'application = "Autre"'),
        (f'format = "{FORMAT[0]}.{FORMAT[1]}"', 'format = "1"'),
        (f'format = "{FORMAT[0]}.{FORMAT[1]}"', "format = 7"),
        ("[[cles]]", "[cles]"),
        ("nom =", "nommé ="),
    ],
)
def test_an_altered_header_is_told_from_a_wrong_password(written: Path, old: str, new: str):
    edit(written, old, new)
    with pytest.raises(DamagedDossier, match="en-tête"):
        read_header(written)


@given(data=st.data())
def test_a_cut_header_never_passes(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("coupe")
    write_header(folder, HEADER)
    file = folder / HEADER_FILE
    raw = file.read_bytes().rstrip()
    file.write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
    with pytest.raises(DamagedDossier):
        read_header(folder)


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_damage_and_nothing_else(raw: bytes, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("octets")
    (folder / HEADER_FILE).write_bytes(raw)
    with pytest.raises(DamagedDossier):
        read_header(folder)


def test_a_newer_major_is_refused_whatever_else_it_holds(written: Path):
    (written / HEADER_FILE).write_text('application = "MPS Bureau"\nformat = "2.3"\n', encoding="utf-8")
    with pytest.raises(NewerDossier, match=r"format 2\.3"):
        read_header(written)


def test_a_newer_minor_is_read(written: Path):
    edit(written, f'format = "{FORMAT[0]}.{FORMAT[1]}"', 'format = "1.7"')
    assert read_header(written).version == (1, 7)
    assert read_header(written).upgraded().version == (1, 7)


def test_a_copy_is_the_same_bytes_and_private(written: Path, tmp_path_factory: pytest.TempPathFactory):
    edit(written, f'format = "{FORMAT[0]}.{FORMAT[1]}"', 'inconnu = 3\nformat = "1.7"')
    target = tmp_path_factory.mktemp("copie")
    copy_header(written, target)
    assert (target / HEADER_FILE).read_bytes() == (written / HEADER_FILE).read_bytes()
    assert (target / HEADER_FILE).stat().st_mode & 0o777 == 0o600

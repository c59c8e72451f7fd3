"""Whatever the bytes: a reading where every row is a student, or an EnvironmentFault. Never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.lot import read_roster
from tests.importers.conftest import PRONOTE, ods_bytes, xls_of, xlsx_bytes

ROWS = [["Classe : TG1"], ["Nom", "Prénom", "Né(e) le"], ["BIDON", "Zoé", "14/02/2009"], ["D'ESSAI", "Noël", "39954"]]
SEEDS = [
    PRONOTE.encode("cp1252"),
    PRONOTE.encode("utf-16"),
    PRONOTE.replace(";", "\t").encode("utf-8-sig"),
    xlsx_bytes({"TG1": ROWS}, {"TG1": ["A1:C1"]}),
    ods_bytes("TG1", ROWS),
    xls_of(ROWS),
    b'<?xml version="1.0"?><TABLE><Eleves><NOM>BIDON</NOM><PRENOM>Ada</PRENOM></Eleves></TABLE>',
]
HARD = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(folder: Path, data: bytes) -> None:
    path = folder / "liste.csv"
    path.write_bytes(data)
    try:
        reading = read_roster(path)
    except EnvironmentFault as exc:
        fault = exc
    else:
        assert reading.rows
        assert all(row.nom and row.prenom and row.ligne > 0 for row in reading.rows)
        assert all(rejet.raison and rejet.ligne > 0 and len(rejet.extrait) <= 60 for rejet in reading.rejets)
        return
    assert fault.message.endswith(".")
    assert fault.remede.endswith(".")


@HARD
@given(st.binary(max_size=400))
def test_random_bytes(tmp_path: Path, data: bytes):
    check(tmp_path, data)


@HARD
@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?><TABLE><Eleves>"]),
    st.binary(),
)
def test_random_bytes_behind_a_known_signature(tmp_path: Path, head: bytes, data: bytes):
    check(tmp_path, head + data)


@HARD
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=20)), min_size=1, max_size=4),
    st.floats(0, 1),
)
def test_mutated_files(tmp_path: Path, seed: bytes, changes: list[tuple[float, int, bytes]], kept: float):
    data = bytearray(seed)
    for place, removed, added in changes:
        at = int(place * len(data))
        data[at : at + removed] = added
    check(tmp_path, bytes(data[: max(1, int(kept * len(data)))]) if kept < 0.5 else bytes(data))


@HARD
@given(st.lists(st.lists(st.text(max_size=15), max_size=5), max_size=8), st.sampled_from(";\t,|"))
def test_any_table_under_a_good_header(tmp_path: Path, rows: list[list[str]], separator: str):
    lines = [separator.join(("Nom", "Prénom", "Né(e) le", "Classe", "Spé 1")), *(separator.join(row) for row in rows)]
    check(tmp_path, "\n".join(lines).encode("utf-8", errors="replace"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), removed=st.integers(0, 40), added=st.binary(max_size=40))
@pytest.mark.parametrize(
    "name",
    [
        "siecle/ElevesComplet.xls",
        "tableurs/conseil_de_classe_2_feuilles.ods",
        "tableurs/brouillon_prof_desordonne.xlsx",
    ],
)
def test_mutated_samples(partage: Path, tmp_path: Path, name: str, place: float, removed: int, added: bytes):
    data = bytearray((partage / "samples" / name).read_bytes())
    at = int(place * len(data))
    data[at : at + removed] = added
    check(tmp_path, bytes(data))


@given(st.permutations(range(1, 4)), st.integers(0, 3))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_is_a_student_or_a_reason(tmp_path: Path, order: list[int], blanks: int):
    lines = PRONOTE.splitlines()
    shuffled = [lines[0], *(line for at in order for line in (lines[at], *[""] * blanks))]
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(shuffled), encoding="utf-8")
    reading = read_roster(path)
    assert sorted([*(row.ligne for row in reading.rows), *(rejet.ligne for rejet in reading.rejets)]) == [
        2 + at * (1 + blanks) for at in range(3)
    ]

"""Thousands of broken files through the importers, seeded: none may crash, hang, write anything or eat the memory.

Each file is read in a worker process whose memory is measured; a file that takes more than the limit counts as a hang.
The samples beside the project are mutated when they are there, small files of ours always.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.lot import read_roster
from tests.bench import hostiles
from tests.bench.mesures import summary
from tests.importers.conftest import PRONOTE, ods_bytes, xls_of, xlsx_bytes
from tests.importers.siecle_factice import NOMENCLATURE, eleve, eleves_xml, option, structure, zipped

LIMIT_S = 10.0
_SEED = 20261125
_BATCH = 50
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "mac_roman", "iso8859-15", "cp850")


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one file: seconds, the exception that should not be, files found written beside it."""

    secondes: float
    plantage: str
    ecritures: int


def run(arguments: list[str]) -> dict[str, object]:
    """Mutate and read.

    Args:
        arguments: ``--fichiers N`` (10,000 by default), ``--graine N``.
    """
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    count = int(options.get("--fichiers", "10000"))
    seed = int(options.get("--graine", str(_SEED)))
    seeds = _seeds()
    batches = [(seed, start, min(_BATCH, count - start), seeds) for start in range(0, count, _BATCH)]
    start = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, os.cpu_count() or 1), mp_context=context) as pool:
        done = list(pool.map(_read_batch, batches))
    issues = [issue for found, _ in done for issue in found]
    crashes = [issue.plantage for issue in issues if issue.plantage]
    return {
        "fichiers": len(issues),
        "graine": seed,
        "modeles": len(seeds),
        "plantages": len(crashes),
        "plantages_detail": sorted(set(crashes))[:10],
        "blocages": sum(issue.secondes > LIMIT_S for issue in issues),
        "ecritures_partielles": sum(issue.ecritures for issue in issues),
        "memoire_mo": max(memory for _, memory in done),
        "lecture_ms": summary([1000 * issue.secondes for issue in issues]),
        "duree_s": round(time.perf_counter() - start, 1),
        **hostiles.run([]),
    }


def _read_batch(batch: tuple[int, int, int, list[tuple[str, bytes]]]) -> tuple[list[Issue], float]:
    """Read some mutated files in a folder of their own; peak memory of this process in MB."""
    seed, start, count, seeds = batch
    issues: list[Issue] = []
    with tempfile.TemporaryDirectory(prefix="mps-fuzz-") as temporary:
        folder = Path(temporary)
        for number in range(start, start + count):
            chance = random.Random(seed * 1_000_003 + number)  # noqa: S311  mutations, not secrets
            name, data = chance.choice(seeds)
            path = folder / name
            path.write_bytes(mutate(data, name, chance))
            issues.append(_read(path))
            path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return issues, round(peak, 1)


def _read(path: Path) -> Issue:
    crash = ""
    start = time.perf_counter()
    try:
        read_roster(path)
    except EnvironmentFault:
        pass
    except BaseException as exc:  # noqa: BLE001  what a bench of crashes is for
        crash = f"{type(exc).__name__} sur {path.name}"
    seconds = time.perf_counter() - start
    return Issue(seconds, crash, sum(1 for _ in path.parent.iterdir()) - 1)


def mutate(data: bytes, name: str, chance: random.Random) -> bytes:
    """One to three mutations: flipped bits, cuts, splices, shuffled columns, other encodings."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_MUTATIONS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] if chance.random() < 0.7 else data[at:]


def _splice(data: bytes, chance: random.Random) -> bytes:
    start, length, target = (chance.randint(0, len(data)) for _ in range(3))
    return data[:target] + data[start : start + length] + data[target:]


def _noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    extra = chance.choice((b"\x00" * 40, b'"', b"\xff\xfe", b"\r", b"<", b"]]>", b"=1+1", chance.randbytes(30)))
    return data[:at] + extra + data[at:]


def _shuffle(data: bytes, chance: random.Random) -> bytes:
    """Columns of a text in another order, the same on each line or not."""
    for separator in (b";", b"\t", b","):
        lines = data.split(b"\n")
        if lines[0].count(separator) > 1:
            order = list(range(lines[0].count(separator) + 1))
            chance.shuffle(order)
            return b"\n".join(
                separator.join(cells[at] for at in order if at < len(cells))
                for cells in (line.split(separator) for line in lines)
            )
    return _splice(data, chance)


def _recode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode(chance.choice(_ENCODINGS), errors="replace")
    return text.encode(chance.choice(_ENCODINGS), errors="replace")


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _splice, _noise, _shuffle, _recode)


def _seeds() -> list[tuple[str, bytes]]:
    rows = [
        ["Classe : TG1"],
        ["Nom", "Prénom", "Né(e) le"],
        ["BIDON", "Zoé", "14/02/2009"],
        ["D'ESSAI", "Noël", "39954"],
    ]
    eleves = eleves_xml([eleve(1, "BIDON")], [option(1, "030201", "061300")], [structure(1, "TG1")])
    own = [
        ("pronote.csv", PRONOTE.encode("cp1252")),
        ("classe.xlsx", xlsx_bytes({"TG1": rows})),
        ("classe.ods", ods_bytes("TG1", rows)),
        ("classe.xls", xls_of(rows)),
        ("eleves.xml", eleves),
        ("siecle.zip", zipped(ElevesSansAdresses_xml=eleves, Nomenclature_xml=NOMENCLATURE.encode("iso8859-15"))),
    ]
    return own + list(_samples())


def _samples() -> Iterator[tuple[str, bytes]]:
    folder = Path(os.environ.get("MPS_PARTAGE", Path(__file__).resolve().parents[3] / "shared")) / "samples"
    for file in sorted(folder.glob("*/*")):
        yield file.name, file.read_bytes()

"""A whole update: it serves at once, or nothing has changed, whatever happens in the middle."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mps_desktop.catalogue.construction import ecriture
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.maj.mise_a_jour import ResultatMaj, update_catalogue
from mps_desktop.catalogue.maj.offre import gone_among
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.catalogue.search import search
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.core.progress import Progress
from tests.catalogue.maj.factices import CODES, NOW, make_depot, official_text, write_official

ROOT = Path(__file__).resolve().parents[3]


TEXT_NEW = official_text(codes=(*CODES[:-1], 50), changes={50: {"g_ea_lib_vx": "École neuve", "cod_uai": "0750099Z"}})


def update(depot: Depot, *paths: Path, progress: Progress | None = None) -> ResultatMaj:
    return update_catalogue(paths, depot, find_resources(), NOW, progress or Progress())


def state(depot: Depot) -> tuple[str, list[str], Path]:
    """What must not move when an update fails: the shipped file, the updated ones, which is in force."""
    files = sorted(file.name for file in depot.dossier.glob("*")) if depot.dossier.exists() else []
    digest = hashlib.sha256(depot.livre.read_bytes()).hexdigest()
    return digest, [name for name in files if not name.endswith(".verrou")], depot.choose().chemin


def test_an_update_serves_at_once_and_says_what_it_did(depot: Depot, tmp_path: Path):
    result = update(depot, write_official(tmp_path / "nouveau.csv.gz", TEXT_NEW))
    assert depot.choose().chemin == result.nouveau != depot.livre
    assert (result.session, result.disparus) == (2026, ("ta20",))
    assert "admissions de Parcoursup, session 2026" in result.fichiers[0]
    catalogue = open_catalogue(result.nouveau)
    try:
        assert catalogue.voeu("ta50") is not None
        assert gone_among(catalogue, ("ta1", "ta20", "ta999")) == {"ta20", "ta999"}
        assert "2026" in {one.session for one in catalogue.provenance()}
        assert catalogue.statistiques(("ta1",))["ta1"].sessions[-1].session == 2026
        assert "ta50" in {hit.id for hit in search(catalogue, "ecole neuve", ("voeu",), 9)}, "the index is made again"
        assert "MET.1" in {hit.id for hit in search(catalogue, "bulleur", ("metier",), 9)}
    finally:
        catalogue.close()


def test_two_same_updates_give_the_same_bytes(tmp_path: Path):
    made: list[bytes] = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        depot = make_depot(tmp_path / name)
        made.append(update(depot, write_official(tmp_path / "nouveau.csv")).nouveau.read_bytes())
    assert made[0] == made[1]


def test_an_update_of_an_update_keeps_both(depot: Depot, tmp_path: Path):
    first = update(depot, write_official(tmp_path / "a.csv"))
    second = update_catalogue(
        (write_official(tmp_path / "b.csv", official_text(2027)),),
        depot, find_resources(), NOW.replace(hour=15), Progress(),
    )  # fmt: skip
    assert second.ancien == first.nouveau
    depot.revert()
    assert depot.choose().chemin == first.nouveau


def test_the_files_of_a_folder_are_applied_oldest_session_first(depot: Depot, tmp_path: Path):
    folder = tmp_path / "officiels"
    folder.mkdir()
    write_official(folder / "a.csv", official_text(2027, CODES[:-1]))
    write_official(folder / "b.csv", official_text(2026))
    result = update(depot, folder)
    assert [one.session for one in result.sessions] == [2026, 2027]
    assert result.disparus == ("ta20",)


def test_the_same_session_twice_is_refused(depot: Depot, tmp_path: Path):
    files = [write_official(tmp_path / name) for name in ("a.csv", "b.csv")]
    with pytest.raises(EnvironmentFault, match="deux fois la même chose"):
        update(depot, *files)


WRONG: dict[str, Callable[[Path], Path]] = {
    "coupé": lambda p: write_official(p / "x.csv", official_text()[:-150]),
    "gz coupé": lambda p: _bytes(p / "x.csv.gz", gzip.compress(official_text().encode())[:-100]),
    "virgules": lambda p: write_official(p / "x.csv", official_text(separator=",")),
    "vide": lambda p: _bytes(p / "x.csv", b""),
    "élèves": lambda p: write_official(p / "x.csv", "Nom;Prénom\nBIDON;Zoé\n"),
    "filtré": lambda p: write_official(p / "x.csv", official_text(codes=CODES[:3])),
    "absent": lambda p: p / "absent.csv",
    "dossier vide": lambda p: _folder(p / "rien"),
}


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_changes_nothing(depot: Depot, tmp_path: Path, case: str):
    update(depot, write_official(tmp_path / "bon.csv"))
    before = state(depot)
    with pytest.raises(EnvironmentFault) as caught:
        update(depot, WRONG[case](tmp_path))
    assert caught.value.message
    assert caught.value.remede
    assert state(depot) == before


def test_a_full_disk_changes_nothing(depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = state(depot)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="disque est plein"):
        update(depot, write_official(tmp_path / "a.csv"))
    assert state(depot) == before


def test_a_full_disk_at_the_very_end_changes_nothing(depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The pointer itself cannot be written: the new catalogue, already there, is thrown away."""
    before = state(depot)
    real, calls = os.fsync, iter(range(9))

    def second(handle: int) -> None:
        if next(calls):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", second)
    with pytest.raises(EnvironmentFault):
        update(depot, write_official(tmp_path / "a.csv"))
    assert state(depot) == before


_LIMITED = """
import resource, sys
from pathlib import Path
from mps_desktop.core.errors import EnvironmentFault
from tests.catalogue.maj.test_mise_a_jour import Depot, update
depot = Depot(Path(sys.argv[1]) / "catalogue.sqlite", Path(sys.argv[1]) / "catalogues")
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
try:
    update(depot, Path(sys.argv[2]))
except EnvironmentFault as exc:
    print(exc)
    sys.exit(3)
"""
_KILLED = """
import os, sys
from pathlib import Path
from mps_desktop.catalogue.maj import depot as module
from tests.catalogue.maj.test_mise_a_jour import Depot, update
depot = Depot(Path(sys.argv[1]) / "catalogue.sqlite", Path(sys.argv[1]) / "catalogues")
Depot._write = lambda *_: os._exit(9)
update(depot, Path(sys.argv[2]))
"""


_KILLED_AT = """
import os, signal, sys
from pathlib import Path
from mps_desktop.core.progress import Progress
from tests.catalogue.maj.test_mise_a_jour import Depot, update
depot = Depot(Path(sys.argv[1]) / "catalogue.sqlite", Path(sys.argv[1]) / "catalogues")
seen = []
def kill(*_):
    seen.append(1)
    if len(seen) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
update(depot, Path(sys.argv[2]), progress=Progress(kill))
"""


def run_apart(script: str, folder: Path, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, str(folder), str(file), *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows n’a pas de limite de taille par processus")
def test_a_disk_that_really_refuses_the_file_changes_nothing(depot: Depot, tmp_path: Path):
    before = state(depot)
    done = run_apart(_LIMITED, tmp_path, write_official(tmp_path / "a.csv"))
    assert done.returncode == 3, done.stderr
    assert "disque est plein" in done.stdout
    assert state(depot) == before


def test_a_stop_between_the_writing_and_the_exchange_changes_nothing(depot: Depot, tmp_path: Path):
    file = write_official(tmp_path / "a.csv")
    done = run_apart(_KILLED, tmp_path, file)
    assert done.returncode == 9, done.stderr
    assert depot.choose().chemin == depot.livre
    leftover = list(depot.dossier.glob("*.sqlite"))
    assert len(leftover) == 1, "the finished catalogue was there, not in force"
    result = update_catalogue((file,), depot, find_resources(), NOW.replace(hour=16), Progress())
    assert list(depot.dossier.glob("catalogue-*.sqlite")) == [result.nouveau], "the next update tidies up"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows n’a pas de SIGKILL")
def test_a_program_killed_at_any_step_leaves_a_whole_catalogue_in_force(depot: Depot, tmp_path: Path):
    """No clean-up runs: what is in force is the old one or the new one, whole, and the next update works."""
    file = write_official(tmp_path / "a.csv")
    shipped = depot.livre.read_bytes()
    killed = 0
    for step in range(1, 20):
        done = run_apart(_KILLED_AT, tmp_path, file, str(step))
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
        choice = depot.choose()
        assert (choice.chemin, choice.avertissement) == (depot.livre, "")
        open_catalogue(choice.chemin).close()
        assert depot.livre.read_bytes() == shipped
    assert killed >= 7, "every step of the work was cut"
    assert depot.choose().chemin != depot.livre, "the run that nothing killed put its catalogue in force"
    assert len(list(depot.dossier.glob("catalogue-*"))) == 1, "what the kills left is gone"
    assert not list(depot.dossier.glob(".*.tmp"))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    """A file stands where the folder should be: as a folder of someone else, it refuses even the administrator."""
    (tmp_path / "catalogues").write_text("occupé", encoding="utf-8")
    depot = make_depot(tmp_path)
    with pytest.raises(EnvironmentFault) as caught:
        update(depot, write_official(tmp_path / "a.csv"))
    assert caught.value.remede
    assert depot.choose().chemin == depot.livre
    assert (tmp_path / "catalogues").read_text(encoding="utf-8") == "occupé"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="l’administrateur écrit partout")
def test_a_read_only_folder_is_told(depot: Depot, tmp_path: Path):
    depot.dossier.mkdir()
    depot.dossier.chmod(0o500)
    try:
        with pytest.raises(EnvironmentFault):
            update(depot, write_official(tmp_path / "a.csv"))
    finally:
        depot.dossier.chmod(0o700)
    assert depot.choose().chemin == depot.livre


class StopsAt(Progress):
    """Cancels itself at a given step."""

    def __init__(self, at: int) -> None:
        self.seen = 0
        self._at = at
        super().__init__(self._count)

    def _count(self, _label: str, _done: int, _total: int) -> None:
        self.seen += 1
        if self.seen == self._at:
            self.cancel()


def test_cancelling_at_any_step_changes_nothing(depot: Depot, tmp_path: Path):
    file = write_official(tmp_path / "a.csv")
    before = state(depot)
    counted = StopsAt(-1)
    other = tmp_path / "autre"
    other.mkdir()
    update(make_depot(other), file, progress=counted)
    for step in range(1, counted.seen):
        with pytest.raises(Cancelled):
            update(depot, file, progress=StopsAt(step))
        assert state(depot) == before, f"after step {step} of {counted.seen}"


def test_a_result_that_fails_its_checks_is_not_used(depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real = ecriture.write_catalogue

    def spoil(target: Path, tables: dict[str, list[dict[str, object]]], prepare: object) -> object:
        wrong = [{**row, "formation_id": "fl404"} for row in tables["voeux"]]
        return real(target, {**tables, "voeux": wrong})

    before = state(depot)
    monkeypatch.setattr(ecriture, "write_catalogue", spoil)
    with pytest.raises(EnvironmentFault, match="contrôles"):
        update(depot, write_official(tmp_path / "a.csv"))
    assert state(depot) == before


def test_a_catalogue_open_in_the_program_goes_on_being_read(depot: Depot, tmp_path: Path):
    """Nothing open is ever replaced: the new catalogue has another name, as Windows requires."""
    file = write_official(tmp_path / "a.csv")
    first = update(depot, file)
    opened = open_catalogue(first.nouveau)
    try:
        later = official_text(2027)
        update_catalogue(
            (write_official(tmp_path / "b.csv", later),), depot, find_resources(), NOW.replace(hour=17), Progress()
        )
        assert opened.voeu("ta1") is not None
        assert first.nouveau.exists(), "it is the previous one: it can be gone back to"
    finally:
        opened.close()


def test_two_updates_at_once(depot: Depot, tmp_path: Path):
    file = write_official(tmp_path / "a.csv")
    with depot.exclusive():
        before = state(depot)
        with pytest.raises(EnvironmentFault, match="en cours"):
            update(depot, file)
        assert state(depot) == before
    update(depot, file)


def test_the_real_file_of_another_session(partage: Path, tmp_path: Path):
    """The official file of 2023 told as one of 2026, with rows taken out, added and changed."""
    raw = gzip.decompress((partage / "opendata" / "parcoursup_2023.csv.gz").read_bytes()).decode()
    head, *rows = raw.splitlines()
    cells = [row.split(";") for row in rows if '"' not in row]
    for row in cells:
        row[0] = "2026"
    gone = {f"ta{row[109]}" for row in cells[::50]}
    kept = [row for number, row in enumerate(cells) if number % 50]
    added = [[*row[:109], str(9_000_000 + number), *row[110:]] for number, row in enumerate(kept[:200])]
    text = "\n".join([head, *(";".join(row) for row in (*kept, *added))]) + "\n"
    depot = Depot(find_resources() / "catalogue" / "catalogue.sqlite", tmp_path / "catalogues")
    result = update(depot, write_official(tmp_path / "x.csv.gz", text, bom=True))
    (bilan,) = result.sessions
    assert (len(bilan.connus), len(bilan.nouveaux)) == (len(kept), 200)
    assert gone <= set(bilan.absents)
    assert len(bilan.sans_formation) <= 10
    catalogue = open_catalogue(result.nouveau)
    try:
        assert gone_among(catalogue, gone) == gone
        some = f"ta{kept[0][109]}"
        assert [one.session for one in catalogue.statistiques((some,))[some].sessions][-1] == 2026
        models = [one for row in kept[:200] if (one := catalogue.voeu(f"ta{row[109]}")) is not None]
        copies = [one for row in added if (one := catalogue.voeu(f"ta{row[109]}")) is not None]
        same = sum(a.formation_id == b.formation_id for a, b in zip(models, copies, strict=True))
        assert same >= 190, "a new vœu of a known label goes to the formation of that label"
    finally:
        catalogue.close()

"""Wrong secrets make wait: one count for the opening, the restoration, the password, the psyEN and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.cli import run
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.services.essais import FICHIER, Essais, TropDEssais, wait_after
from mps_desktop.services.psyen import Psyen, WrongPsyenPassword
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import create_dossier
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.keys import KdfParameters

MDP = "phrase fictive"
KDF = KdfParameters(8, 1, 1)


class Clock:
    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_dossier(tmp_path / "dossier", "TG7 fictive", MDP, KDF).close()
    return tmp_path / "dossier"


def fail(essais: Essais, folder: Path, times: int, compartiment: str = "") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword), essais.tentative(folder, compartiment):
            raise WrongPassword


def count(call: Callable[[], object], wrong: type[Exception]) -> None:
    for _ in range(3):
        with pytest.raises(wrong):
            call()
    with pytest.raises(TropDEssais):
        call()


def test_the_wait_doubles_up_to_five_minutes():
    assert [wait_after(n) for n in range(10)] == [0, 0, 0, 5, 10, 20, 40, 80, 160, 300]
    assert wait_after(10_000) == 300


def test_starting_again_does_not_reset_the_count_and_a_right_secret_does(folder: Path, tmp_path: Path):
    clock, file = Clock(), tmp_path / "mps" / FICHIER
    fail(Essais(file, clock), folder, 3)
    again = Essais(file, clock)
    with pytest.raises(TropDEssais) as caught, again.tentative(folder):
        pytest.fail("tried all the same")
    assert caught.value.secondes == 5
    with again.tentative(folder, "psyen"):
        pass  # the psyEN's notes have their own count
    clock.at += 5
    fail(again, folder, 1)
    clock.at += 10
    with Essais(file, clock).tentative(folder):
        pass
    fail(Essais(file, clock), folder, 2)
    with Essais(file, clock).tentative(folder):
        pass


def test_what_is_kept_says_neither_path_nor_name_and_is_forgotten_after_a_day(folder: Path, tmp_path: Path):
    clock, file = Clock(), tmp_path / FICHIER
    fail(Essais(file, clock), folder, 3)
    kept = file.read_text(encoding="utf-8")
    assert "dossier" not in kept
    assert "TG7" not in kept
    assert str(tmp_path) not in kept
    folder = folder.rename(tmp_path / "ailleurs")
    with pytest.raises(TropDEssais), Essais(file, clock).tentative(folder):
        pytest.fail("a dossier that is moved keeps its count")
    clock.at += 86_400
    with Essais(file, clock).tentative(folder):
        pass


def test_a_clock_put_back_never_makes_wait_longer_than_it_should(folder: Path):
    clock = Clock()
    essais = Essais(None, clock)
    fail(essais, folder, 3)
    clock.at -= 50_000
    with pytest.raises(TropDEssais) as caught, essais.tentative(folder):
        pass
    assert caught.value.secondes == 5


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"a": 3}', '{"a": ["x", 1]}', "null"])
def test_a_damaged_file_prevents_nothing(folder: Path, tmp_path: Path, damage: str):
    file = tmp_path / FICHIER
    file.write_text(damage, encoding="utf-8")
    essais = Essais(file, Clock())
    fail(essais, folder, 3)
    with pytest.raises(TropDEssais), essais.tentative(folder):
        pass


def test_every_place_of_the_window_refuses_the_fourth_try(socle: Socle, folder: Path, tmp_path: Path):
    paths = build_paths(tmp_path / "mps")
    settings = SettingsStore(paths.data / "reglages.json")

    def no_demo(*_: object) -> DossierSession:
        pytest.fail("no demonstration here")

    accueil = Accueil(lambda: socle, paths, settings, lambda: date(2026, 11, 24), no_demo)
    accueil.unlock(folder, MDP, Progress()).close()
    count(lambda: accueil.unlock(folder, "faux", Progress()), WrongPassword)
    with pytest.raises(TropDEssais):
        accueil.restaurer(folder, 1, MDP, Progress())
    again = Accueil(lambda: socle, paths, settings, lambda: date(2026, 11, 24), no_demo)
    with pytest.raises(TropDEssais):
        again.unlock(folder, MDP, Progress())


def test_the_password_of_an_open_dossier_and_the_psyen_wait_too(session: DossierSession):
    count(lambda: session.changer_mot_de_passe("faux", "quatre mots bien fictifs"), WrongPassword)
    with pytest.raises(TropDEssais):
        session.nouvelle_cle_secours("phrase fictive")
    psyen = Psyen(session._dossier, KDF)
    psyen.creer("carafe orage lutin bambou")
    psyen.fermer()
    count(lambda: psyen.ouvrir("faux"), WrongPsyenPassword)


def test_the_command_line_counts_with_the_window(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MPS_MOT_DE_PASSE", "faux")
    data = tmp_path / "mps"
    for _ in range(3):
        assert run(["--data-dir", str(data), "dossier", "verifier", str(folder)]) == 1
        assert "Trop d’essais" not in capsys.readouterr().err
    for command in (["verifier", str(folder)], ["sauvegarder", str(folder)], ["restaurer", str(folder)]):
        assert run(["--data-dir", str(data), "dossier", *command]) == 1
        assert "Trop d’essais" in capsys.readouterr().err
    with pytest.raises(TropDEssais), Essais(data / FICHIER).tentative(folder):
        pass


def test_a_dossier_made_on_the_command_line_has_its_key_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MPS_MOT_DE_PASSE", "girafe violette sous la pluie")
    sheet = tmp_path / "cle.pdf"
    made = [
        "--data-dir",
        str(tmp_path / "mps"),
        "dossier",
        "creer",
        str(tmp_path / "neuf"),
        "--cle-secours",
        str(sheet),
    ]
    assert run(made) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "Imprimez-la" in capsys.readouterr().out
    made[4] = str(tmp_path / "autre")
    assert run(made) == 1
    assert not (tmp_path / "autre").exists()
    assert "existe déjà" in capsys.readouterr().err


def test_no_dossier_there_is_told_by_whoever_opens_it(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="rien"), Essais().tentative(tmp_path):
        raise EnvironmentFault("Il n’y a rien ici.")

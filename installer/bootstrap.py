"""Prepare a fresh machine, then run the program or its checks. Standard library only.

Usage: ``./mps`` opens the window; ``./mps demo``, ``./mps test``, ``./mps captures``,
``./mps bench NOM``, ``./mps run ARGUMENTS…`` (any sub-command of ``mps-desktop``). A second run only compares a stamp.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# Shared object -> Debian package, for the Qt wheels (they bring Qt, not the libraries of the system).
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
HELP = """\
MPS Bureau
  ./mps                    ouvre la fenêtre
  ./mps demo               fait tout le travail sur la classe fictive et écrit les PDF
  ./mps run COMMANDE…      une commande de mps-desktop (./mps run --help)
  ./mps test [ARGUMENTS]   toutes les vérifications (les arguments vont à pytest)
  ./mps captures           une image PNG de chaque écran et de chaque page de PDF
  ./mps bench NOM          mesure la vitesse et la mémoire (--json pour un programme)
"""


def main(arguments: list[str]) -> int:
    """Prepare what the command needs, then run it. Returns its exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in {"-h", "--help", "aide"}:
        sys.stdout.write(HELP)
        return 0
    if command not in {"", "demo", "run", "test", "captures", "bench"}:
        sys.stderr.write(f"Commande inconnue : « {command} ».\n\n{HELP}")
        return 2
    prepare("dev" if command in {"test", "bench"} else "runtime")
    if command == "captures":
        need_system({}, {"pdftoppm": "poppler-utils"})
    if command == "test":
        return run_checks(rest)
    program = [str(PYTHON), "-m", "tests.bench" if command == "bench" else "mps_desktop"]
    if command in {"demo", "captures"}:
        program.append(command)
    if not WINDOWS:  # one process: Ctrl+C and exit codes are the program's own
        os.environ.update(program_environment())
        os.execv(program[0], [*program, *rest])  # noqa: S606  our own interpreter
    return launch([*program, *rest])


def prepare(level: str) -> None:
    """Create or refresh the virtual environment and the libraries of the system.

    Args:
        level: "runtime" or "dev" (which holds runtime).
    """
    wanted = {name: stamp_of(name) for name in ("runtime", "dev")}
    stamp = VENV / "mps-stamp"
    present = stamp.read_text(encoding="ascii", errors="replace") if stamp.is_file() and PYTHON.exists() else ""
    if present in ({wanted["dev"]} if level == "dev" else {wanted["runtime"], wanted["dev"]}):
        return
    if sys.platform.startswith("linux"):
        programs: dict[str, str] = {}
        if importlib.util.find_spec("ensurepip") is None:
            programs["ensurepip"] = f"python3.{sys.version_info.minor}-venv"
        need_system(QT_LIBRARIES, programs)
    say("Préparation de l’environnement (une seule fois, environ une minute)…")
    stamp.unlink(missing_ok=True)
    if not PYTHON.is_file() or not present.startswith(f"{sys.version_info.minor}:"):
        if VENV.exists():
            shutil.rmtree(VENV)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)  # noqa: S603  our own interpreter
    requirements = ROOT / "requirements" / f"{level}.txt"
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    done = subprocess.run([*install, "--require-hashes", "-r", str(requirements)], check=False)  # noqa: S603  ours
    if done.returncode:
        say("L’installation des bibliothèques a échoué : vérifiez la connexion, puis relancez la même commande.")
        raise SystemExit(1)
    stamp.write_text(wanted[level], encoding="ascii")


def stamp_of(level: str) -> str:
    """What identifies a ready environment: Python, level and content of the pinned list."""
    content = (ROOT / "requirements" / f"{level}.txt").read_bytes()
    return f"{sys.version_info.minor}:{level}:{hashlib.sha256(content).hexdigest()}"


def need_system(libraries: dict[str, str], programs: dict[str, str]) -> None:
    """Install the missing packages of Debian or Ubuntu when root, else say the line to type and stop."""
    missing = [package for name, package in libraries.items() if not loads(name)]
    for name, package in programs.items():
        if name == "ensurepip" or shutil.which(name) is None:
            missing.append(package)
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        say("Il manque des bibliothèques du système. Tapez cette ligne, puis relancez la même commande :")
        say("  sudo " + " ".join(line))
        raise SystemExit(1)
    say("Installation des bibliothèques du système : " + " ".join(missing))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", *line[2:]]):
        done = subprocess.run(step, env=environment, check=False, stdout=subprocess.DEVNULL)  # noqa: S603  constants
        if done.returncode and step[1] == "install":
            say("Cette ligne a échoué : " + " ".join(line))
            raise SystemExit(1)


def loads(library: str) -> bool:
    """True when the system has that shared object."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run_checks(arguments: list[str]) -> int:
    """Format, lint, layers, types, tests: all of them run, one failure fails the whole.

    With arguments, only pytest runs, with them.
    """
    module = [str(PYTHON), "-m"]
    tests = [*module, "pytest", "-q", *(arguments or ["-n", str(min(4, os.cpu_count() or 1))])]
    if arguments:
        return launch(tests)
    checks = {
        "mise en forme": [*module, "ruff", "format", "--check", "--quiet", "."],
        "ruff": [*module, "ruff", "check", "--quiet", "."],
        "couches": [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"],
        "types": [*module, "pyright"],
        "tests": tests,
    }
    failed: list[str] = []
    for name, check in checks.items():
        say(f"— {name}")
        if launch(check):
            failed.append(name)
    say("Échec : " + ", ".join(failed) if failed else "Tout est vert.")
    return 1 if failed else 0


def launch(command: list[str]) -> int:
    """Run in the caller's folder, with the project on the path; checks run in the project, without a screen."""
    environment = {**os.environ, **program_environment()}
    is_check = command[2:3] in (["pytest"], ["ruff"], ["pyright"]) or command[1] == "-c"
    if is_check:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(command, env=environment, cwd=ROOT if is_check else None, check=False).returncode  # noqa: S603


def program_environment() -> dict[str, str]:
    """What the program is told: where it is, and how the person started it."""
    return {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPS_COMMANDE": "mps run" if WINDOWS else "./mps run"}


def say(text: str) -> None:
    """One line for the person at the terminal."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def run() -> int:
    """The whole, without a traceback: the person at the terminal is not a developer."""
    try:
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        say("Interrompu. Relancez la même commande pour reprendre.")
        return 130
    except (OSError, subprocess.CalledProcessError) as exc:
        say(f"La préparation a échoué : {exc}. Vérifiez que ce dossier peut être écrit, ou supprimez .venv.")
        return 1


if __name__ == "__main__":
    raise SystemExit(run())

"""``./mps bench NOM [--json] [options of that benchmark]``."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from tests.bench.mesures import machine

_SHARED = {"__init__", "__main__", "mesures"}


def main(arguments: list[str]) -> int:
    """Run one benchmark and print its figures. Returns the exit code."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in _SHARED)
    if not arguments or arguments[0] not in names:
        sys.stderr.write(f"Utilisation : ./mps bench NOM [--json]\nBancs : {', '.join(names) or 'aucun'}\n")
        return 2
    bench = importlib.import_module(f"tests.bench.{arguments[0]}")
    options = [argument for argument in arguments[1:] if argument != "--json"]
    figures = {"banc": arguments[0], **bench.run(options), "machine": machine()}
    if "--json" in arguments:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(figures))
    return 0


def _lines(value: object, prefix: str = "") -> list[str]:
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _lines(item, f"{prefix}.{key}" if prefix else str(key))]
    return [f"{prefix} : {value}"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Entry point: without argument the window, with a sub-command the same program in a terminal."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code; Ctrl+C is quiet even while libraries load."""
    # In the installed program, the processes of ``moteur banc --foule`` start here and stop here.
    freeze_support()
    try:
        from mps_desktop.cli import run

        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu.\n")
        code = _INTERRUPTED
    raise SystemExit(code)


if __name__ == "__main__":
    main()

"""Entry point: without argument the window, with a sub-command the same program in a terminal."""

from __future__ import annotations

from mps_desktop.cli import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    raise SystemExit(run())


if __name__ == "__main__":
    main()

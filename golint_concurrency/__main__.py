"""Entry point. Answers `--version` before anything else is imported."""

from __future__ import annotations

import sys

from golint_concurrency import __version__, compiled


def main() -> int:
    """Run the command line; returns the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"golint-concurrency {__version__} {compiled.answer()}")
        return 0
    from golint_concurrency.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

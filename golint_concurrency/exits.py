"""What the command line says when something is wrong, and its exit codes."""

from __future__ import annotations

import click

from golint_concurrency.diagnostic import Problem
from golint_concurrency.terminal import escape

EXIT_CLEAN, EXIT_FINDINGS, EXIT_FAILED = 0, 1, 2


def complain(problem: Problem) -> None:
    """Say on stderr what went wrong with a file."""
    word = "error" if problem.fatal else "note"
    click.echo(
        f"golint-concurrency: {word}: {escape(problem.path)}: {escape(problem.message)}", err=True
    )


def fail(*messages: str) -> int:
    """Say why the run cannot start; returns the exit code for it."""
    for message in messages:
        click.echo(f"golint-concurrency: error: {escape(message)}", err=True)
    return EXIT_FAILED

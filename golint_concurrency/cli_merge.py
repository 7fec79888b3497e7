"""`golint-concurrency merge`: reports of shards made one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from golint_concurrency.diagnostic import Severity
from golint_concurrency.exits import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, fail


@click.command("merge")
@click.argument(
    "reports", nargs=-1, required=True, metavar="REPORT...", type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write here instead of to standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.label for severity in Severity]),
    default="warning",
    show_default=True,
    help="Lowest severity that makes the exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
def merge(reports: tuple[Path, ...], output: Path | None, fail_on: str, exit_zero: bool) -> None:
    """Make one report of those of `check --shard K/N`: JSON, SARIF or baselines.

    All shards must be there, in any order. The result is the report of a run without --shard, byte
    for byte, and so is the exit code.
    """
    from golint_concurrency import atomic
    from golint_concurrency.merge import MergeError
    from golint_concurrency.merge import merge as make

    try:
        merged = make(reports)
    except MergeError as error:
        raise SystemExit(fail(str(error))) from error
    if output is None:
        sys.stdout.buffer.write(merged.content)
        sys.stdout.flush()
    else:
        try:
            atomic.put(str(output), merged.content)
        except OSError as error:
            raise SystemExit(fail(f"{output}: cannot be written: {error.strerror}")) from error
    if merged.failed:
        raise SystemExit(EXIT_FAILED)
    found = merged.worst is not None and merged.worst >= Severity.from_label(fail_on)
    raise SystemExit(EXIT_FINDINGS if found and not exit_zero else EXIT_CLEAN)

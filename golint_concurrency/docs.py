"""The table of rules in the README, made from the rules' declarations.

`python -m golint_concurrency.docs --update` writes it into the README of the directory it is run
in; a test holds the README to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from golint_concurrency import registry
from golint_concurrency.diagnostic import RuleInfo

BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"

FAMILIES = {
    "GLC1": ("Goroutine lifecycle", "goroutines that nobody ends, bounds, or waits for"),
    "GLC2": ("Channels and select", "sends and receives that block for ever, or crash"),
    "GLC3": ("Context and cancellation", "work that goes on after its caller has gone"),
    "GLC4": ("Timers", "timers and tickers that pile up or outlive their use"),
    "GLC5": ("Locks and shared state", "data races, deadlocks, and locks held while waiting"),
    "GLC6": ("HTTP and network", "connections without limit, deadline or end"),
    "GLC7": ("Databases and pools", "pools that run dry, leak, or overrun the server"),
    "GLC8": ("Defer and panic", "deferred work that piles up, panics that take the process down"),
    "GLC9": ("Scheduler, runtime, exposure", "settings that starve, stall or expose the process"),
}


def table(infos: Iterable[RuleInfo]) -> str:
    """The rules as Markdown, one table a family, in the order of their ids."""
    by_family: dict[str, list[RuleInfo]] = {}
    for info in sorted(infos, key=lambda info: info.id):
        by_family.setdefault(info.id[:4], []).append(info)
    parts = []
    for prefix, members in by_family.items():
        title, protects = FAMILIES.get(prefix, (prefix, ""))
        heading = f"### {title} ({prefix}xx)"
        rows = ["| rule | finds | level | fix |", "|---|---|---|---|"]
        rows += [_row(info) for info in members]
        parts.append("\n".join([heading, "", f"Protects from {protects}.", "", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(info: RuleInfo) -> str:
    level = info.severity.label if info.enabled else f"{info.severity.label}, off by default"
    summary = info.summary.replace("|", "\\|")
    return f"| {info.id} `{info.name}` | {summary} | {level} | {info.fixable} |"


def updated(readme: str) -> str:
    """`readme` with the table between its markers made anew.

    Raises `ValueError` if the markers are missing.
    """
    begin, end = readme.find(BEGIN), readme.find(END)
    if not 0 <= begin < end:
        raise ValueError(f"no {BEGIN} ... {END} in the README")
    made = table(rule.info for rule in registry.load(plugins=False).rules)
    return f"{readme[: begin + len(BEGIN)]}\n{made}{readme[end:]}"


def main(arguments: list[str]) -> int:
    """Print the README's table, or with `--update` write it into ./README.md."""
    if arguments == ["--update"]:
        path = Path("README.md")
        path.write_text(updated(path.read_text("utf-8")), "utf-8")
        return 0
    if arguments:
        print("usage: python -m golint_concurrency.docs [--update]", file=sys.stderr)
        return 2
    print(table(rule.info for rule in registry.load(plugins=False).rules), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

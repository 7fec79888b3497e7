"""What is written about the rules, made from their declarations: README's table, a page a rule.

`python -m golint_concurrency.docs --update` writes README.md's table and docs/rules/ of the
directory it is run in; a test holds them to the rules.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from golint_concurrency import registry
from golint_concurrency.diagnostic import RuleInfo
from golint_concurrency.explain import page
from golint_concurrency.tool_rules import TOOL_RULES

RULES = Path("docs", "rules")
COMMAND = "python -m golint_concurrency.docs --update"
MADE = f"<!-- made by: {COMMAND} -->"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"

FAMILIES = {
    "GLC0": ("The tool itself", "suppressions that rot, and source that was not read"),
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


def table(infos: Iterable[RuleInfo], folder: str) -> str:
    """The rules as Markdown, one table a family, in the order of their ids; the pages that they
    link to are in `folder`."""
    by_family: dict[str, list[RuleInfo]] = {}
    for info in sorted(infos, key=lambda info: info.id):
        by_family.setdefault(info.id[:4], []).append(info)
    parts = []
    for prefix, members in by_family.items():
        title, protects = FAMILIES.get(prefix, (prefix, ""))
        heading = f"### {title} ({prefix}xx)"
        rows = ["| rule | finds | level | fix |", "|---|---|---|---|"]
        rows += [_row(info, folder) for info in members]
        parts.append("\n".join([heading, "", f"Protects from {protects}.", "", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(info: RuleInfo, folder: str) -> str:
    level = info.severity.label if info.enabled else f"{info.severity.label}, off by default"
    summary = info.summary.replace("|", "\\|")
    rule = f"[{info.id}]({folder}{info.name}.md) `{info.name}`"
    return f"| {rule} | {summary} | {level} | {info.fixable} |"


def updated(readme: str) -> str:
    """`readme` with the table between its markers made anew.

    Raises `ValueError` if the markers are missing.
    """
    begin, end = readme.find(BEGIN), readme.find(END)
    if not 0 <= begin < end:
        raise ValueError(f"no {BEGIN} ... {END} in the README")
    made = table(_built_in(), f"{RULES.as_posix()}/")
    return f"{readme[: begin + len(BEGIN)]}\n{made}{readme[end:]}"


def pages() -> dict[str, str]:
    """The files of docs/rules/ by name: an index by family and a page for each rule."""
    infos = [*TOOL_RULES, *_built_in()]
    found = {f"{info.name}.md": f"{page(info)}\n\n{MADE}\n" for info in infos}
    found["README.md"] = (
        "# Rules by family\n\n`golint-concurrency explain RULE` prints the same pages; `GLC4` "
        f"and `ALL` stand for several.\n\n{table(infos, '')}\n{MADE}\n"
    )
    return found


def stale(root: Path) -> list[str]:
    """What below `root` is not as the rules would have it, as paths."""
    wrong = []
    readme = root / "README.md"
    if readme.read_text("utf-8") != updated(readme.read_text("utf-8")):
        wrong.append(readme.name)
    wanted = pages()
    there = {path.name for path in (root / RULES).glob("*.md")}
    for name in sorted(wanted.keys() | there):
        path = root / RULES / name
        if name not in wanted or not path.is_file() or path.read_text("utf-8") != wanted[name]:
            wrong.append((RULES / name).as_posix())
    return wrong


def update(root: Path) -> None:
    """Make it so; pages of rules that are gone are removed."""
    readme = root / "README.md"
    readme.write_text(updated(readme.read_text("utf-8")), "utf-8")
    wanted = pages()
    (root / RULES).mkdir(parents=True, exist_ok=True)
    for path in (root / RULES).glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (root / RULES / name).write_text(text, "utf-8")


def _built_in() -> list[RuleInfo]:
    return [rule.info for rule in registry.load(plugins=False).rules]


def main(arguments: list[str]) -> int:
    """Print the README's table, or with `--update` write it and docs/rules/."""
    if arguments == ["--update"]:
        update(Path())
        return 0
    if arguments:
        print("usage: python -m golint_concurrency.docs [--update]", file=sys.stderr)
        return 2
    print(table(_built_in(), f"{RULES.as_posix()}/"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

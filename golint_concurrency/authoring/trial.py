"""`rules test`: anybody's rules on their testdata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from golint_concurrency.authoring.wants import Tried, try_findings, try_fixes, wanted
from golint_concurrency.registry import Registry, holds_query_rules, load
from golint_concurrency.rule import Rule


class NothingToTest(Exception):
    """There are no rules or no testdata; the message says where was looked."""


def cases(path: Path, rule_files: Sequence[Path]) -> Iterator[tuple[Rule, list[Path]]]:
    """The rules to try, and the Go files of each; none where its testdata is missing.

    `path` is a file or folder of rules, whose testdata stands in `testdata/NAME/` next to it or
    one folder up; or a folder of testdata, in which the rules of `rule_files` and installed ones
    are looked for by name. Raises `NothingToTest` and `RuleError`.
    """
    if not path.exists():
        raise NothingToTest(f"{path}: no such file or folder")
    if path.is_file() or _holds_rules(path):
        known = _rules(load([path, *rule_files]), load(rule_files))
        if not known:
            raise NothingToTest(f"{path}: declares no rule")
        above = path.parent if path.is_file() else path
        for rule in known:
            places = [above / "testdata" / rule.name, above.parent / "testdata" / rule.name]
            folder = next((place for place in places if place.is_dir()), None)
            yield rule, _go_files(folder) if folder is not None else []
        return
    registry = load(rule_files)
    folders = [path, *sorted(item for item in path.iterdir() if item.is_dir())]
    found = [(folder, registry.find(folder.absolute().name)) for folder in folders]
    matched = [(folder, rule) for folder, rule in found if rule is not None]
    if not matched:
        raise NothingToTest(
            f"{path}: no folder in it has the name of a rule; give --rules for those in files"
        )
    for folder, rule in matched:
        yield rule, _go_files(folder)


def try_rule(rule: Rule, paths: Sequence[Path], *, update: bool) -> Tried:
    """Findings and fixes of a rule on its testdata."""
    if not paths:
        return Tried(problems=[f"testdata/{rule.name}/: is missing, or has no .go file"])
    tried = try_findings(rule, paths)
    tried.problems += try_fixes(rule, paths, update=update)
    if not any(wanted(path) for path in paths):
        tried.problems.append('no bad example: no line has a // want "..."')
    return tried


def _holds_rules(folder: Path) -> bool:
    return any(folder.glob("*.py")) or any(map(holds_query_rules, folder.glob("*.toml")))


def _rules(registry: Registry, others: Registry) -> list[Rule]:
    """Those of `registry` that are not in `others`."""
    known = {rule.id for rule in others.rules}
    if registry.problems:
        raise NothingToTest("\n".join(f"{item.path}: {item.message}" for item in registry.problems))
    return [rule for rule in registry.rules if rule.id not in known]


def _go_files(folder: Path) -> list[Path]:
    return sorted(path.absolute() for path in folder.rglob("*.go"))

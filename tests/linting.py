"""Running rules on files from tests; what `// want` comments ask for is `authoring.wants`'."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from golint_concurrency import registry
from golint_concurrency.authoring.wants import compare, lint, reported, wanted
from golint_concurrency.rule import Rule

__all__ = ["ROOT", "TESTDATA", "compare", "lint", "reported", "rule", "rules", "wanted"]

ROOT = Path(__file__).resolve().parent.parent
TESTDATA = ROOT / "testdata"


@cache
def rules() -> tuple[Rule, ...]:
    """The built-in rules."""
    return registry.load(plugins=False).rules


def rule(name: str) -> Rule:
    """The built-in rule with this id or name."""
    return next(rule for rule in rules() if name in (rule.id, rule.name))

"""Files of query rules, as TOML: what they may say, and what is wrong in them.

Such a file may belong to the linted repository: it is data and loads no code. A rule that is wrong
is left out with file and line; the others stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from golint_concurrency import files, go_version
from golint_concurrency.config import parse_toml
from golint_concurrency.config_keys import Faults, unknown_key
from golint_concurrency.diagnostic import Precision, Problem, Severity
from golint_concurrency.queries import text as query_text
from golint_concurrency.queries.matcher import BrokenQuery, Stopped, matcher
from golint_concurrency.queries.predicates import check
from golint_concurrency.queries.rules import KINDS, PLACEHOLDER, QueryCheck, triggers
from golint_concurrency.rule import ID, NAME, Rule, RuleError
from golint_concurrency.terminal import escape
from golint_concurrency.toml_lines import key_lines, line_of

MAX_BYTES = 1 << 20
MAX_RULES = 200
RESERVED = "GLC"

_TEXT = ("id", "name", "summary", "message", "query")
KEYS = (
    *_TEXT,
    *("severity", "precision", "enabled", "at", "literals", "tests", "load", "go", "explanation"),
)
_MAX_TEXT = 2_000
_MAX_EXPLANATION = 20_000


@dataclass(slots=True)
class Loaded:
    """The rules of a file, each with the line it starts on, and what is wrong with the others."""

    rules: list[tuple[Rule, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(path: Path, shown: str, *, compiled: bool = True) -> Loaded:
    """Read the query rules at `path`; never raises.

    With `compiled` each query is also given to tree-sitter; a process that lints for another one
    leaves that out.
    """
    loaded = Loaded()
    try:
        content = files.read(str(path), MAX_BYTES)
    except files.Unreadable as error:
        loaded.problems.append(Problem(shown, str(error)))
        return loaded
    faults = Faults()
    data = parse_toml(content, path, faults)
    loaded.problems += [Problem(shown, message) for message in faults.messages]
    if data is None:
        return loaded
    lines = content.decode("utf-8-sig").split("\n")
    reader = _Reader(shown, lines, loaded, compiled=compiled)
    reader.read(data)
    return loaded


class _Wrong(Exception):
    """A rule cannot be used; `line` is that of the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Reader:
    def __init__(self, shown: str, lines: list[str], loaded: Loaded, *, compiled: bool) -> None:
        self._shown = shown
        self._lines = lines
        self._keys = key_lines("\n".join(lines))
        self._loaded = loaded
        self._compiled = compiled

    def read(self, data: dict[str, Any]) -> None:
        """Read all rules of the file."""
        for key in data:
            if key != "rule":
                said = unknown_key(key, ["rule"], "a file of query rules")
                self._note(line_of(self._keys, (key,)), said)
        tables = data.get("rule", [])
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self._note(line_of(self._keys, ("rule",)), "rules must be tables, each as [[rule]]")
            return
        if len(tables) > MAX_RULES:
            self._note(1, f"more than {MAX_RULES} rules; those after that are left out")
        if not tables:
            self._note(1, "declares no [[rule]]")
        for at, table in enumerate(tables[:MAX_RULES]):
            try:
                rule = self._rule(at, table)
            except _Wrong as error:
                self._note(error.line, str(error))
            except RuleError as error:
                self._note(self._line(at), str(error))
            else:
                self._loaded.rules.append((rule, f"{self._shown}:{self._line(at)}"))

    def _note(self, line: int, said: str) -> None:
        self._loaded.problems.append(Problem(f"{self._shown}:{line}", said))

    def _line(self, at: int, key: str = "") -> int:
        path: tuple[str | int, ...] = ("rule", at, key) if key else ("rule", at)
        return line_of(self._keys, path)

    def _rule(self, at: int, table: dict[str, Any]) -> Rule:
        for key in table:
            if key not in KEYS:
                raise _Wrong(self._line(at, key), unknown_key(key, KEYS, "a query rule"))
        text = {key: self._text(at, table, key) for key in _TEXT}
        if not ID.match(text["id"]) or text["id"].startswith(RESERVED):
            raise _Wrong(
                self._line(at, "id"),
                f"id {text['id'][:40]!a}: expected capital letters and three digits, as in "
                f"ACME001, and not {RESERVED}, which is taken",
            )
        if not NAME.match(text["name"]):
            raise _Wrong(
                self._line(at, "name"),
                f"name {text['name'][:40]!a}: expected lower-case words with hyphens",
            )
        query = self._query(at, text["query"])
        place = self._one_of(at, table, "at", query.captures, query.captures[0])
        for name in PLACEHOLDER.findall(text["message"]):
            if name not in query.captures:
                raise _Wrong(self._line(at, "message"), f"{{{name}}} is not captured by the query")
        severities = [severity.label for severity in Severity]
        precisions = [precision.value for precision in Precision]
        return Rule(
            id=text["id"],
            name=text["name"],
            summary=text["summary"],
            severity=Severity.from_label(
                self._one_of(at, table, "severity", severities, "warning")
            ),
            precision=Precision(self._one_of(at, table, "precision", precisions, "medium")),
            check=QueryCheck(text["id"], query, text["message"], place),
            on=KINDS,
            triggers=self._literals(at, table) or triggers(query),
            enabled=self._flag(at, table, "enabled"),
            tests=self._flag(at, table, "tests"),
            load=self._flag(at, table, "load", default=False),
            since=self._go(at, table),
            source="query rule",
            explanation=self._explanation(at, table, text),
        )

    def _text(self, at: int, table: dict[str, Any], key: str, most: int = _MAX_TEXT) -> str:
        if key not in table:
            raise _Wrong(self._line(at), f"a query rule needs {key}")
        value = table[key]
        limit = query_text.MAX_LENGTH + 1 if key == "query" else most
        if not isinstance(value, str) or not value.strip() or len(value) > limit:
            raise _Wrong(
                self._line(at, key), f"{key} must be a string of at most {limit} characters"
            )
        return value if key == "query" else value.strip()

    def _query(self, at: int, text: str) -> query_text.QueryText:
        first = self._line(at, "query")
        # The first line of a string in three quotes is the one below them.
        opening = self._lines[first - 1].rstrip()
        if opening.endswith(("'''", '"""')):
            first += 1
        try:
            query = query_text.read(text)
            if self._compiled:
                matcher().compile(query.plain)
        except (query_text.QueryTextError, BrokenQuery) as error:
            raise _Wrong(first + error.row, f"query: {escape(str(error))}") from error
        except Stopped as error:
            raise _Wrong(first, f"query: reading it was stopped {error}; simplify it") from error
        if not query.captures:
            raise _Wrong(first, "query: captures nothing; name what is to be reported, as in @call")
        for pattern in query.patterns:
            for predicate in pattern.predicates:
                said = check(predicate, query.captures)
                if said:
                    raise _Wrong(first + predicate.row, f"query: {said}")
        return query

    def _one_of(self, at: int, table: dict[str, Any], key: str, words: Any, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or value not in words:
            raise _Wrong(self._line(at, key), f"{key} must be one of {', '.join(words)}")
        return value

    def _flag(self, at: int, table: dict[str, Any], key: str, *, default: bool = True) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            raise _Wrong(self._line(at, key), f"{key} must be true or false")
        return value

    def _literals(self, at: int, table: dict[str, Any]) -> tuple[bytes, ...]:
        value = table.get("literals", [])
        if (
            not isinstance(value, list)
            or len(value) > 20
            or not all(isinstance(item, str) and 0 < len(item) <= 200 for item in value)
        ):
            raise _Wrong(
                self._line(at, "literals"), "literals must be an array of at most 20 strings"
            )
        return tuple(item.encode() for item in value)

    def _go(self, at: int, table: dict[str, Any]) -> tuple[int, int] | None:
        if "go" not in table:
            return None
        version = go_version.parse(table["go"])
        if version is None:
            raise _Wrong(self._line(at, "go"), 'go must be a version, as in "1.22"')
        return version

    def _explanation(self, at: int, table: dict[str, Any], text: dict[str, str]) -> str:
        said = f"## What it finds\n\n{text['summary']}"
        if "explanation" in table:
            said = self._text(at, table, "explanation", _MAX_EXPLANATION)
        query = text["query"].strip("\n").rstrip()
        return f"{said}\n\n## Query\n\n```scheme\n{query}\n```\n\nDeclared in `{self._shown}`."

"""One page for people who decide: where the findings are, whose they are, and why they matter.

Everything is in the file: style and script are named by their hash in a content security policy
that allows nothing else, so neither a file name nor a line of source can load or run anything.
Without script the page can still be read from top to bottom. Nothing in it depends on time.
"""

from __future__ import annotations

import base64
import difflib
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from golint_concurrency import __version__
from golint_concurrency.codeowners import read as read_owners
from golint_concurrency.diagnostic import Diagnostic, Fix, Report, RuleInfo, Severity
from golint_concurrency.docs import FAMILIES
from golint_concurrency.fix import apply_edits
from golint_concurrency.report.html_listing import listing, text
from golint_concurrency.report.html_markdown import to_html
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.summary import count
from golint_concurrency.syntax.positions import Unit

_MOST = 5000
_MOST_FIX_LINES = 60
_NOBODY = "(nobody)"


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as a page."""
    return _Page(report, options).html().encode("utf-8", "replace")


def notices(report: Report, options: ReportOptions) -> tuple[str, ...]:
    """What is left out of the page."""
    total = len(report.diagnostics)
    if total <= _MOST:
        return ()
    return (f"the HTML report holds the {_MOST} most severe of {total} findings",)


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding with what it is grouped by."""

    diagnostic: Diagnostic
    path: str
    package: str
    family: str
    owners: tuple[str, ...]


class _Page:
    def __init__(self, report: Report, options: ReportOptions) -> None:
        self._report = report
        self._options = options
        self._places = Places(report, options)
        self._owners = read_owners(options.root)
        self._items = [self._item(found) for found in _most_severe(report.diagnostics)]

    def _item(self, found: Diagnostic) -> _Item:
        path = self._places.relative(found.span.path) or found.span.path.replace(os.sep, "/")
        package = path.rpartition("/")[0] or "."
        owners = self._owners.of(path) or (_NOBODY,)
        return _Item(found, path, package, found.rule[:4], owners)

    def html(self) -> str:
        """The whole page."""
        style, script = _file("html.css"), _file("html.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        name = text(Path(os.path.abspath(self._options.root)).name)
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>golint-concurrency: {name}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f"<header><div><h1>Concurrency findings in {name}</h1>\n"
            f'<p class="dim">golint-concurrency {__version__}</p></div>\n'
            '<button id="theme" type="button">light / dark</button></header>\n'
            f"{self._tiles()}{self._problems()}{self._tables()}{self._filter()}"
            f'<main id="findings">{self._findings()}</main>\n{self._rules()}'
            f"<script>{script}</script>\n</body>\n</html>\n"
        )

    # --- above

    def _tiles(self) -> str:
        counts = count(self._report)
        tiles = [
            ("error", counts.errors, "errors"),
            ("warning", counts.warnings, "warnings"),
            ("note", counts.notes, "notes"),
            ("", counts.fixable, "fixed by --fix"),
            ("", counts.suppressed, "accepted before"),
            ("", counts.files, "files read"),
        ]
        listed = "".join(
            f'<li class="{kind}"><b>{number}</b>{word}</li>' for kind, number, word in tiles
        )
        return f'<ul class="tiles">{listed}</ul>\n'

    def _problems(self) -> str:
        said = [
            f"<li>{text(problem.path)}: {text(problem.message)}</li>"
            for problem in self._report.problems[:100]
        ]
        said += [f"<li>{text(note)}</li>" for note in notices(self._report, self._options)]
        if not said:
            return ""
        return (
            f'<div class="problems"><b>Not everything was read</b><ul>{"".join(said)}</ul></div>\n'
        )

    def _tables(self) -> str:
        families = {item.family: _family(item.family) for item in self._items}
        tables = [
            ("By family", "family", Counter(item.family for item in self._items), families),
            ("By package", "package", Counter(item.package for item in self._items), {}),
        ]
        if self._owners:
            owners = Counter(owner for item in self._items for owner in item.owners)
            tables.append(("By owner", "owner", owners, {}))
        parts = [_table(title, key, counted, names) for title, key, counted, names in tables]
        return f'<div class="tables">{"".join(parts)}</div>\n'

    def _filter(self) -> str:
        items = self._items
        levels = [severity.label for severity in reversed(Severity)]
        rules = {item.diagnostic.rule: item.diagnostic.name for item in items}
        choices = [
            ("level", "any level", {level: level for level in levels}),
            (
                "family",
                "any family",
                {key: _family(key) for key in _sorted(i.family for i in items)},
            ),
            ("rule", "any rule", {rule: f"{rule} {rules[rule]}" for rule in sorted(rules)}),
            ("package", "any package", {key: key for key in _sorted(i.package for i in items)}),
            (
                "owner",
                "any owner",
                {key: key for key in _sorted(o for i in items for o in i.owners)},
            ),
        ]

        def unseen(key: str) -> str:
            return " hidden" if key == "owner" and not self._owners else ""

        selects = "".join(
            f'<select id="by-{key}" aria-label="{word}"{unseen(key)}><option value="">{word}</option>'
            + "".join(
                f'<option value="{text(value)}">{text(shown)}</option>'
                for value, shown in values.items()
            )
            + "</select>"
            for key, word, values in choices
        )
        return (
            '<div class="filter"><input id="search" type="search" placeholder="search" '
            f'aria-label="search">{selects}<button id="reset" type="button">all</button>'
            f'<span id="count" class="dim" aria-live="polite">{len(items)} findings</span></div>\n'
        )

    # --- the findings

    def _findings(self) -> str:
        by_package: dict[str, list[tuple[int, _Item]]] = {}
        for number, item in enumerate(self._items, 1):
            by_package.setdefault(item.package, []).append((number, item))
        if not by_package:
            return "<p>No findings.</p>"
        return "".join(
            f'<section class="package"><h2>{text(package)}</h2>\n'
            + "".join(self._finding(number, item) for number, item in members)
            + "</section>\n"
            for package, members in sorted(by_package.items())
        )

    def _finding(self, number: int, item: _Item) -> str:
        found = item.diagnostic
        place = self._places.range(found.span, Unit.RUNES)
        about = [f"in <code>{text(found.symbol)}</code>"] if found.symbol else []
        if self._owners:
            about.append("owned by " + text(", ".join(item.owners)))
        owners = text("\n".join(item.owners)).replace("\\n", "&#10;")
        return (
            f'<article class="{found.severity.label}" id="f{number}" '
            f'data-level="{found.severity.label}" data-family="{text(item.family)}" '
            f'data-rule="{text(found.rule)}" data-package="{text(item.package)}" '
            f'data-owner="{owners}">\n'
            f'<h3><span class="level">{found.severity.label}</span> '
            f'<a class="to-rule" href="#rule-{text(found.rule)}">{text(found.rule)} '
            f'{text(found.name)}</a> <a class="place" href="#f{number}">{text(item.path)}:'
            f"{place.line}:{place.column}</a></h3>\n<p>{text(found.message)}</p>\n"
            f'<p class="dim">{"; ".join(about)}</p>\n{listing(found, self._places)}'
            f"{''.join(self._fix(found, fix) for fix in found.fixes)}</article>\n"
        )

    def _fix(self, found: Diagnostic, fix: Fix) -> str:
        option = "--fix" if fix.safe else "--fix --unsafe-fixes"
        head = f"<summary>{text(fix.message)} <code>{option}</code></summary>"
        path = found.span.path
        content = self._report.sources.get(path)
        if content is None or any(edit.span.path != path for edit in fix.edits):
            return f"<details>{head}</details>"
        return f'<details>{head}<pre class="diff">{_diff(content, fix)}</pre></details>'

    # --- below

    def _rules(self) -> str:
        found = Counter(item.diagnostic.rule for item in self._items)
        infos = {info.id: info for info in self._report.rules}
        parts = [
            self._rule(infos[rule], number)
            for rule, number in sorted(found.items())
            if rule in infos
        ]
        return f"<h2>The rules</h2>\n{''.join(parts)}" if parts else ""

    def _rule(self, info: RuleInfo, number: int) -> str:
        url = self._options.url_of(info.id, info.name)
        link = ""
        if url.startswith(("https://", "http://")):
            link = f' <a href="{text(url)}" rel="noreferrer noopener">more</a>'
        findings = f"{number} finding{'s' if number != 1 else ''}"
        return (
            f'<section class="rule" id="rule-{text(info.id)}"><h3>{text(info.id)} '
            f"{text(info.name)}</h3><p>{text(info.summary)}. "
            f'<button class="pick" type="button" data-key="rule" data-value="{text(info.id)}">'
            f"{findings}</button>{link}</p>"
            f"<details><summary>What it finds, and what to write instead</summary>"
            f"{to_html(info.explanation)}</details></section>\n"
        )


def _table(title: str, key: str, counted: Counter[str], names: Mapping[str, str]) -> str:
    most = max(counted.values(), default=1)
    rows = "".join(
        f'<tr><td class="count">{number}</td><td class="bar">'
        f'<meter min="0" max="{most}" value="{number}">{number}</meter></td>'
        f'<td><button class="pick" type="button" data-key="{key}" data-value="{text(value)}">'
        f"{text(names.get(value, value))}</button></td></tr>"
        for value, number in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    return f"<div><h2>{title}</h2><table>{rows}</table></div>"


def _family(prefix: str) -> str:
    if prefix == "GLC0":
        return f"{prefix}xx Suppressions and source"
    title = FAMILIES.get(prefix, ("",))[0]
    return f"{prefix}xx {title}" if title else f"{prefix}xx"


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _most_severe(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    if len(found) <= _MOST:
        return found
    ranked = sorted(range(len(found)), key=lambda at: (-found[at].severity, at))
    return [found[at] for at in sorted(ranked[:_MOST])]


def _diff(content: bytes, fix: Fix) -> str:
    """What the fix changes, line by line, around the first and the last edit only."""
    first = min(edit.span.start for edit in fix.edits)
    last = max(edit.span.end for edit in fix.edits)
    start = content.rfind(b"\n", 0, first) + 1
    start = content.rfind(b"\n", 0, max(start - 1, 0)) + 1
    end = content.find(b"\n", last)
    end = len(content) if end < 0 else end
    after = apply_edits(content, fix.edits)
    changed = after[start : len(after) - (len(content) - end)]
    before = _text_lines(content[start:end])
    lines = []
    told = difflib.unified_diff(before, _text_lines(changed), n=2, lineterm="")
    for line in list(told)[3:] if len(before) <= 400 else ():
        kind = {"+": "added", "-": "removed"}.get(line[:1])
        named = f' class="{kind}"' if kind else ""
        shown = "..." if line.startswith("@@") else f"{line[:1]} {line[1:]}"
        lines.append(f"<span{named}>{text(shown)}</span>")
    if len(lines) > _MOST_FIX_LINES:
        lines = [*lines[:_MOST_FIX_LINES], "<span>...</span>"]
    return "".join(lines)


def _text_lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").replace("\t", "    ").replace("\r", "").split("\n")


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()

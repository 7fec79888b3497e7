"""Imports that fixes leave without a use, which Go does not compile.

A fix on its own never takes an import's last use: its rule sees to that. Several together can,
each having counted on the use that another takes away.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics.package import guess_name
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File
from golint_concurrency.syntax.parse import parse

_IDENTIFIERS = ("identifier", "package_identifier", "type_identifier")


def without_orphans(before: bytes, after: bytes) -> bytes:
    """`after` without the imports that `before` made use of and `after` does no longer."""
    orphans = [
        spec
        for spec in File("", after).imports
        if _may_go(spec, before, after) and _is_used(spec, before) and not _is_used(spec, after)
    ]
    for spec in sorted(orphans, key=lambda spec: spec.start, reverse=True):
        after = _without(after, spec)
    return after


def _name(spec: ast.ImportSpec) -> bytes:
    return (spec.name or guess_name(spec.path)).encode()


def _may_go(spec: ast.ImportSpec, before: bytes, after: bytes) -> bool:
    """A cheap test: False if `after` says the package's name as often as `before`."""
    if spec.name in (".", "_") or spec.path == "C":
        return False
    said = _name(spec) + b"."
    return after.count(said) < before.count(said)


def _is_used(spec: ast.ImportSpec, content: bytes) -> bool:
    root = parse(content).root_node
    for match in re.finditer(rb"\b" + re.escape(_name(spec)) + rb"(?=\s*\.)", content):
        node = root.descendant_for_byte_range(match.start(), match.end())
        if node is not None and node.type in _IDENTIFIERS:
            return True
    return False


def _without(content: bytes, spec: ast.ImportSpec) -> bytes:
    """`content` without the line of `spec`, and without what gofmt would not leave behind."""
    start = content.rfind(b"\n", 0, spec.start) + 1
    end = content.find(b"\n", spec.end) + 1 or len(content)
    if content[start : spec.start].strip().startswith(b"import"):
        if content[end : end + 1] == b"\n":
            end += 1
        return content[:start] + content[end:]
    above, below = content[:start].rstrip(), content[end:].lstrip()
    opened, closed = above.endswith(b"("), below.startswith(b")")
    if opened and closed:  # the group's only one
        return content[: content.rfind(b"import", 0, start)] + below[1:].lstrip()
    if opened:
        end = len(content) - len(content[end:].lstrip(b"\r\n"))
    elif closed or _is_blank(content, end):
        start = len(content[:start].rstrip()) + (2 if content[len(above) :][:2] == b"\r\n" else 1)
    return content[:start] + content[end:]


def _is_blank(content: bytes, start: int) -> bool:
    """True if the line at `start` is empty."""
    return content[start : start + 1] == b"\n" or content[start : start + 2] == b"\r\n"

"""`rules new`: a rule that works, its testdata, and where both go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import libcst as cst

from golint_concurrency import atomic
from golint_concurrency.registry import Registry, load
from golint_concurrency.rule import ID, NAME

_DOCUMENTATION = '''"""## What it finds
TODO: one sentence.

## What happens under load
TODO: a story with numbers.

## Example
```go
TODO
```

## Use instead
```go
TODO
```

## When it stays silent
TODO: what looks alike but is right.

## Go versions
All.

## Source
TODO: where this is known from.
"""
'''
_IMPORTS = """from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.syntax import ast
"""
_RULE = '''def {check}(view: View, call: ast.Call) -> Iterator[Finding]:
    """TODO: say nothing where a type, callee or path is unknown."""
    if view.in_test:
        return
    yield Finding(call, "TODO: what happens under load; what to write instead")


{variable} = Rule(
    id="{id}",
    name="{name}",
    summary="TODO: what it finds, on one line",
    severity=Severity.WARNING,
    check={check},
    calls=("time.Sleep",),
)
'''
_BAD = """package {package}

import "time"

// TODO: the mistake in all its shapes: aliased imports, methods, closures, helpers.

func bad() {{
	time.Sleep(time.Second) // want "{id} TODO"
}}
"""
_GOOD = """package {package}

import "time"

// TODO: all that looks alike but is right.

type clock struct{{}}

func (clock) Sleep(time.Duration) {{}}

func good() {{
	clock{{}}.Sleep(time.Second)
}}
"""
_GO_MOD = "module example.com/testdata\n\ngo 1.25\n"


class ScaffoldError(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule goes: the module, which may be there already, and the folder of testdata."""

    module: Path
    testdata: Path
    project: bool
    """True in a checkout of this project, whose rules are one a module."""


def place_of(name: str, into: Path | None, cwd: Path) -> Place:
    """Where the rule `name` goes: `into` if it is given, else rules/ of this project, else here."""
    file = f"{name.replace('-', '_')}.py"
    if into is None:
        if (cwd / "golint_concurrency" / "rule.py").is_file() and (cwd / "rules").is_dir():
            return Place(cwd / "rules" / file, cwd / "testdata" / name, True)
        return Place(cwd / file, cwd / "testdata" / name, False)
    module = into if into.suffix == ".py" else into / file
    return Place(module, module.parent / "testdata" / name, False)


def create(name: str, id: str | None, place: Place) -> list[Path]:
    """Write the rule and its testdata; returns the files. Raises `ScaffoldError`."""
    registry = load(plugins=False)
    if not NAME.match(name):
        raise ScaffoldError(f"name {name!a}: expected lower-case words with hyphens")
    taken = registry.find(name)
    if taken is not None:
        raise ScaffoldError(f"name {name} is that of {taken.id}")
    if place.testdata.exists():
        raise ScaffoldError(f"{place.testdata}: is there already")
    if not place.module.parent.is_dir():
        raise ScaffoldError(f"{place.module.parent}: no such folder")
    text = _text(place.module)
    id = id or _free_id(registry, text, place)
    if not ID.match(id):
        raise ScaffoldError(f"id {id!a}: expected capital letters and three digits, as in OWN001")
    clash = registry.find(id)
    if clash is not None or f'"{id}"' in text:
        said = f"that of {clash.name}" if clash is not None else f"in {place.module} already"
        raise ScaffoldError(f"id {id} is {said}")
    if id.startswith("GLC") != place.project:
        raise ScaffoldError(f"id {id}: built-in rules are GLC and three digits, all others are not")
    package = re.sub(r"[^a-z0-9]", "", name)
    package = package if not package[:1].isdigit() else f"p{package}"
    written = {
        place.module: with_rule(text, id, name) if text else _new_module(id, name),
        place.testdata / "bad.go": _BAD.format(package=package, id=id),
        place.testdata / "good.go": _GOOD.format(package=package),
    }
    if not _in_module(place.testdata):
        written[place.testdata.parent / "go.mod"] = _GO_MOD
    place.testdata.mkdir(parents=True)
    try:
        for path, content in written.items():
            atomic.write(str(path), content.encode())
    except OSError as error:
        raise ScaffoldError(f"{error.filename}: cannot be written: {error.strerror}") from error
    return list(written)


def _text(module: Path) -> str:
    try:
        return module.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"{module}: cannot be read: {error}") from error


def _free_id(registry: Registry, text: str, place: Place) -> str:
    if place.project:
        raise ScaffoldError("give the rule an id of its family with --id, as in --id GLC411")
    others = "".join(_text(path) for path in sorted(place.module.parent.glob("*.py"))) + text
    number = 1
    while registry.find(f"OWN{number:03}") is not None or f"OWN{number:03}" in others:
        number += 1
    return f"OWN{number:03}"


def _in_module(folder: Path) -> bool:
    return any((parent / "go.mod").is_file() for parent in folder.absolute().parents)


def _new_module(id: str, name: str) -> str:
    rule = _RULE.format(id=id, name=name, check="check", variable="RULE")
    return f"{_DOCUMENTATION}\nfrom __future__ import annotations\n\n{_IMPORTS}\n\n{rule}"


# ---------------------------------------------------------------- into a module that is there


def with_rule(text: str, id: str, name: str) -> str:
    """The module `text` with one more rule, all else as it was. Raises `ScaffoldError`.

    Missing imports go below those that are there; the rule goes before the list `RULES`, which
    gets it as its last element, or to the end with a list of its own.
    """
    try:
        module = cst.parse_module(text)
    except (cst.ParserSyntaxError, RecursionError) as error:
        raise ScaffoldError(f"the module cannot be read as Python: {error}") from error
    word = name.replace("-", "_")
    variable = word.upper()
    source = _RULE.format(id=id, name=name, check=f"check_{word}", variable=variable)
    rule = _spaced(source)
    body = list(module.body)
    at = next((at for at, node in enumerate(body) if _is_rules(node)), None)
    if at is not None:
        grown = _grown(body[at], variable)
        if grown is None:
            raise ScaffoldError("RULES is no list or tuple written in place; add to it by hand")
        body[at] = grown
        body[at:at] = rule
    else:
        body += [*rule, *_spaced(f"RULES = [{variable}]\n")]
    after = _after_imports(body)
    body[after:after] = _missing_imports(module)
    return module.with_changes(body=body).code


def _spaced(source: str) -> list[cst.SimpleStatementLine | cst.BaseCompoundStatement]:
    """The statements of `source`, two empty lines before the first."""
    first, *others = cst.parse_module(source).body
    empty = cst.EmptyLine(indent=False)
    return [first.with_changes(leading_lines=[empty, empty]), *others]


def _is_rules(node: cst.CSTNode) -> bool:
    return _assigned(node) is not None


def _assigned(node: cst.CSTNode) -> cst.Assign | cst.AnnAssign | None:
    """The assignment to `RULES` that a statement is."""
    if not isinstance(node, cst.SimpleStatementLine) or len(node.body) != 1:
        return None
    small = node.body[0]
    if isinstance(small, cst.Assign) and len(small.targets) == 1:
        target: cst.CSTNode = small.targets[0].target
    elif isinstance(small, cst.AnnAssign):
        target = small.target
    else:
        return None
    return small if isinstance(target, cst.Name) and target.value == "RULES" else None


def _grown(
    node: cst.SimpleStatementLine | cst.BaseCompoundStatement, variable: str
) -> cst.SimpleStatementLine | None:
    """The assignment with one more element, its layout kept."""
    small = _assigned(node)
    if small is None or not isinstance(small.value, cst.List | cst.Tuple):
        return None
    value = small.value
    elements = list(value.elements)
    new = cst.Element(cst.Name(variable))
    if elements:
        last = elements[-1]
        between, closing = _white(value)
        if isinstance(last.comma, cst.Comma):
            new = new.with_changes(comma=last.comma)
        if isinstance(between, cst.ParenthesizedWhitespace) and isinstance(
            closing, cst.ParenthesizedWhitespace
        ):
            # A comment behind the last element stays with it.
            between = between.with_changes(first_line=closing.first_line)
            value = _closed(value, closing.with_changes(first_line=cst.TrailingWhitespace()))
        elements[-1] = last.with_changes(comma=cst.Comma(whitespace_after=between))
    value = value.with_changes(elements=[*elements, new])
    assert isinstance(node, cst.SimpleStatementLine)
    return node.with_changes(body=[small.with_changes(value=value)])


White = cst.BaseParenthesizableWhitespace


def _white(value: cst.List | cst.Tuple) -> tuple[White, White | None]:
    """The white space to put between elements, as it is behind the opening bracket if that ends a
    line; and what stands before the closing one."""
    opening: White | None = None
    closing: White | None = None
    if isinstance(value, cst.List):
        opening, closing = value.lbracket.whitespace_after, value.rbracket.whitespace_before
    elif value.lpar:
        opening, closing = value.lpar[0].whitespace_after, value.rpar[-1].whitespace_before
    if isinstance(opening, cst.ParenthesizedWhitespace):
        opening = opening.with_changes(first_line=cst.TrailingWhitespace(), empty_lines=[])
        return opening, closing
    return cst.SimpleWhitespace(" "), closing


def _closed(value: cst.List | cst.Tuple, white: White) -> cst.List | cst.Tuple:
    """`value` with `white` before its closing bracket."""
    if isinstance(value, cst.List):
        return value.with_changes(rbracket=value.rbracket.with_changes(whitespace_before=white))
    last = value.rpar[-1].with_changes(whitespace_before=white)
    return value.with_changes(rpar=[*value.rpar[:-1], last])


def _missing_imports(module: cst.Module) -> list[cst.SimpleStatementLine]:
    there: set[str] = set()
    for node in module.body:
        for small in node.body if isinstance(node, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
                names = [alias.evaluated_alias or alias.evaluated_name for alias in small.names]
                there.update(names)
    missing = []
    for line in _IMPORTS.splitlines():
        head, found, tail = line.partition(" import ")
        wanted = [name for name in tail.split(", ") if name not in there]
        if found and wanted:
            statement = cst.parse_statement(f"{head} import {', '.join(wanted)}\n")
            assert isinstance(statement, cst.SimpleStatementLine)
            missing.append(statement)
    return missing


def _after_imports(body: list[cst.SimpleStatementLine | cst.BaseCompoundStatement]) -> int:
    """The index after the last import, or after the docstring."""
    after = 0
    for at, node in enumerate(body):
        if isinstance(node, cst.SimpleStatementLine):
            if any(isinstance(small, cst.Import | cst.ImportFrom) for small in node.body) or (
                at == 0 and isinstance(node.body[0], cst.Expr)
            ):
                after = at + 1
    return after

"""The tool's own JSON keeps to its schema and is the same for the same findings."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema

from golint_concurrency import __version__
from golint_concurrency.diagnostic import Report
from golint_concurrency.report import ReportOptions, render

SCHEMA = json.loads((files("golint_concurrency.report") / "schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_document(usual: Report, options: ReportOptions) -> None:
    document = json.loads(render("json", usual, options))
    VALIDATOR.validate(document)
    assert document["version"] == 1
    assert document["tool"] == {"name": "golint-concurrency", "version": __version__}
    first = document["diagnostics"][0]
    content = usual.sources["pkg/a.go"]
    start = content.index(b"time.After(d)")
    # Columns are characters: the line holds one of two bytes and one of four before the call.
    assert first["start"] == {"line": 5, "column": 28, "offset": start}
    assert first["end"] == {"line": 5, "column": 41, "offset": start + 13}
    assert first["rule"] == "GLC401"
    assert first["url"] == "https://example.org/time-after-in-loop"
    assert first["related"][0]["message"] == "the loop [starts] here"
    assert [step["start"]["line"] for step in first["flow"]] == [4, 5]
    assert first["fixes"][0]["edits"][0]["text"] == "t.C"
    assert document["problems"] == [
        {"path": "pkg/c.go", "message": "cannot be read", "fatal": True},
        {"path": "", "message": "a limit was reached", "fatal": False},
    ]
    assert document["summary"] == {
        "files": 3,
        "findings": 3,
        "errors": 1,
        "warnings": 1,
        "notes": 1,
        "fixable": 0,
        "unsafe_fixable": 2,
        "suppressed": 1,
    }


def test_same_bytes_whatever_the_time(usual: Report, options: ReportOptions) -> None:
    slow = replace(usual, duration=99.0)
    for format in ("json", "jsonl", "sarif", "text", "concise", "github", "gitlab", "junit"):
        assert render(format, usual, options) == render(format, slow, options)


def test_empty_run(options: ReportOptions) -> None:
    document = json.loads(render("json", Report((), (), ()), options))
    VALIDATOR.validate(document)
    assert document["diagnostics"] == document["problems"] == []


def test_hostile_text_is_ascii_and_valid(hostile: Report, options: ReportOptions) -> None:
    content = render("json", hostile, options)
    assert content.isascii()
    assert b"\x1b" not in content
    document = json.loads(content)
    VALIDATOR.validate(document)
    path = document["diagnostics"][0]["path"]
    assert path.encode().decode().startswith("x\n::error file=a.go")
    assert "\ufffd" in path


def test_lines(usual: Report, options: ReportOptions) -> None:
    lines = [json.loads(line) for line in render("jsonl", usual, options).splitlines()]
    assert [line["type"] for line in lines] == ["diagnostic"] * 3 + ["problem"] * 2 + ["summary"]
    document = json.loads(render("json", usual, options))
    for line, item in zip(lines, document["diagnostics"], strict=False):
        assert line == {"type": "diagnostic", **item}
    assert lines[-1]["version"] == 1
    assert lines[-1]["findings"] == 3


def test_lines_of_hostile_text(hostile: Report, options: ReportOptions) -> None:
    content = render("jsonl", hostile, options)
    assert content.isascii()
    assert [json.loads(line)["type"] for line in content.decode().splitlines()] == [
        "diagnostic",
        "problem",
        "summary",
    ]

"""GitLab, Checkstyle, JUnit and rdjson; and that only what is asked for is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from golint_concurrency.diagnostic import Diagnostic, Edit, Fix, Report, Severity, Span
from golint_concurrency.report import FORMATS, ReportOptions, notices, render


def test_gitlab(usual: Report, options: ReportOptions) -> None:
    items = json.loads(render("gitlab", usual, options))
    assert [item["severity"] for item in items] == ["major", "info", "critical"]
    assert items[0]["check_name"] == "GLC401 time-after-in-loop"
    assert items[0]["location"]["path"] == "pkg/a.go"
    assert items[0]["location"]["lines"] == {"begin": 5, "end": 5}
    assert len({item["fingerprint"] for item in items}) == 3
    assert json.loads(render("gitlab", Report((), (), ()), options)) == []


def test_gitlab_fingerprints_differ_and_stay(options: ReportOptions) -> None:
    def prints(content: bytes) -> list[str]:
        items = []
        at = content.find(b"x()")
        while at >= 0:
            items.append(Diagnostic("GLC401", "n", Severity.NOTE, Span("a.go", at, at + 3), "m"))
            at = content.find(b"x()", at + 1)
        report = Report(tuple(items), (), (), {"a.go": content})
        return [item["fingerprint"] for item in json.loads(render("gitlab", report, options))]

    before = prints(b"x()\ny()\nx()\n")
    assert len(set(before)) == 2
    assert prints(b"\n// more\n  x()\ny()\nx()\n") == before


def test_checkstyle(usual: Report, options: ReportOptions) -> None:
    root = ET.fromstring(render("checkstyle", usual, options))
    assert root.tag == "checkstyle"
    assert [file.get("name") for file in root] == ["pkg/a.go", "pkg/b.go"]
    error = root[0][0]
    assert error.attrib == {
        "line": "5",
        "column": "28",
        "severity": "warning",
        "message": "each turn of the loop makes a timer; use time.NewTimer",
        "source": "golint-concurrency.GLC401.time-after-in-loop",
    }
    assert [item.get("severity") for item in root[1]] == ["info", "error"]


def test_junit(usual: Report, options: ReportOptions) -> None:
    root = ET.fromstring(render("junit", usual, options))
    assert root.attrib["tests"] == "4"
    assert root.attrib["failures"] == "3"
    assert root.attrib["errors"] == "1"
    assert [suite.get("name") for suite in root] == ["pkg/a.go", "pkg/b.go", "golint-concurrency"]
    failure = root[0][0][0]
    assert failure.get("type") == "warning"
    assert (failure.text or "").startswith("pkg/a.go:5:32: each turn")
    clean = ET.fromstring(render("junit", Report((), (), ()), options))
    assert (clean.get("tests"), clean.get("failures"), clean.get("errors")) == ("1", "0", "0")
    assert len(clean[0]) == 1


def test_rdjson(usual: Report, options: ReportOptions) -> None:
    result = json.loads(render("rdjson", usual, options))
    first = result["diagnostics"][0]
    assert first["location"] == {
        "path": "pkg/a.go",
        "range": {"start": {"line": 5, "column": 32}, "end": {"line": 5, "column": 45}},
    }
    assert first["severity"] == "WARNING"
    assert first["code"] == {
        "value": "GLC401 time-after-in-loop",
        "url": "https://example.org/time-after-in-loop",
    }
    # Two edits become one suggestion that spans them and keeps what lies between.
    (suggestion,) = first["suggestions"]
    assert suggestion["range"] == {
        "start": {"line": 4, "column": 1},
        "end": {"line": 5, "column": 45},
    }
    assert suggestion["text"] == ("\tt := 1\n\tfor { // 世界 😀\n\t\tselect { /* é😀 */ case <-t.C")


def test_rdjson_offers_only_what_it_can_say(options: ReportOptions) -> None:
    here, there = Span("a.go", 0, 2), Span("b.go", 0, 1)
    fixes = (
        Fix("two files", (Edit(here, "x"), Edit(there, "y"))),
        Fix("overlap", (Edit(here, "x"), Edit(Span("a.go", 1, 3), "y"))),
        Fix("nothing", ()),
    )
    item = Diagnostic("GLC401", "n", Severity.NOTE, here, "m", fixes=fixes)
    report = Report((item,), (), (), {"a.go": b"abc", "b.go": b"abc"})
    assert "suggestions" not in json.loads(render("rdjson", report, options))["diagnostics"][0]


@pytest.mark.parametrize("format", ["checkstyle", "junit"])
def test_hostile_text_is_well_formed_xml(
    format: str, hostile: Report, options: ReportOptions
) -> None:
    content = render(format, hostile, options)
    root = ET.fromstring(content)
    names = {element.tag for element in root.iter()}
    assert names <= {
        *("checkstyle", "file", "error"),
        *("testsuites", "testsuite", "testcase", "failure"),
    }
    texts = [*root.itertext()]
    texts += [value for element in root.iter() for value in element.attrib.values()]
    assert any("<script>alert(1)</script>" in text for text in texts)
    assert any("<b>&\"'\\xff]]>" in text for text in texts)


@pytest.mark.parametrize("format", ["gitlab", "rdjson"])
def test_hostile_text_is_ascii_json(format: str, hostile: Report, options: ReportOptions) -> None:
    content = render(format, hostile, options)
    assert content.isascii()
    assert b"\x1b" not in content
    assert json.dumps(json.loads(content)).encode().decode()


def test_every_format_renders_and_unknown_ones_do_not(
    usual: Report, options: ReportOptions
) -> None:
    for format in FORMATS:
        assert render(format, usual, options).endswith(b"\n")
        assert notices(format, usual, options) == ()
    with pytest.raises(KeyError):
        render("yaml", usual, options)


def test_only_the_format_asked_for_is_loaded() -> None:
    program = (
        "import sys\n"
        "from golint_concurrency.report import render, ReportOptions, FORMATS\n"
        "from golint_concurrency.diagnostic import Report\n"
        "render('text', Report((), (), ()), ReportOptions())\n"
        "heavy = {'sarif_om', 'attr', 'json', 'tree_sitter', 'click'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_paths_outside_the_root_are_named_as_given(options: ReportOptions) -> None:
    item = Diagnostic("GLC401", "n", Severity.NOTE, Span("/elsewhere/a.go", 0, 1), "m")
    report = Report((item,), (), (), {"/elsewhere/a.go": b"x"})
    assert b"file=/elsewhere/a.go" in render("github", report, options)
    shallow = replace(options, root=options.root / "sub")
    inside = replace(item, span=Span("sub/a.go", 0, 1))
    assert b"file=a.go," in render("github", Report((inside,), (), ()), shallow)

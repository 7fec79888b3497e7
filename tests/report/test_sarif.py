"""SARIF is valid by the official schema and holds what GitHub code scanning asks for."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from golint_concurrency.diagnostic import Diagnostic, Report, Severity, Span
from golint_concurrency.report import ReportOptions, notices, render
from golint_concurrency.report.fingerprint import LineHashes

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text())
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run_of(report: Report, options: ReportOptions) -> dict[str, Any]:
    """The only run, after the whole log was found valid."""
    content = render("sarif", report, options)
    log = json.loads(content)
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert list(log) == ["$schema", "version", "runs"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_rules_hold_what_github_shows(usual: Report, options: ReportOptions) -> None:
    run = run_of(usual, options)
    rule, off = run["tool"]["driver"]["rules"]
    assert rule["id"] == "GLC401"
    assert rule["name"] == "time-after-in-loop"
    assert rule["shortDescription"]["text"] == "time.After in a loop keeps a timer for each turn"
    assert rule["fullDescription"]["text"] == "Each call makes a timer."
    assert "Under load they pile up." in rule["help"]["text"]
    assert "(https://example.org/time-after-in-loop)" in rule["help"]["markdown"]
    assert rule["helpUri"] == "https://example.org/time-after-in-loop"
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["properties"]["precision"] == "high"
    assert rule["properties"]["problem.severity"] == "warning"
    assert len(rule["properties"]["tags"]) == 10
    assert off["defaultConfiguration"] == {"enabled": False, "level": "note"}
    assert off["help"]["text"].strip()
    assert off["help"]["markdown"].strip()
    assert off["fullDescription"]["text"].strip()


def test_results_have_full_regions_in_utf16(usual: Report, options: ReportOptions) -> None:
    run = run_of(usual, options)
    assert run["columnKind"] == "utf16CodeUnits"
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("GLC401", 0, "warning")
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "pkg/a.go", "uriBaseId": "%SRCROOT%"}
    # Two tabs, "select { /* ", e acute, a character of two units, " */ case <-".
    start = 2 + 12 + 1 + 2 + 11 + 1
    assert physical["region"] == {
        "startLine": 5,
        "startColumn": start,
        "endLine": 5,
        "endColumn": start + len("time.After(d)"),
    }
    assert first["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "(*Server).wait"}]


def test_primary_region_keeps_to_one_line(usual: Report, options: ReportOptions) -> None:
    physical = run_of(usual, options)["results"][1]["locations"][0]["physicalLocation"]
    assert physical["region"]["startLine"] == physical["region"]["endLine"] == 3
    assert physical["region"]["endColumn"] == len("func (s *Server) wait(d time.Duration) {") + 1
    assert physical["contextRegion"]["endLine"] == 10


def test_related_places_flow_and_fixes(usual: Report, options: ReportOptions) -> None:
    result = run_of(usual, options)["results"][0]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["physicalLocation"]["region"]["startLine"] == 4
    assert result["message"]["text"].endswith(
        r"use time.NewTimer. See: [the loop \[starts\] here](1)."
    )
    locations = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in locations] == [
        "the loop turns",
        "a timer is made",
    ]
    (fix,) = result["fixes"]
    assert fix["properties"] == {"safe": False}
    inserted, replaced = fix["artifactChanges"][0]["replacements"]
    assert inserted["insertedContent"]["text"] == "\tt := 1\n"
    region = inserted["deletedRegion"]
    assert (region["startLine"], region["startColumn"]) == (4, 1)
    assert (region["endLine"], region["endColumn"]) == (4, 1)
    assert replaced["insertedContent"]["text"] == "t.C"


def test_fingerprints(usual: Report, options: ReportOptions) -> None:
    results = run_of(usual, options)["results"]
    hashes = LineHashes(usual.sources["pkg/a.go"])
    prints = [result["partialFingerprints"] for result in results]
    assert prints[0]["primaryLocationLineHash"] == hashes.of(5)
    assert prints[1]["primaryLocationLineHash"] == hashes.of(3)
    assert len({item["golintConcurrency/v1"] for item in prints}) == 3


def test_invocation_tells_of_problems(usual: Report, options: ReportOptions) -> None:
    run = run_of(usual, options)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    broken, limit = invocation["toolExecutionNotifications"]
    assert broken["level"] == "error"
    location = broken["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "pkg/c.go", "uriBaseId": "%SRCROOT%"}
    assert (limit["level"], limit["message"]["text"]) == ("note", "a limit was reached")
    fine = replace(usual, problems=usual.problems[1:])
    assert run_of(fine, options)["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("category", "expected"),
    [("golint-concurrency", "golint-concurrency/"), ("a/b", "a/b/"), ("a/b/", "a/b/")],
)
def test_category(usual: Report, options: ReportOptions, category: str, expected: str) -> None:
    run = run_of(usual, replace(options, category=category))
    assert run["automationDetails"] == {"id": expected}


def test_clean_run_lists_no_results(options: ReportOptions) -> None:
    run = run_of(Report((), (), ()), options)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_suppressed_findings_only_on_request(usual: Report, options: ReportOptions) -> None:
    assert all("suppressions" not in item for item in run_of(usual, options)["results"])
    run = run_of(usual, replace(options, include_suppressed=True))
    accepted = [{"kind": "inSource", "justification": "measured: never hot"}]
    suppressions = [item["suppressions"] for item in run["results"]]
    assert suppressions.count([]) == 3
    assert suppressions.count(accepted) == 1
    assert len(run["results"]) == 4


def test_hostile_text_stays_text(hostile: Report, options: ReportOptions) -> None:
    content = render("sarif", hostile, replace(options, include_suppressed=True))
    assert content.isascii()
    assert b"\x1b" not in content
    result = run_of(hostile, options)["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("x%0A%3A%3Aerror%20file%3Da.go")
    assert "%FF" in uri
    assert "](https" not in result["message"]["text"]
    assert result["message"]["text"].count("](") == 1


def test_unknown_rule_is_described(usual: Report, options: ReportOptions) -> None:
    run = run_of(replace(usual, rules=()), options)
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(ids) == ["GLC105", "GLC401"]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]


def test_links_are_resolved_and_outside_files_named(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "real").mkdir(parents=True)
    (root / "real" / "a b.go").write_text("package a\n")
    (root / "link").symlink_to("real")
    (tmp_path / "out.go").write_text("package a\n")
    items = tuple(
        Diagnostic("GLC401", "n", Severity.NOTE, Span(path, 0, 7), "m")
        for path in ("link/a b.go", "../out.go", str(root / "real" / "a b.go"))
    )
    sources = {item.span.path: b"package a\n" for item in items}
    options = ReportOptions(root=root, cwd=root)
    run = run_of(Report(items, (), (), sources), options)
    found = [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]
    ]
    assert found[0] == {"uri": "real/a%20b.go", "uriBaseId": "%SRCROOT%"}
    assert found[1] == {"uri": (tmp_path / "out.go").resolve().as_uri()}
    assert found[2] == found[0]


def _many(number: int, message: str = "m") -> Report:
    content = b"package p\n" + b"x := 1 // some code\n" * 2000
    items = []
    for at in range(number):
        severity = Severity.ERROR if at % 10 == 9 else Severity.NOTE
        start = 10 + 20 * (at % 2000)
        path = f"d/f{at // 2000:05}.go"
        items.append(Diagnostic("GLC401", "n", severity, Span(path, start, start + 1), message))
    return Report(tuple(items), (), (), {item.span.path: content for item in items})


def test_limit_keeps_the_most_severe(options: ReportOptions) -> None:
    report = _many(200)
    small = replace(options, limit=30)
    run = run_of(report, small)
    levels = [result["level"] for result in run["results"]]
    assert levels.count("error") == 20
    assert levels.count("note") == 10
    lines = [
        (place["artifactLocation"]["uri"], place["region"]["startLine"])
        for place in (result["locations"][0]["physicalLocation"] for result in run["results"])
    ]
    assert lines == sorted(lines)
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "30 most severe of 200" in said["message"]["text"]
    assert len(run_of(report, replace(options, limit=None))["results"]) == 200


def test_notices_say_what_github_will_not_show(options: ReportOptions) -> None:
    assert notices("sarif", _many(10), options) == ()
    report = _many(6000)
    assert "5000 most severe" in notices("sarif", report, options)[0]
    assert "100 most severe of 6000" in notices("sarif", report, replace(options, limit=100))[0]
    assert notices("sarif", report, replace(options, limit=None)) == ()


def test_file_stays_under_the_size_that_github_takes(options: ReportOptions) -> None:
    rng = random.Random(1)
    report = _many(300)
    noise = tuple(replace(item, message=rng.randbytes(40_000).hex()) for item in report.diagnostics)
    report = replace(report, diagnostics=noise)
    content = render("sarif", report, options)
    assert len(gzip.compress(content, 6)) < 10_100_000
    run = json.loads(content)["runs"][0]
    assert 100 < len(run["results"]) < 300
    assert sum(result["level"] == "error" for result in run["results"]) == 30
    assert (
        len(json.loads(render("sarif", report, replace(options, limit=None)))["runs"][0]["results"])
        == 300
    )

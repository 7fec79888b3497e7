"""Workflow commands: escaped as the runner reads them, ranked, and never more than it keeps."""

from __future__ import annotations

import re
from dataclasses import replace

from golint_concurrency.diagnostic import Diagnostic, Report, Severity, Span
from golint_concurrency.report import ReportOptions, render


def _lines(report: Report, options: ReportOptions) -> list[str]:
    return render("github", report, options).decode().splitlines()


def _commands(lines: list[str]) -> list[str]:
    """What the runner takes for commands: `::` after blanks, or `##[` anywhere."""
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test_commands(usual: Report, options: ReportOptions) -> None:
    assert _lines(usual, options) == [
        "::error file=pkg/b.go,line=5,endLine=5,col=28,endColumn=40,"
        "title=GLC401 time-after-in-loop::each turn of the loop makes a timer; use time.NewTimer",
        "::warning file=pkg/a.go,line=5,endLine=5,col=28,endColumn=40,"
        "title=GLC401 time-after-in-loop::each turn of the loop makes a timer; use time.NewTimer",
        "::notice file=pkg/b.go,line=3,endLine=10,"
        "title=GLC105 goroutine-without-recover::a panic here ends the process",
    ]


def test_special_characters(options: ReportOptions) -> None:
    span = Span("a,b:c%.go", 0, 1)
    item = Diagnostic("GLC401", "n", Severity.ERROR, span, "100% of a:b, c")
    (line,) = _lines(Report((item,), (), (), {span.path: b"x"}), options)
    assert line == (
        "::error file=a%2Cb%3Ac%25.go,line=1,endLine=1,col=1,endColumn=1,title=GLC401 n"
        "::100%25 of a:b, c"
    )


def _many(errors: int, warnings: int, notes: int, template: Diagnostic) -> Report:
    kinds = [Severity.NOTE] * notes + [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    items = tuple(replace(template, severity=severity) for severity in kinds)
    return Report(items, (), (), {template.span.path: b"x\n" * 5})


PLAIN = Diagnostic("GLC401", "n", Severity.NOTE, Span("a.go", 0, 1), "m")


def test_ten_of_each_level_without_a_notice(options: ReportOptions) -> None:
    lines = _lines(_many(10, 10, 10, PLAIN), options)
    assert len(lines) == 30
    assert [line.split(" ")[0] for line in lines] == (
        ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    )


def test_more_than_ten_are_counted_in_a_closing_notice(options: ReportOptions) -> None:
    lines = _lines(_many(25, 3, 12, PLAIN), options)
    kinds = [line.split(" ")[0].split("::")[1] for line in _commands(lines)]
    assert kinds.count("error") == 10
    assert kinds.count("warning") == 3
    assert kinds.count("notice") == 10
    assert "18 of 40 findings" in lines[-1]
    group = lines[lines.index("::group::18 more findings") + 1 : lines.index("::endgroup::")]
    assert len(group) == 18
    assert all(line.startswith("  a.go:1:1: GLC401") for line in group)


def test_hostile_text_starts_no_command(hostile: Report, options: ReportOptions) -> None:
    lines = _lines(hostile, options)
    assert len(lines) == 1
    assert re.fullmatch(r"::error file=[^,:]*,line=1,endLine=1,[^:]*::.*", lines[0])
    assert "\x1b" not in lines[0]


def test_hostile_text_in_the_group_starts_no_command(
    hostile: Report, options: ReportOptions
) -> None:
    (item,) = hostile.diagnostics
    report = replace(hostile, diagnostics=(item,) * 12)
    lines = _lines(report, options)
    assert len(lines) == 10 + 1 + 2 + 1 + 1
    group = lines[11:13]
    assert _commands(group) == []
    assert not any("::" in line or "##[" in line for line in group)


def test_clean_run_says_nothing(options: ReportOptions) -> None:
    assert _lines(Report((), (), ()), options) == []

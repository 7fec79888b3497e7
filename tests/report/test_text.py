"""Text for people and terminals: right places, right carets, and nothing that acts."""

from __future__ import annotations

import re
from dataclasses import replace

from golint_concurrency.diagnostic import Diagnostic, Edit, Fix, Report, Severity, Span
from golint_concurrency.report import ReportOptions, render
from golint_concurrency.report.summary import sentence
from golint_concurrency.terminal import width

_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _one(content: bytes, start: int, end: int, **more: object) -> Report:
    item = Diagnostic("GLC401", "n", Severity.WARNING, Span("a.go", start, end), "m")
    return Report((replace(item, **more),), (), (), {"a.go": content})  # type: ignore[arg-type]


def test_concise_lines(usual: Report, options: ReportOptions) -> None:
    lines = render("concise", usual, options).decode().splitlines()
    assert lines == [
        "pkg/a.go:5:32: GLC401 warning: each turn of the loop makes a timer; use time.NewTimer "
        "(time-after-in-loop)",
        "pkg/b.go:3:1: GLC105 note: a panic here ends the process (goroutine-without-recover)",
        "pkg/b.go:5:32: GLC401 error: each turn of the loop makes a timer; use time.NewTimer "
        "(time-after-in-loop)",
    ]
    assert render("text", usual, options) == render("concise", usual, options)


def test_source_carets_related_and_fix(usual: Report, options: ReportOptions) -> None:
    shown = render("text", usual, replace(options, show_source=True)).decode()
    assert shown.startswith(
        "pkg/a.go:5:32: GLC401 warning: each turn of the loop makes a timer; use time.NewTimer "
        "(time-after-in-loop)\n"
        "5 |         select { /* é😀 */ case <-time.After(d):\n"
        "  |                                   ^^^^^^^^^^^^^\n"
        "  = pkg/a.go:4:2: the loop [starts] here\n"
        "  = 1. pkg/a.go:4:2: the loop turns\n"
        "  = 2. pkg/a.go:5:32: a timer is made\n"
        "  = fix: make one timer (--fix --unsafe-fixes)\n"
        "\n"
    )


def test_carets_stand_under_what_they_mean(options: ReportOptions) -> None:
    content = '\t世界 := "\x1b[0m" + bad() // é\r\n'.encode()
    start = content.index(b"bad()")
    shown = render("text", _one(content, start, start + 5), replace(options, show_source=True))
    _, source, carets = shown.decode().splitlines()[:3]
    column = carets.index("^")
    assert carets.count("^") == 5
    assert width(source[: source.index("bad()")]) == column
    assert "\\x1b[0m" in source
    assert source.endswith("// é")


def test_span_of_many_lines_marks_the_first(options: ReportOptions) -> None:
    content = b"package p\nfunc f() {\n}\n"
    shown = render("text", _one(content, 10, len(content)), replace(options, show_source=True))
    assert shown.decode().splitlines()[1:3] == ["2 | func f() {", "  | ^^^^^^^^^^"]


def test_empty_span_and_empty_line(options: ReportOptions) -> None:
    shown = render("text", _one(b"ab\n\nc", 1, 1), replace(options, show_source=True))
    assert shown.decode().splitlines()[1:3] == ["1 | ab", "  |  ^"]
    shown = render("text", _one(b"ab\n\nc", 3, 3), replace(options, show_source=True))
    assert shown.decode().splitlines() == ["a.go:2:1: GLC401 warning: m (n)", ""]


def test_unknown_source_is_no_error(options: ReportOptions) -> None:
    report = replace(_one(b"", 40, 50), sources={})
    for format in ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"):
        assert render(format, report, replace(options, show_source=True))


def test_huge_line_is_cut(options: ReportOptions) -> None:
    content = ("é" * 100_000 + "bad()" + "é" * 100_000).encode()
    start = content.index(b"bad")
    report = _one(content, start, start + 5)
    shown = render("text", report, replace(options, show_source=True)).decode()
    _, source, carets = shown.splitlines()[:3]
    assert len(source) < 300
    assert source.startswith("1 | ...")
    assert source.endswith("...")
    assert source[carets.index("^") :].startswith("bad()")
    whole = render("text", _one(content, 0, len(content)), replace(options, show_source=True))
    assert len(whole) < 3000


def test_byte_order_mark_is_not_shown(options: ReportOptions) -> None:
    content = b"\xef\xbb\xbfpackage p\n"
    shown = render("text", _one(content, 3, 10), replace(options, show_source=True)).decode()
    assert shown.splitlines()[1:3] == ["1 | package p", "  | ^^^^^^^"]


def test_hostile_text_cannot_act(hostile: Report, options: ReportOptions) -> None:
    for show in (False, True):
        shown = render("text", hostile, replace(options, show_source=show)).decode()
        assert not _UNSAFE.search(shown)
        headings = [line for line in shown.splitlines() if re.search(r":\d+:\d+: GLC", line)]
        assert len(headings) == 1
        assert headings[0].startswith("x\\n::error file=a.go,line=1::pwned\\r\\n\\x1b]0;owned\\x07")
        if not show:
            assert len(shown.splitlines()) == 1


def test_colour_only_when_asked(usual: Report, options: ReportOptions) -> None:
    plain = render("text", usual, replace(options, show_source=True)).decode()
    colored = render("text", usual, replace(options, show_source=True, color=True)).decode()
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain
    assert "\x1b[1;31merror\x1b[0m" in colored


def test_closing_sentence(usual: Report) -> None:
    assert sentence(usual) == (
        "3 findings (1 error, 1 warning, 1 note) in 3 files, 1.25 s. "
        "2 more can be fixed with --fix --unsafe-fixes."
    )
    assert sentence(Report((), (), (), files=1)) == "No findings in 1 file, 0.00 s."
    span = Span("a.go", 0, 1)
    fix = Fix("f", (Edit(span, ""),))
    one = Diagnostic("GLC401", "n", Severity.ERROR, span, "m", fixes=(fix,))
    assert sentence(Report((one,), (), (), files=2, duration=0.5)) == (
        "1 finding (1 error) in 2 files, 0.50 s. 1 can be fixed with --fix."
    )

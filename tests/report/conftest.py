"""Reports that the tests of all formats share: a usual one and a hostile one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from golint_concurrency.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Precision,
    Problem,
    Related,
    Report,
    RuleInfo,
    Severity,
    Span,
    Step,
    Suppressed,
)
from golint_concurrency.report import ReportOptions

SOURCE = """package p

func (s *Server) wait(d time.Duration) {
	for { // 世界 😀
		select { /* é😀 */ case <-time.After(d):
			return
		}
	}
}
""".encode()

# A file name that tries a workflow command, a second finding, an escape sequence and markup.
HOSTILE_PATH = os.fsdecode(
    b"x\n::error file=a.go,line=1::pwned\r\n\x1b]0;owned\x07<b>&\"'\xff]]>,:%0A\xe2\x80\xae.go"
)
HOSTILE_MESSAGE = (
    "bad [click](https://evil.example) \n::warning::pwned\x1b[31m <script>alert(1)</script> ]]> "
    "##[error]x\u2028y\x00z\u202e"
)
HOSTILE_SOURCE = b"\x1b[2J\t\xff\xfe<evil>&\r\x07" + b"::error::boo ##[error]boo\n" * 2


def span(path: str, content: bytes, text: str) -> Span:
    """The first place of `text` in `content`."""
    start = content.index(text.encode())
    return Span(path, start, start + len(text.encode()))


RULES = (
    RuleInfo(
        id="GLC401",
        name="time-after-in-loop",
        summary="time.After in a loop keeps a timer for each turn",
        severity=Severity.WARNING,
        precision=Precision.HIGH,
        explanation="Each call makes a timer.\n\nUnder load they pile up.",
        source="S1",
        since_go="1.0",
        tags=tuple(f"tag{number}" for number in range(20)),
    ),
    RuleInfo(
        id="GLC105",
        name="goroutine-without-recover",
        summary="a panic in a goroutine ends the process",
        severity=Severity.NOTE,
        precision=Precision.MEDIUM,
        explanation="",
        enabled=False,
    ),
)


def finding(
    path: str = "pkg/a.go", rule: str = "GLC401", severity: Severity = Severity.WARNING
) -> Diagnostic:
    """A finding in SOURCE that has everything a finding can have."""
    return Diagnostic(
        rule=rule,
        name="time-after-in-loop",
        severity=severity,
        span=span(path, SOURCE, "time.After(d)"),
        message="each turn of the loop makes a timer; use time.NewTimer",
        symbol="(*Server).wait",
        related=(Related(span(path, SOURCE, "for"), "the loop [starts] here"),),
        flow=(
            Step(span(path, SOURCE, "for"), "the loop turns"),
            Step(span(path, SOURCE, "time.After(d)"), "a timer is made"),
        ),
        fixes=(
            Fix(
                "make one timer",
                (
                    Edit(span(path, SOURCE, "time.After(d)"), "t.C"),
                    Edit(Span(path, SOURCE.index(b"\tfor"), SOURCE.index(b"\tfor")), "\tt := 1\n"),
                ),
                safe=False,
            ),
        ),
    )


@pytest.fixture
def usual() -> Report:
    """Three findings in two files, two problems, one accepted finding."""
    whole = Diagnostic(
        "GLC105",
        "goroutine-without-recover",
        Severity.NOTE,
        Span("pkg/b.go", SOURCE.index(b"func"), len(SOURCE)),
        "a panic here ends the process",
    )
    error = finding("pkg/b.go", severity=Severity.ERROR)
    return Report(
        diagnostics=(finding(), whole, error),
        problems=(
            Problem("pkg/c.go", "cannot be read"),
            Problem("", "a limit was reached", fatal=False),
        ),
        rules=RULES,
        sources={"pkg/a.go": SOURCE, "pkg/b.go": SOURCE},
        files=3,
        duration=1.25,
        suppressed=(Suppressed(finding("pkg/b.go"), "inSource", "measured: never hot"),),
    )


@pytest.fixture
def hostile() -> Report:
    """Every text that a repository can influence tries to break out."""
    place = Span(HOSTILE_PATH, HOSTILE_SOURCE.index(b"<evil>"), HOSTILE_SOURCE.index(b"&"))
    item = Diagnostic(
        rule="GLC401",
        name="time-after-in-loop",
        severity=Severity.ERROR,
        span=place,
        message=HOSTILE_MESSAGE,
        symbol=HOSTILE_MESSAGE,
        related=(Related(place, HOSTILE_MESSAGE),),
        flow=(Step(place, HOSTILE_MESSAGE),),
        fixes=(Fix(HOSTILE_MESSAGE, (Edit(place, HOSTILE_MESSAGE),)),),
    )
    return Report(
        diagnostics=(item,),
        problems=(Problem(HOSTILE_PATH, HOSTILE_MESSAGE),),
        rules=RULES,
        sources={HOSTILE_PATH: HOSTILE_SOURCE},
        files=1,
        suppressed=(Suppressed(item, "inSource", HOSTILE_MESSAGE),),
    )


@pytest.fixture
def options(tmp_path: Path) -> ReportOptions:
    """A repository root that is also the current directory."""
    return ReportOptions(root=tmp_path, cwd=tmp_path, rule_url="https://example.org/{name}")

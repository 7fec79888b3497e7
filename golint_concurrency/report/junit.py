"""JUnit's XML, for continuous integration that shows test results and nothing else.

Each file with findings is a test suite and each finding a test that failed; what went wrong in
the run is an error. A run with nothing to say is one test that passed, because many readers
take a report without tests for a broken one.
"""

from __future__ import annotations

from itertools import groupby

from golint_concurrency.diagnostic import Report
from golint_concurrency.report.concise import where
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.xml import HEADER, attributes, text

_NAME = "golint-concurrency"


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as test suites."""
    places = Places(report, options)
    fatal = [problem for problem in report.problems if problem.fatal]
    suites = []
    for path, found in groupby(report.diagnostics, key=lambda item: item.span.path):
        items = list(found)
        suites.append(
            f"  <testsuite{attributes(name=path, tests=len(items), failures=len(items), errors=0)}>"
        )
        for item in items:
            place = where(item.span, places)
            case = attributes(name=f"{item.rule} {item.name} at {place}", classname=path)
            failure = attributes(type=item.severity.label, message=item.message)
            suites.append(f"    <testcase{case}>")
            suites.append(f"      <failure{failure}>{text(place)}: {text(item.message)}</failure>")
            suites.append("    </testcase>")
        suites.append("  </testsuite>")
    if fatal:
        head = attributes(name=_NAME, tests=len(fatal), failures=0, errors=len(fatal))
        suites.append(f"  <testsuite{head}>")
        for problem in fatal:
            case = attributes(name=problem.path or _NAME, classname=_NAME)
            suites.append(f"    <testcase{case}>")
            suites.append(f"      <error{attributes(message=problem.message)}/>")
            suites.append("    </testcase>")
        suites.append("  </testsuite>")
    if not suites:
        suites.append(f"  <testsuite{attributes(name=_NAME, tests=1, failures=0, errors=0)}>")
        suites.append(f"    <testcase{attributes(name='no findings', classname=_NAME)}/>")
        suites.append("  </testsuite>")
    total = attributes(
        name=_NAME,
        tests=len(report.diagnostics) + len(fatal) or 1,
        failures=len(report.diagnostics),
        errors=len(fatal),
    )
    lines = [HEADER.rstrip(), f"<testsuites{total}>", *suites, "</testsuites>"]
    return ("\n".join(lines) + "\n").encode()

"""Suppressions: every form that people know, what each covers, and what is said of idle ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from golint_concurrency import cli

HEAD = 'package p\n\nimport "net/http"\n\n'


def run(
    tmp_path: Path, source: str, capsys: pytest.CaptureFixture[str], *options: str
) -> list[tuple[int, str]]:
    """Line and rule of each finding in `source`."""
    return [
        (item["start"]["line"], item["rule"]) for item in report(tmp_path, source, capsys, *options)
    ]


def report(
    tmp_path: Path, source: str, capsys: pytest.CaptureFixture[str], *options: str
) -> list[dict[str, Any]]:
    file = tmp_path / "a.go"
    file.write_text(source, encoding="utf-8")
    cli.main(["check", str(file), "--isolated", "--format", "json", "-q", *options])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["diagnostics"]
    return found


BAD = "var t = &http.Transport{}"


@pytest.mark.parametrize(
    "line",
    [
        f"{BAD} //nolint",
        f"{BAD} //nolint:all // measured",
        f"{BAD} // nolint",
        f"{BAD} //nolint:errcheck,GLC601 // measured",
        f"{BAD} //nolint:unconfigured-transport",
        f"{BAD} //nolint:golint-concurrency",
        f"{BAD} //glc:ignore GLC601 measured",
        f"{BAD} //glc:ignore GLC6 measured",
        f"//glc:ignore GLC601 measured\n{BAD}",
        f"//glc:ignore unconfigured-transport,GLC401 measured\n{BAD}",
        f"//lint:ignore GLC601 measured\n{BAD}",
        f"//nolint:GLC601 // measured\n{BAD}",
        f"//glc:ignore GLC601 measured\n// A word about it.\n{BAD}",
        f"//glc:file-ignore GLC601 measured\n\n{BAD}",
        f"//lint:file-ignore GLC601 measured\n\n{BAD}",
    ],
)
def test_accepted(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, HEAD + line + "\n", capsys, "--ignore", "GLC001") == []
    assert run(tmp_path, HEAD + line + "\n", capsys, "--no-suppressions") != []


@pytest.mark.parametrize(
    "line",
    [
        f"{BAD} //nolint:errcheck",
        f"{BAD} // nolintfoo",
        f"{BAD} //nolint:G",
        f"{BAD} //glc:ignore GLC401 another rule",
        f'var s = "//nolint"; {BAD}',
        f"{BAD} /* nolint */",
        f"//lint:ignore SA1000 another tool\n{BAD}",
        f"//glc:ignore GLC601 too far away\nvar x = 1\n{BAD}",
    ],
)
def test_not_accepted(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(tmp_path, HEAD + line + "\n", capsys, "--ignore", "GLC001")
    assert [rule for _, rule in found] == ["GLC601"]


def test_nolint_on_the_first_line_of_a_function_covers_all_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "\n\tuse(&http.Transport{})\n\tuse(&http.Transport{})\n}\n\nfunc use(any) {}\n"
    for text in (f"func f() {{ //nolint:GLC601{body}", f"//nolint:GLC601\nfunc f() {{{body}"):
        assert run(tmp_path, HEAD + text, capsys) == []
    # Ours is for a line, as staticcheck's.
    text = f"func f() {{ //glc:ignore GLC601 just here{body}"
    assert [rule for _, rule in run(tmp_path, HEAD + text, capsys)] == [
        "GLC001",
        "GLC601",
        "GLC601",
    ]


def test_nolint_on_the_package_line_covers_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = HEAD.replace("package p", "package p //nolint:GLC601") + BAD + "\n"
    assert run(tmp_path, source, capsys) == []


def test_unused_is_reported_and_removed_by_its_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = HEAD + "var c = http.NoBody //glc:ignore GLC601 long gone\n"
    (found,) = report(tmp_path, source, capsys)
    assert found["rule"] == "GLC001"
    assert found["fixes"]


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("//nolint", []),  # another linter's, for all we know
        ("//nolint:errcheck", []),
        ("//glc:ignore GLC999 typo", ["GLC001"]),
        ("//glc:ignore", ["GLC001"]),
        ("//nolint:GLC601", ["GLC001"]),
        ("//nolint:golint-concurrency", ["GLC001"]),
    ],
)
def test_what_counts_as_unused(
    directive: str, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = HEAD + f"var c = http.NoBody {directive}\n"
    assert [rule for _, rule in run(tmp_path, source, capsys)] == expected


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("//nolint:glc601", ["GLC001"]),
        ("//nolint:unconfigured-transport // why", ["GLC001"]),
        ("//glc:ignore", ["GLC001"]),
        ("//nolint:G // of gosec", []),
        ("//nolint:gl", []),
    ],
)
def test_unused_where_no_rule_looks(
    directive: str, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = f"package p\n\nvar x = 1 {directive}\n"
    assert [rule for _, rule in run(tmp_path, source, capsys)] == expected


def test_a_rule_that_did_not_run_leaves_its_suppressions_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = HEAD + f"{BAD} //glc:ignore GLC601 measured\n"
    assert run(tmp_path, source, capsys, "--ignore", "GLC601") == []


def test_a_reason_is_asked_for_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = HEAD + f"{BAD} //glc:ignore GLC601\n"
    assert run(tmp_path, source, capsys) == []
    assert run(tmp_path, source, capsys, "--select", "DEFAULT,GLC003") == [(5, "GLC003")]


def test_sarif_carries_them_on_request_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.go"
    file.write_text(HEAD + f"{BAD} //glc:ignore GLC601 measured\n", encoding="utf-8")
    options = ["check", str(file), "--isolated", "--format", "sarif", "-q"]
    cli.main(options)
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"] == []
    cli.main([*options, "--sarif-include-suppressed"])
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "measured"}]

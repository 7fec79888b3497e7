"""The aspect for Bazel, as far as that can be tested without Bazel."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from tests.command import COMMAND
from tests.linting import ROOT
from tests.test_bad_input import MISTAKE

TEXT = (ROOT / "integrations" / "bazel" / "defs.bzl").read_text()


def constants() -> list[str]:
    """All strings in the file, which is read as Python: Starlark is a part of it."""
    return [
        node.value
        for node in ast.walk(ast.parse(TEXT))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_nothing_is_used_that_starlark_lacks() -> None:
    lacking = (ast.Try, ast.While, ast.ClassDef, ast.With, ast.Import, ast.JoinedStr, ast.Yield)
    assert not [node for node in ast.walk(ast.parse(TEXT)) if isinstance(node, lacking)]


@pytest.mark.parametrize(
    ("fails_at", "source", "code", "kept"),
    [(2, MISTAKE, 0, "1"), (1, MISTAKE, 1, "1"), (1, "package p\n", 0, "0"), (2, None, 2, "2")],
)
def test_the_command_of_the_action(
    tmp_path: Path, fails_at: int, source: str | None, code: int, kept: str
) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    if source is not None:
        (tmp_path / "a.go").write_text(source)
    options = [text for text in constants() if text.startswith("--") and len(text.split()) == 1]
    flags = [text for text in options if text not in ("--output", "--config")]
    assert "--isolated" in flags
    (command,) = [text for text in constants() if '"$1"' in text]
    done = subprocess.run(
        ["bash", "-c", command % fails_at, "bash", COMMAND, "out.txt", "out.code", "check", *flags,
         "--output", "sarif=out.sarif", "a.go"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert (tmp_path / "out.code").read_text().strip() == kept
    assert (tmp_path / "out.sarif").exists()
    assert ("GLC401" in (tmp_path / "out.txt").read_text()) == (kept == "1")

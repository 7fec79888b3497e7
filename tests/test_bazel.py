"""The aspect for Bazel: its text and its command, and run by a real Bazel where there is one.

That one is `bazel` on the PATH, what BAZEL names, or, in a run with `-m slow`, version 2.1.0 out of
the npm package @bazel/bazel-linux_x64, which needs no further download.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
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


# --- by Bazel itself

PACKAGE = "@bazel/bazel-linux_x64@2.1.0"
WORKSPACE = {
    "WORKSPACE": 'workspace(name = "w")\n',
    "BUILD.bazel": 'exports_files(["go.mod"])\n',
    "go.mod": "module example.com/m\n\ngo 1.22\n",
    "lib/BUILD.bazel": """\
load("//tools:go.bzl", "go_library", "go_other")

go_library(name = "bad", srcs = ["bad.go", "more.go"])
go_library(name = "good", srcs = ["more.go"])
go_library(name = "left_out", srcs = ["bad.go"], tags = ["no-lint"])
genrule(name = "made", srcs = ["bad.go"], outs = ["made.go"], cmd = "cp $< $@")
go_library(name = "generated", srcs = ["made.go"])
go_other(name = "other", srcs = ["bad.go"])
""",
    "lib/bad.go": MISTAKE,
    "lib/more.go": "package p\n",
    "tools/BUILD.bazel": """\
load(":go.bzl", "script")

script(name = "tool", visibility = ["//visibility:public"])
""",
    # Stand for those of rules_go, which have to be downloaded.
    "tools/go.bzl": f"""\
def _library(ctx):
    return [DefaultInfo(files = depset(ctx.files.srcs))]

go_library = rule(_library, attrs = {{"srcs": attr.label_list(allow_files = True)}})
go_other = rule(_library, attrs = {{"srcs": attr.label_list(allow_files = True)}})

def _script(ctx):
    made = ctx.actions.declare_file(ctx.label.name)
    text = "#!/bin/bash\\nexec {COMMAND} \\"$@\\"\\n"
    ctx.actions.write(made, text, is_executable = True)
    return [DefaultInfo(executable = made, files = depset([made]))]

script = rule(_script, executable = True)
""",
    "tools/linters.bzl": """\
load(":defs.bzl", "lint_golint_concurrency_aspect")

_TOOL = Label("//tools:tool")
_MOD = Label("//:go.mod")

lint = lint_golint_concurrency_aspect(binary = _TOOL, go_mod = _MOD)
strict = lint_golint_concurrency_aspect(binary = _TOOL, go_mod = _MOD, fail_on_findings = True)
""",
    "tools/defs.bzl": TEXT,
}

Bazel = Callable[..., "subprocess.CompletedProcess[str]"]


def installed(folder: Path) -> str:
    """The path of a Bazel; skips the test if there is none."""
    known = os.environ.get("BAZEL") or shutil.which("bazel")
    if known:
        return known
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no bazel on the PATH, and no npm to install it with")
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip(f"no bazel on the PATH, and {PACKAGE} is for Linux on x86_64 alone")
    done = subprocess.run(
        [
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            folder,
            PACKAGE,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    (found, *_) = [*folder.glob("node_modules/@bazel/bazel-linux_x64/bazel-*"), None]
    if found is None:
        pytest.skip(f"{PACKAGE} could not be installed: {done.stderr[-300:]}")
    found.chmod(0o755)
    return str(found)


@pytest.fixture(scope="module")
def bazel(tmp_path_factory: pytest.TempPathFactory) -> Bazel:
    top = tmp_path_factory.mktemp("bazel")
    tree = top / "tree"
    for name, text in WORKSPACE.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    path = installed(top / "npm")

    def build(aspect: str, group: str, *targets: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [path, "--batch", f"--output_user_root={top / 'root'}", "build", *targets,
             f"--aspects=//tools:linters.bzl%{aspect}", f"--output_groups={group}", "--color=no",
             f"--symlink_prefix={tree}/out-"],
            cwd=tree,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip

    build.tree = tree  # type: ignore[attr-defined]
    return build


def made(bazel: Bazel, name: str) -> Path:
    tree: Path = bazel.tree  # type: ignore[attr-defined]
    return tree / "out-bin" / "lib" / f"{name}"


@pytest.mark.slow
def test_bazel_builds_reports(bazel: Bazel) -> None:
    done = bazel("lint", "golint_concurrency_human,golint_concurrency_machine", "//lib:all")
    assert done.returncode == 0, done.stderr
    assert "lib/bad.go:9" in made(bazel, "bad.golint_concurrency.txt").read_text()
    assert made(bazel, "good.golint_concurrency.txt").read_text() == ""
    (run,) = json.loads(made(bazel, "bad.golint_concurrency.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["GLC401"]
    for name in ("left_out", "generated", "other"):
        assert not made(bazel, f"{name}.golint_concurrency.txt").exists(), name


@pytest.mark.slow
def test_bazel_keeps_exit_codes(bazel: Bazel) -> None:
    done = bazel("lint", "golint_concurrency_exit_code", "//lib:bad", "//lib:good")
    assert done.returncode == 0, done.stderr
    assert made(bazel, "bad.golint_concurrency.exit_code").read_text() == "1\n"
    assert made(bazel, "good.golint_concurrency.exit_code").read_text() == "0\n"


@pytest.mark.slow
def test_bazel_fails_where_findings_are_to_fail(bazel: Bazel) -> None:
    assert bazel("strict", "golint_concurrency_human", "//lib:good").returncode == 0
    done = bazel("strict", "golint_concurrency_human", "//lib:bad")
    assert done.returncode != 0
    assert "GLC401" in done.stderr

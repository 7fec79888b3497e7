"""`--statistics`, `--show-timing` and progress: on stderr, and only where they are wanted."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from golint_concurrency.progress import Progress
from tests.command import COMMAND, run

BAD = 'package %s\n\nimport "net/http"\n\nvar %s = &http.Transport{}\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "a.go").write_text(BAD % ("a", "one"))
    for name in ("b", "c"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        (tmp_path / "sub" / f"{name}.go").write_text(BAD % ("b", name))
    (tmp_path / "sub" / "d.go").write_text(
        'package b\n\nimport "net/http"\n\nfunc d() { _, _ = http.Get("https://example.com") }\n'
    )
    return tmp_path


def test_statistics(tree: Path) -> None:
    ran = run("./...", "--statistics", "--select", "GLC601,GLC603", cwd=tree)
    assert ran.code == 1
    assert len(ran.found) == 4
    assert ran.err.splitlines()[:-1] == [
        "by rule:",
        "  3  GLC601  unconfigured-transport  warning  3 by --fix",
        "  1  GLC603  default-client          warning  1 by --unsafe-fixes",
        "by package:",
        "  3  sub",
        "  1  .",
    ]


def test_statistics_of_nothing(tree: Path) -> None:
    ran = run("./...", "--statistics", "--select", "GLC101", "-q", cwd=tree)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_folder_name_that_acts(tree: Path) -> None:
    (tree / "x\x1b[2J\n").mkdir()
    (tree / "x\x1b[2J\n" / "a.go").write_text(BAD % ("x", "x"))
    ran = run("./...", "--statistics", "--select", "GLC601", cwd=tree)
    assert "  1  x\\x1b[2J\\n" in ran.err.splitlines()


@pytest.mark.parametrize("arguments", [(), ("--fix",), ("-j", "1")])
def test_timing(tree: Path, arguments: tuple[str, ...]) -> None:
    plain = run("./...", *arguments, cwd=tree)
    for path in tree.rglob("*.go"):
        path.write_bytes(path.read_bytes())
    ran = run("./...", "--show-timing", "--exit-zero", *arguments, cwd=tree)
    assert plain.code in (0, 1)
    assert "time (" not in plain.err
    lines = ran.err.splitlines()
    assert re.fullmatch(r"time \([0-9.]+ s in all processes\):", lines[0])
    named = [line.split("%", 1)[1].strip() for line in lines if "%" in line]
    assert named[:6] == ["read", "parse", "index", "lower", "other", "rules, of that:"]
    shares = [int(line.split()[1]) for line in lines[1:7]]
    assert 97 <= sum(shares) <= 103


def on_terminal(tree: Path, *arguments: str, **environ: str) -> bytes:
    """What a terminal as stderr gets to see."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *arguments],
        cwd=tree,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environ},
    )
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:
        pass  # Linux says so when the other end is closed
    process.wait()
    os.close(ours)
    return seen


def test_progress_of_a_long_run(tree: Path) -> None:
    function = (
        "func f%d(c chan int) {\n\tfor {\n\t\tselect {\n\t\tcase <-c:\n"
        "\t\tcase <-time.After(time.Minute):\n\t\t}\n\t}\n}\n"
    )
    for folder in range(6):
        (tree / f"p{folder}").mkdir()
        body = "".join(function % number for number in range(2_500))
        (tree / f"p{folder}" / "a.go").write_text(f'package p\n\nimport "time"\n\n{body}')
    seen = on_terminal(tree, "-j", "1", "--select", "GLC401")
    assert re.search(rb"\r\x1b\[K[0-9]+ of 10 files", seen)
    assert b"\r\x1b[K1 note" in seen or re.search(rb"files\r\x1b\[K[^\r]+ in 10 files", seen)
    assert b" of 10 files" not in on_terminal(tree, "-j", "1", "-q", "--select", "GLC401")


def test_no_progress_of_a_short_run(tree: Path) -> None:
    assert b"\x1b[K" not in on_terminal(tree, "./...")


def test_progress_is_written_over_and_goes_away() -> None:
    stream = io.StringIO()
    progress = Progress(stream, wait=0)
    progress.start(20)
    progress.advance(20)  # too soon to be shown
    progress.end()
    progress.end()
    assert stream.getvalue() == "\r\x1b[K0 of 20 files\r\x1b[K"
    quiet = io.StringIO()
    progress = Progress(quiet, wait=60)
    progress.start(20)
    progress.advance(10)
    progress.end()
    assert quiet.getvalue() == ""

"""What can be wrong around a run: baselines, unsaved work, full disks. Clear words, exit code 2,
and nothing half-written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest

from golint_concurrency.baseline import NAME as BASELINE
from golint_concurrency.config import NAME as CONFIG
from tests.command import COMMAND, Ran, run

BAD = 'package p\n\nimport "net/http"\n\nvar transport = &http.Transport{}\n'


def git(cwd: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        cwd=cwd,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository whose only commit holds a finding with a safe fix."""
    git(tmp_path, "init", "-q")
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(BAD)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "x")
    return tmp_path


def limited(cwd: Path, size: int, *arguments: str) -> Ran:
    """Run where no file may grow past `size` bytes: writes fail in the middle, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        # Python leaves a bytecode file cut off where it may not grow, for the runs after this one.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def content(tree: Path) -> dict[str, bytes]:
    """Everything in the tree but git's own."""
    return {
        str(path.relative_to(tree)): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


# --- unsaved work during --fix


def test_committed_and_staged_files_are_fixed(tree: Path) -> None:
    assert run("--fix", cwd=tree).code == 0
    (tree / "a.go").write_text(BAD.replace("transport", "other"))
    git(tree, "add", "-A")
    assert run("--fix", cwd=tree).code == 0
    assert b"IdleConnTimeout" in (tree / "a.go").read_bytes()


def test_changes_that_are_not_staged_are_not_mixed_with_fixes(tree: Path) -> None:
    (tree / "b.go").write_text(BAD.replace("transport", "b"))
    git(tree, "add", "-A")
    (tree / "a.go").write_text(BAD.replace("transport", "other"))
    before = content(tree)
    ran = run("--fix", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert content(tree) == before  # b.go neither: all or nothing
    assert "a.go: has changes that are not staged" in ran.err
    assert "--allow-dirty" in ran.err
    assert "nothing was fixed" in ran.err
    assert run("--diff", cwd=tree).code == 1  # a patch changes nothing
    assert run("--fix", "--allow-dirty", cwd=tree).code == 0
    assert b"IdleConnTimeout" in (tree / "a.go").read_bytes()


def test_files_that_git_does_not_know_are_not_fixed(tree: Path) -> None:
    for number in range(12):
        (tree / f"new{number}.go").write_text(BAD.replace("transport", f"t{number}"))
    before = content(tree)
    ran = run("--fix", cwd=tree)
    assert ran.code == 2
    assert content(tree) == before
    assert "new0.go: is not known to git" in ran.err
    assert "2 files more are like these" in ran.err


def test_a_dirty_file_without_fixes_is_nobody_s_business(tree: Path) -> None:
    (tree / "other.go").write_text("package p\n")
    assert run("--fix", cwd=tree).code == 0
    assert b"IdleConnTimeout" in (tree / "a.go").read_bytes()


def test_line_ends_are_no_change(tree: Path) -> None:
    (tree / "a.go").write_bytes(BAD.replace("\n", "\r\n").encode())
    assert run("--fix", cwd=tree).code == 0


def test_outside_of_a_repository_files_are_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.go").write_text(BAD)
    assert run("--fix", cwd=tmp_path).code == 0


# --- baselines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is no baseline"),
        (b"\xff\xfe\x00", "is no baseline"),
        (b"null", "it has no version"),
        (b'{"version": 1}', "finding 1 lacks"),
        (b'{"version": "1", "findings": []}', "it has no version"),
        (b'{"version": 99, "findings": [{"new": "form"}]}', "newer version"),
        (b'{"version": 1, "findings": [', "is no baseline"),
        (b"[" * 200_000, "is no baseline"),
        (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", "is no baseline"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("baseline", "update"), ("baseline", "prune")])
def test_baseline_that_cannot_be_used(
    tree: Path, text: bytes, said: str, command: tuple[str, ...]
) -> None:
    (tree / BASELINE).write_bytes(text)
    ran = run(*command, cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert (tree / BASELINE).read_bytes() == text


def test_baseline_that_is_no_file(tree: Path) -> None:
    os.mkfifo(tree / BASELINE)
    ran = run("--baseline", BASELINE, cwd=tree)
    assert ran.code == 2
    assert "not a regular file" in ran.err
    (tree / BASELINE).unlink()
    (tree / BASELINE).mkdir()
    assert run("--baseline", BASELINE, cwd=tree).code == 2
    assert run("baseline", "create", "--force", cwd=tree).code == 2
    assert list((tree / BASELINE).iterdir()) == []
    assert [path.name for path in tree.glob(".golint-concurrency-*")] == [BASELINE]


def test_baseline_in_a_folder_that_is_not_there(tree: Path) -> None:
    ran = run("baseline", "create", "--baseline", "no/such/baseline.json", cwd=tree)
    assert ran.code == 2
    assert "cannot be written: No such file or directory; nothing was changed" in ran.err


def test_unknown_rule_in_a_suppression(tree: Path) -> None:
    (tree / "a.go").write_text(BAD.rstrip() + " //glc:ignore GLC999,unconfigured why not\n")
    ran = run(cwd=tree)
    assert ran.code == 1
    assert [line.split()[1] for line in ran.found] == ["GLC601", "GLC001"]
    assert "names 'GLC999', 'unconfigured', which is no rule" in ran.out


# --- full disks


def test_full_disk_during_a_fix(tree: Path) -> None:
    (tree / "a.go").write_text(BAD + "// Padding.\n" * 400)
    git(tree, "add", "-A")
    before = content(tree)
    ran = limited(tree, 2048, "--fix")
    assert ran.code == 2
    assert "a.go: cannot be written: File too large; the file is as it was" in ran.err
    assert content(tree) == before


def test_full_disk_during_a_baseline(tree: Path) -> None:
    for number in range(60):
        (tree / f"f{number}.go").write_text(BAD.replace("transport", f"t{number}"))
    assert run("baseline", "create", "a.go", cwd=tree).code == 0
    before = content(tree)
    for arguments in (("baseline", "update"), ("baseline", "create", "--force")):
        ran = limited(tree, 2048, *arguments)
        assert ran.code == 2
        assert "cannot be written: File too large; nothing was changed" in ran.err
        assert content(tree) == before


@pytest.mark.parametrize("form", ["sarif", "json", "html", "text"])
def test_full_disk_during_a_report(tree: Path, form: str) -> None:
    (tree / "report").write_text("older")
    ran = limited(tree, 128, "--output", f"{form}=report")
    assert ran.code == 2
    assert "report: cannot be written: File too large" in ran.err
    assert (tree / "report").read_text() == "older"
    assert [path.name for path in tree.glob(".golint-concurrency-*")] == []


def test_full_disk_during_init(tree: Path) -> None:
    ran = limited(tree, 128, "init")
    assert ran.code == 2
    assert "cannot be written: File too large" in ran.err
    assert not (tree / CONFIG).exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--format", "sarif"), ("check", "--diff"), ("rules",), ("init", "--print"),
     ("explain", "GLC401"), ("config", "show"), ("debug", "cfg", "a.go")],
)  # fmt: skip
def test_full_standard_output(tree: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=tree,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("No space left on device") == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("arguments", [("check",), ("rules",), ("explain", "GLC401")])
def test_reader_that_goes_away(tree: Path, arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=tree,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_report_to_a_device_a_pipe_and_a_link(tree: Path) -> None:
    assert run("--output", "json=/dev/null", cwd=tree).code == 1
    (tree / "real.json").write_text("older")
    (tree / "link.json").symlink_to("real.json")
    assert run("--output", "json=link.json", cwd=tree).code == 1
    assert (tree / "link.json").is_symlink()
    assert json.loads((tree / "real.json").read_text())["version"] == 1

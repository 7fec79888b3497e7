"""Only what is new, in real repositories: commits, the index, diffs; and hostile ones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import COMMAND, Ran, run

HEAD = 'package p\n\nimport "net/http"\n\n'
ONE = "func one() {\n\tfor i := 0; i < 3; i++ { use(&http.Transport{}) }\n}\n\n"
TWO = "func two() {\n\tfor i := 0; i < 3; i++ { use(&http.Transport{Proxy: nil}) }\n}\n\n"
USE = "func use(any) {}\n"
PAD = "".join(f"// Line {number}.\nvar x{number} = {number}\n\n" for number in range(30))

WAIT = """package pool

import "net/http"

// Ping asks a backend.
func Ping(client *http.Client) error {
	response, err := client.Get("https://backend.example.com/")
	if err != nil {
		return err
	}
	return response.Body.Close()
}
"""
QUIET = """package pool

import "net/http"

// Ping asks nobody.
func Ping(client *http.Client) error {
	return nil
}
"""
HANDLER = """package web

import (
	"net/http"

	"example.com/m/pool"
)

type server struct{ client *http.Client }

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	go func() {
		_ = pool.Ping(s.client)
	}()
	w.WriteHeader(http.StatusAccepted)
}
"""


def git(cwd: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=True,
    ).stdout


def commit(tree: Path, message: str = "x") -> None:
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "--no-verify", "-m", message)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with one commit, whose a.go holds a mistake."""
    tree = tmp_path / "repo"
    tree.mkdir()
    git(tree, "init", "-q", "-b", "main")
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE)
    commit(tree)
    return tree


def check(tree: Path, *arguments: str, stdin: bytes = b"") -> Ran:
    return run("check", *arguments, "--select", "GLC601,GLC101", cwd=tree, stdin=stdin)


def refused(tree: Path, *arguments: str) -> str:
    ran = check(tree, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1 or "Usage:" in ran.err
    return ran.err


@pytest.fixture(params=["commit", "index", "diff"])
def way(request: pytest.FixtureRequest) -> str:
    """The ways to name the older state."""
    return str(request.param)


def new(tree: Path, way: str) -> Ran:
    """What is new since the last commit, asked in one of the ways."""
    if way == "index":
        git(tree, "add", "-A")
        return check(tree, "--staged")
    if way == "diff":
        git(tree, "add", "-A", "-N")
        return check(tree, "--diff-file", "-", stdin=git(tree, "diff", "HEAD"))
    return check(tree, "--new-from", "HEAD")


def test_nothing_new(tree: Path, way: str) -> None:
    assert check(tree).found == ["a.go:6 GLC601"]
    ran = new(tree, way)
    assert (ran.code, ran.out) == (0, "")
    assert "in 1 file " in ran.err


def test_one_new_finding_among_old_ones(tree: Path, way: str) -> None:
    (tree / "a.go").write_text(HEAD + "// Moved.\n\n" + ONE + PAD + TWO + USE)
    ran = new(tree, way)
    assert (ran.code, ran.found) == (1, ["a.go:102 GLC601"])
    assert "brought it about" not in ran.out


def test_the_same_text_once_more_is_told_by_its_line(tree: Path, way: str) -> None:
    twice = ONE.replace("{\n", "{\n\tuse(&http.Transport{})\n", 1)
    (tree / "a.go").write_text(HEAD + twice + PAD + USE)
    assert len(new(tree, way).found) == 1


def test_new_file(tree: Path, way: str) -> None:
    (tree / "b.go").write_text(HEAD + TWO)
    assert new(tree, way).found == ["b.go:6 GLC601"]


def test_renamed_file_and_moved_lines_make_nothing_new(tree: Path, way: str) -> None:
    (tree / "a.go").unlink()
    moved = HEAD + "// A word.\n\n" * 20 + PAD + ONE.replace("\tuse(&", "\t\tuse( & ") + USE
    (tree / "sub").mkdir()
    (tree / "sub" / "b.go").write_text(moved)
    ran = new(tree, way)
    assert (ran.code, ran.out) == (0, "")
    (tree / "sub" / "b.go").write_text(moved + "\n" + TWO)
    assert new(tree, way).found == ["sub/b.go:142 GLC601"]


def test_a_function_that_moved_to_another_file_is_not_new(tree: Path, way: str) -> None:
    (tree / "a.go").write_text(HEAD.replace('import "net/http"\n', "") + PAD + USE)
    (tree / "b.go").write_text(HEAD + ONE)
    assert new(tree, way).out == ""


def test_a_finding_elsewhere_that_the_change_caused(tree: Path, way: str) -> None:
    for name in ("pool", "web"):
        (tree / name).mkdir()
    (tree / "pool" / "pool.go").write_text(QUIET)
    (tree / "web" / "web.go").write_text(HANDLER)
    commit(tree)
    assert [line for line in check(tree).found if "web" in line] == []
    (tree / "pool" / "pool.go").write_text(WAIT)
    ran = new(tree, way)
    assert ran.found == ["web/web.go:12 GLC101"]
    assert "(new, though this line is as it was: the change in pool/pool.go" in ran.out
    git(tree, "checkout", "-q", "HEAD", "--", ".")


def test_the_changed_line_that_caused_a_finding_is_named(tree: Path) -> None:
    (tree / "client.go").write_text(
        'package p\n\nimport "net/http"\n\nvar client = &http.Client{}\n'
    )
    quiet = "package p\n\nfunc send() {\n}\n"
    (tree / "send.go").write_text(quiet)
    commit(tree)
    calls = '\tr, err := client.Get("https://example.com/")\n\tif err == nil {\n'
    (tree / "send.go").write_text(
        quiet.replace("{\n}", "{\n" + calls + "\t\tr.Body.Close()\n\t}\n}")
    )
    git(tree, "add", "-A")
    ran = run("--staged", "--select", "GLC602", "--show-source", cwd=tree)
    assert "client.go:5:15: GLC602" in ran.out
    assert (
        "(new, though this line is as it was: the change in send.go:4 brought it about)" in ran.out
    )
    assert " = send.go:4:21: " in ran.out or " = send.go:4:12: " in ran.out
    assert str(tree) not in ran.out


def test_a_new_go_version_concerns_the_whole_module(tree: Path) -> None:
    loop = (
        'package p\n\nimport "time"\n\nfunc f(c chan int) {\n\tfor {\n\t\tselect {\n'
        "\t\tcase <-c:\n\t\tcase <-time.After(time.Minute):\n\t\t}\n\t}\n}\n"
    )
    (tree / "t.go").write_text(loop)
    commit(tree)
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.23\n")
    ran = run("--new-from", "HEAD", "--select", "GLC401", cwd=tree)
    assert ran.found == []  # it was known before, if with another level
    (tree / "t.go").write_text(loop.replace("time.After", "time.Tick"))
    commit(tree)
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    ran = run("--new-from", "HEAD", "--select", "GLC403", cwd=tree)
    assert ran.found == ["t.go:9 GLC403"]
    assert "the change in go.mod brought it about" in ran.out


def test_only_packages_that_can_see_the_change_are_linted(tree: Path) -> None:
    (tree / "far").mkdir()
    (tree / "far" / "far.go").write_text("package far\n")
    commit(tree)
    (tree / "far" / "far.go").write_text(HEAD.replace("package p", "package far") + ONE + USE)
    assert check(tree, "--new-from", "HEAD").found == ["far/far.go:6 GLC601"]
    assert check(tree, "--new-from", "HEAD", "a.go").found == []


def test_the_index_counts_and_not_the_disk(tree: Path) -> None:
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE + TWO)
    git(tree, "add", "a.go")
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE)
    (tree / "new.go").write_text(HEAD + TWO.replace("two", "three"))
    assert check(tree, "--staged").found == ["a.go:101 GLC601"]
    assert check(tree, "--new-from", "HEAD").found == ["new.go:6 GLC601"]


def test_since_the_branch_left(tree: Path) -> None:
    git(tree, "checkout", "-q", "-b", "topic")
    (tree / "b.go").write_text(HEAD + TWO)
    commit(tree)
    git(tree, "checkout", "-q", "main")
    (tree / "a.go").write_text(HEAD.replace('import "net/http"\n', "") + PAD + USE)
    commit(tree)
    git(tree, "checkout", "-q", "topic")
    assert check(tree, "--new-from", "main").found == ["a.go:6 GLC601", "b.go:6 GLC601"]
    assert check(tree, "--new-from", "main...").found == ["b.go:6 GLC601"]


@pytest.mark.parametrize("how", [["-a"], ["a.go"], ["--amend", "-a"]])
def test_in_a_hook_of_git(tree: Path, how: list[str]) -> None:
    hook = tree / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {COMMAND} check --staged --select GLC601 --format concise\n")
    hook.chmod(0o755)
    (tree / "b.go").write_text(HEAD + TWO.replace("two", "three"))  # not part of the commit
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE + TWO)
    arguments = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "y"]
    done = subprocess.run([*arguments, *how], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "a.go:101:32: GLC601" in said
    assert said.count("GLC601") == 1
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE)
    if "--amend" not in how:
        (tree / "a.go").write_text(HEAD + ONE + PAD + "// Fine.\n" + USE)
        done = subprocess.run(
            [*arguments, *how], cwd=tree, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_in_a_linked_work_tree_and_below_the_root(tree: Path, tmp_path: Path) -> None:
    git(tree, "worktree", "add", "-q", str(tmp_path / "linked"))
    linked = tmp_path / "linked"
    (linked / "sub").mkdir()
    (linked / "sub" / "b.go").write_text(HEAD + TWO + USE)
    assert check(linked / "sub", "--new-from", "HEAD").found == ["b.go:6 GLC601"]
    link = tmp_path / "by-link"
    link.symlink_to(linked)
    ran = check(link, "--new-from", "main")
    assert ran.found == ["sub/b.go:6 GLC601"]
    ran = run("check", str(link / "sub"), "--new-from", "main", "--select", "GLC601", cwd=tmp_path)
    assert len(ran.found) == 1


def test_with_a_baseline(tree: Path) -> None:
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE + TWO)
    assert run("baseline", "create", cwd=tree).code == 0
    assert check(tree, "--new-from", "HEAD").found == []


def test_line_ends_of_the_disk_change_nothing(tree: Path) -> None:
    content = (tree / "a.go").read_bytes().replace(b"\n", b"\r\n")
    (tree / "a.go").write_bytes(content)
    assert check(tree, "--new-from", "HEAD").found == []
    (tree / "a.go").write_bytes(content + TWO.replace("\n", "\r\n").encode())
    assert check(tree, "--new-from", "HEAD").found == ["a.go:101 GLC601"]


def test_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.go").write_text(HEAD + ONE + USE)
    git(tmp_path, "add", "-A")
    assert check(tmp_path, "--staged").found == ["a.go:6 GLC601"]
    assert "there is no commit yet" in refused(tmp_path, "--new-from", "HEAD")


def test_submodules_are_left_out_and_named(tree: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "o.go").write_text(HEAD + ONE + USE)
    commit(other)
    git(tree, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    commit(tree)
    (tree / "b.go").write_text(HEAD + TWO)
    ran = check(tree, "--new-from", "HEAD")
    assert ran.found == ["b.go:6 GLC601"]
    assert "sub/o.go: lies outside of what can be compared" in ran.err


# --- what cannot be


@pytest.mark.parametrize("revision", ["missing", "", "HEAD:a.go", "a b", "\x1b[31m", "...", "'"])
def test_no_such_revision(tree: Path, revision: str) -> None:
    said = refused(tree, "--new-from", revision)
    assert "--new-from" in said
    assert "no commit" in said or "is no revision" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("revision", ["--output=x", "-h", "--help", "-...", "--git-dir=/"])
def test_a_revision_that_looks_like_an_option(tree: Path, revision: str) -> None:
    assert "is no revision" in refused(tree, f"--new-from={revision}")
    assert not (tree / "x").exists()


def test_shallow_clone(tree: Path, tmp_path: Path) -> None:
    git(tree, "commit", "-q", "--allow-empty", "-m", "two")
    first = git(tree, "rev-parse", "HEAD^").decode().strip()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tree}", "shallow")
    said = refused(tmp_path / "shallow", "--new-from", first)
    assert "shallow clone" in said
    assert "fetch --unshallow" in said
    assert check(tmp_path / "shallow", "--new-from", "HEAD").code == 0


def test_not_a_repository(tmp_path: Path) -> None:
    (tmp_path / "a.go").write_text(HEAD)
    for option in (("--new-from", "HEAD"), ("--staged",)):
        assert "is not in a git repository" in refused(tmp_path, *option)


def test_without_git(tree: Path) -> None:
    ran = run("--staged", cwd=tree, PATH="")
    assert ran.code == 2
    assert "git is not installed" in ran.err


def test_unresolved_merge(tree: Path) -> None:
    git(tree, "checkout", "-q", "-b", "topic")
    (tree / "a.go").write_text(HEAD + TWO)
    commit(tree)
    git(tree, "checkout", "-q", "main")
    (tree / "a.go").write_text(HEAD + USE)
    commit(tree)
    subprocess.run(["git", "merge", "-q", "topic"], cwd=tree, check=False, capture_output=True)
    assert "merge conflicts" in refused(tree, "--staged")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--staged", "--new-from", "HEAD"), "exclude each other"),
        (("--staged", "--fix"), "cannot be combined with --fix"),
        (("--staged", "-"), "cannot be combined with -"),
    ],
)
def test_combinations(tree: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(tree, *arguments)


@pytest.mark.parametrize(
    ("diff", "said"),
    [
        (b"nonsense\n", "holds no unified diff"),
        (b"--- a/a.go\n+++ b/a.go\n@@ -1,9 +1,9 @@\n x\n", "ends too early"),
        (b"--- a/a.go\n+++ b/a.go\n@@ nonsense @@\n", "not the head of a hunk"),
        (b"--- a/a.go\n+++ b/a.go\n@@ -1 +1 @@\n-x\n+y\n", "is not as the diff leaves it"),
        (b"--- a/../../a.go\n+++ b/../../a.go\n@@ -1 +1 @@\n-x\n+y\n", "lies outside"),
        (b"--- a/gone.go\n+++ b/gone.go\n@@ -1 +1 @@\n-x\n+y\n", "is not there"),
        (b"--- a/a.go\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n", "is still there"),
        (b"@@@ -1 -1 +1 @@@\n", "combined diff"),
        (b"--- a/a.go\n+++ b/a.go\n@@ -1 +999999999,2 @@\n-x\n+y\n+z\n", "not as the diff"),
    ],
)
def test_diff_that_cannot_be_used(tree: Path, diff: bytes, said: str) -> None:
    (tree / "x.diff").write_bytes(diff)
    assert said in refused(tree, "--diff-file", "x.diff")
    assert "cannot be read" in refused(tree, "--diff-file", "missing.diff")


def test_an_empty_diff_brings_nothing(tree: Path) -> None:
    (tree / "x.diff").write_bytes(b"")
    assert check(tree, "--diff-file", "x.diff").code == 0


def test_diff_with_odd_names_and_no_last_line_end(tree: Path) -> None:
    (tree / 'od"d\u00e9.go').write_text(HEAD + ONE.replace("one", "odd").rstrip())
    commit(tree)
    (tree / 'od"d\u00e9.go').write_text(HEAD + "// Moved.\n" + ONE.replace("one", "odd") + TWO)
    for style in ((), ("--no-prefix",), ("--src-prefix=i/", "--dst-prefix=w/"), ("-U0",)):
        ran = check(tree, "--diff-file", "-", stdin=git(tree, "diff", *style))
        assert [line.rsplit(":", 1)[1] for line in ran.found] == ["11 GLC601"]


# --- hostile repositories


def test_nothing_in_the_repository_is_run(tree: Path) -> None:
    trap = tree / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tree}/sprung\ncat\n")
    trap.chmod(0o755)
    for hook in ("post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman"):
        path = tree / ".git" / "hooks" / hook
        path.write_text(trap.read_text())
        path.chmod(0o755)
    (tree / ".gitattributes").write_text("*.go diff=evil filter=evil merge=evil\n")
    for key, value in {
        "diff.external": str(trap),
        "diff.evil.command": str(trap),
        "diff.evil.textconv": str(trap),
        "filter.evil.clean": str(trap),
        "filter.evil.smudge": str(trap),
        "filter.evil.process": str(trap),
        "core.fsmonitor": str(trap),
        "core.hooksPath": str(tree / ".git" / "hooks"),
        "core.pager": str(trap),
        "core.sshCommand": str(trap),
        "core.editor": str(trap),
        "core.askPass": str(trap),
        "pager.diff": str(trap),
        "alias.ls-tree": f"!{trap}",
        "alias.rev-parse": f"!{trap}",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        git(tree, "config", key, value)
    git(tree, "config", "core.repositoryformatversion", "1")
    (tree / "a.go").write_text(HEAD + ONE + PAD + USE + TWO)
    (tree / "sprung").unlink(missing_ok=True)
    for arguments in (("--new-from", "HEAD"), ("--new-from", "missing"), ("--staged",)):
        assert check(tree, *arguments).code in (0, 1, 2)
    assert check(tree, "--new-from", "HEAD").found == ["a.go:101 GLC601"]
    assert not (tree / "sprung").exists()


def test_an_object_that_is_not_here_is_not_fetched(tree: Path, tmp_path: Path) -> None:
    (tree / "a.go").write_text(HEAD + TWO)
    commit(tree)
    git(tree, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{tree}", "partial")
    said = refused(tmp_path / "partial", "--new-from", "HEAD^")
    assert "is not here" in said or "partial clone" in said


def test_file_names_with_line_breaks(tree: Path) -> None:
    name = "x\n100644 blob 0\ta\x1b.go"
    (tree / name).write_text(HEAD + TWO)
    commit(tree)
    assert check(tree, "--new-from", "HEAD").found == []
    (tree / name).write_text(HEAD + TWO + TWO.replace("two", "three"))
    assert len(check(tree, "--new-from", "HEAD").found) == 1
    assert os.path.lexists(tree / name)

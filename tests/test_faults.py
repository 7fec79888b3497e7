"""What goes wrong from outside in the middle of a run: kills, full disks, others at work.

The result is right or the error clear, and source is as it was or as it should be, never between.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from golint_concurrency.cache import Cache
from tests.command import COMMAND, Ran, run

BAD = 'package p\n\nimport "net/http"\n\nvar transport = &http.Transport{}\n'
FILES = 8

KILLER = """
import os, sys
_main = {main!r}
_seen = 0
def _hook(event, arguments):
    global _seen
    if event == {event!r} and {name!r} in str(arguments[0]):
        if _main == "child" and os.getppid() != int(os.environ["TESTS_PID"]) or _main == "any":
            _seen += 1
            if _seen == {number!r} and not os.path.exists({flag!r}):
                if {once!r}:
                    os.close(os.open({flag!r}, os.O_CREAT))
                os.kill(os.getpid(), 9)
sys.addaudithook(_hook)
"""


def dying(
    tree: Path,
    *arguments: str,
    event: str,
    name: str,
    number: int = 1,
    main: str = "any",
    once: bool = False,
) -> Ran:
    """Run the tool, which is killed at the `number`th event on a path with `name` in it.

    `main` "child": only processes that the tool started are. `once`: only the first of all.
    """
    scratch = tree.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    flag = scratch / "flag"
    flag.unlink(missing_ok=True)
    code = KILLER.format(
        main=main, event=event, name=name, number=number, flag=str(flag), once=once
    )
    (scratch / "sitecustomize.py").write_text(code)
    return run(*arguments, cwd=tree, PYTHONPATH=str(scratch), TESTS_PID=str(os.getpid()))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Files that all have a safe fix."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    for number in range(FILES):
        (folder / f"f{number}.go").write_text(BAD.replace("transport", f"t{number}"))
    return folder


def contents(tree: Path) -> list[str]:
    return [(tree / f"f{number}.go").read_text() for number in range(FILES)]


@pytest.fixture
def fixed(tree: Path) -> list[str]:
    """The files as they are when nothing goes wrong."""
    before = contents(tree)
    assert run("--fix", cwd=tree).code == 0
    after = contents(tree)
    for number, content in enumerate(before):
        (tree / f"f{number}.go").write_text(content)
    assert before != after
    return after


# --- kill -9


@pytest.mark.parametrize("number", [1, 3, FILES])
@pytest.mark.parametrize("event", ["tempfile.mkstemp", "os.chmod", "os.rename"])
def test_killed_in_the_middle_of_fixing(
    tree: Path, fixed: list[str], event: str, number: int
) -> None:
    before = contents(tree)
    name = str(tree) if event == "tempfile.mkstemp" else "golint-concurrency-"
    ran = dying(tree, "--fix", event=event, name=name, number=number)
    assert ran.code == -signal.SIGKILL
    now = contents(tree)
    done = [one == other for one, other in zip(now, fixed, strict=True)]
    assert done.count(True) == number - 1
    assert all(one in (a, b) for one, a, b in zip(now, before, fixed, strict=True))
    again = run("--fix", cwd=tree)
    assert again.code == 0
    assert contents(tree) == fixed


def test_killed_while_the_cache_is_written(tmp_path: Path) -> None:
    entry = ({"x": "y" * 20_000}, [os.urandom(8_000).hex()])
    for round_ in range(8):
        child = os.fork()
        if child == 0:
            cache = Cache(tmp_path)
            at = 0
            while True:
                cache.put({b"%d-%d-%d" % (round_, at, part): entry for part in range(20)})
                at += 1
        time.sleep(0.02 + 0.03 * round_)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        cache = Cache(tmp_path)
        assert not cache.rebuilt
        for at in range(1000):
            keys = [b"%d-%d-%d" % (round_, at, part) for part in range(20)]
            found = cache.get(keys)
            assert len(found) in (0, 20), "all of an entry's companions or none"
            assert all(tuple(item) == entry for item in found.values())
            if not found:
                break
        cache.put({b"after": entry})
        assert tuple(cache.get([b"after"])[b"after"]) == entry
        cache.close()


# What is wrong with this can be told without a look at another package.
ALONE = """package p

import (
	"os"
	"os/signal"
)

func wait() {
	c := make(chan os.Signal)
	signal.Notify(c, os.Interrupt)
	<-c
}

"""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A tree that takes several processes."""
    folder = tmp_path / "large"
    for name in ("a", "b", "killer", "c"):
        (folder / name).mkdir(parents=True)
        text = ALONE + "// padding\n" * 60_000
        (folder / name / f"{name}.go").write_text(text)
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    return folder


def test_a_process_that_always_dies_on_a_file_is_blamed_on_it(large: Path) -> None:
    ran = dying(large, "-q", "--no-cache", "-j", "2", event="open", name="killer.go", main="child")
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.found] == ["a/a.go", "b/b.go", "c/c.go"]
    assert ran.err == (
        "golint-concurrency: error: killer/killer.go: the process that linted this file died; "
        "it was left out\n"
    )


def test_a_process_that_dies_once_costs_nothing(large: Path) -> None:
    whole = run("-q", "--no-cache", cwd=large)
    ran = dying(
        large, "-q", "--no-cache", "-j", "2", event="open", name="killer.go", main="child", once=True
    )  # fmt: skip
    assert (large.parent / "scratch" / "flag").exists()
    assert (ran.code, ran.out, ran.err) == (whole.code, whole.out, whole.err)


# --- full disks


def test_a_cache_on_a_full_disk_is_done_without(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
        cache = Cache(tmp_path)
        for at in range(20):
            cache.put({b"%d" % at: ([at], os.urandom(20_000).hex())})
        found = cache.get([b"%d" % at for at in range(20)])
        os._exit(0 if all(inputs == [int(key)] for key, (inputs, _) in found.items()) else 1)
    assert os.waitpid(child, 0)[1] == 0
    cache = Cache(tmp_path)
    cache.put({b"x": ([1], "y")})
    assert cache.get([b"x"])[b"x"] == ([1], "y")
    cache.close()


def test_fixes_on_a_small_disk(tree: Path, fixed: list[str], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system may be mounted here")
    try:
        before = contents(tree)
        (disk / "go.mod").write_text((tree / "go.mod").read_text())
        for number, content in enumerate(before):
            (disk / f"f{number}.go").write_text(content)
        with open(disk / "filler", "wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 512):
                    pass
            except OSError:
                pass
        ran = run("--fix", "-q", cwd=disk)
        assert ran.code == 2
        assert "No space left on device; the file is as it was" in ran.err
        assert contents(disk) == before
        (disk / "filler").unlink()
        assert run("--fix", "-q", cwd=disk).code == 0
        assert contents(disk) == fixed
        assert not list(disk.glob(".golint-concurrency-*"))
    finally:
        subprocess.run(["umount", disk], check=True)


# --- others at work


def test_two_runs_fix_at_once(tree: Path, fixed: list[str]) -> None:
    runs = [
        subprocess.Popen(
            [COMMAND, "--fix", "-q"], cwd=tree, stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in runs:
        _, err = process.communicate()
        assert process.returncode in (0, 2)
        assert b"Traceback" not in err
        if process.returncode == 2:
            assert b"changed while it was linted" in err
    assert contents(tree) == fixed
    assert not list(tree.glob(".golint-concurrency-*"))


def test_files_that_change_while_they_are_read(tree: Path, fixed: list[str]) -> None:
    before = contents(tree)
    stop = threading.Event()

    def edit() -> None:
        at = 0
        while not stop.is_set():
            path = tree / f"f{at % FILES}.go"
            path.write_text((before, fixed)[at // FILES % 2][at % FILES])  # in place, with a gap
            if at % 3 == 0:
                path.unlink()
            at += 1

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(6):
            ran = run("-q", cwd=tree)
            assert ran.code in (0, 1, 2)
            if ran.code == 2:
                assert "cannot be read" in ran.err or "grew while it was read" in ran.err
    finally:
        stop.set()
        editor.join()


def test_a_clock_that_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for now in (2_000_000_000, 0, 4_000_000_000, 1_000):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        cache = Cache(tmp_path)
        cache.put({b"k%d" % now: ([now], "x")})
        assert cache.get([b"k2000000000"])[b"k2000000000"] == ([2_000_000_000], "x")
        cache.close()


def test_runs_under_a_clock_that_moves(tmp_path: Path) -> None:
    """The clock, and the time of the file, go back and far ahead between runs and edits."""
    tree, scratch = tmp_path / "tree", tmp_path / "clock"
    tree.mkdir()
    scratch.mkdir()
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (scratch / "sitecustomize.py").write_text(
        "import os, time\n_time = time.time\ntime.time = lambda: _time() + int(os.environ['LATER'])\n"
    )
    source = BAD + "// large enough to be kept in the cache\n" * 20_000
    for turn, later in enumerate((0, -1_500_000_000, 2_000_000_000)):
        source += f"var transport{turn} = &http.Transport{{}}\n"
        (tree / "a.go").write_text(source)
        os.utime(tree / "a.go", (time.time() + later,) * 2)
        for _ in range(2):  # the second reads what the first wrote
            ran = run(
                "-q", cwd=tree, GOLINT_CONCURRENCY_CACHE=str(scratch / "cache"), LATER=str(later),
                PYTHONPATH=str(scratch),
            )  # fmt: skip
            assert (ran.code, ran.err) == (1, "")
            assert len(ran.found) == 2 + turn
    assert list((scratch / "cache").iterdir()), "a tree of this size has a cache"

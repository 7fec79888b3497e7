"""Damaged Go goes through everything without an exception, a hang or a harmful fix.

A short run with fixed seeds; GLC_FUZZ_INPUTS and GLC_FUZZ_SEED ask for longer ones and others,
`.ci/fuzz` gives a minute to new ones, `benchmarks/fuzz.py` runs for hours. What such runs found
stands below.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.inputs import inputs
from tests.fuzz.trial import Trial
from tests.linting import ROOT

INPUTS = int(os.environ.get("GLC_FUZZ_INPUTS", "400"))
SEED = int(os.environ.get("GLC_FUZZ_SEED", "1"))

FOUND = {
    # A line that a formatted file would declare a variable in, inside of a string that does not
    # end.
    "group without one of its lines": (
        "package p\n\nvar (\n\ta = func() {} // x\n\n\tb = \"c*\n\n"
        "\td        func(int, int) (int, error) = time.After\n"
        "\tconnecTF func(int) error              = time.Sleep\n)\n"
    ),
    # Which of the two unlocks was told of followed from where objects lay in memory.
    "one of two places to tell of": (
        'package p\n\nimport "sync"\n\nvar mu sync.Mutex\n\nfunc f(a bool) {\n\tmu.Lock()\n'
        "\tif a {\n\t\tmu.Unlock()\n\t} else {\n\t\tmu.Unlock()\n\t}\n\tmu.Unlock()\n}\n"
    ),
    # The fix takes the comment with it.
    "a moved comment that is no text": (
        'package p\n\nimport "sync"\n\nfunc f() {\n\tvar wg sync.WaitGroup\n\tgo func() {\n'
        "\t\twg.Add(1) // \udcb1\n\t\tdefer wg.Done()\n\t}()\n\twg.Wait()\n}\n"
    ),
    # Each closure was looked through by itself and with all those around it.
    "closures in a deferred closure": (
        'package p\n\nimport "os"\n\nfunc main() {\n\tdefer '
        + "func() {" * 60
        + "f()"
        + "}()" * 60
        + "\n\tos.Exit(1)\n}\n"
    ),
    # Whoever follows a value looks for what it is assigned to.
    "more values than targets": (
        'package p\n\nimport "net/http"\n\nvar x = &http.Transport{}, &http.Transport{}\n\n'
        "func f() {\n\tt := &http.Transport{}, &http.Transport{}\n"
        "\tvar u = &http.Transport{}, &http.Transport{}\n\tt.CloseIdleConnections()\n"
        "\tu.CloseIdleConnections()\n}\n"
    ),
    "new of nothing": (
        'package p\n\nimport "net/http"\n\nfunc f() {\n\tc := new()\n\tc.Do()\n'
        "\t_ = http.Client{}\n}\n"
    ),
    # The fix asked for an argument that the call lacks.
    "a call without its last argument": (
        'package p\n\nimport (\n\t"net"\n\t"net/http"\n)\n\nfunc f(l net.Listener) error {\n'
        '\treturn http.ServeTLS(l, nil, "cert.pem")\n}\n'
    ),
    # Each of them was looked for in all of the file.
    "thousands of endless goroutines": (
        'package p\n\nimport "time"\n\nfunc f() {\n'
        + "\tgo func() { for { <-time.After(1) } }()\n" * 3000
        + "}\n"
    ),
}  # fmt: skip
"""Inputs on which the tool once failed, made small."""


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial(slack=5)  # other tests run on the same cores


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(trial: Trial, name: str) -> None:
    assert trial.run(FOUND[name].encode(errors="surrogateescape")).failures == []


def test_damaged_files(trial: Trial) -> None:
    findings = fixes = 0
    for number, content in inputs(SEED, 0, INPUTS):
        verdict = trial.run(content)
        assert verdict.failures == [], f"input {number} of seed {SEED}"
        findings += verdict.findings
        fixes += verdict.fixes
    assert findings > INPUTS  # what is damaged beyond recognition tests nothing
    assert fixes > INPUTS / 40


def test_nothing_depends_on_the_order_of_sets() -> None:
    """Runs of other processes, with other hashes, give the same findings, reports and fixes."""
    digests = set()
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [
                sys.executable,
                "benchmarks/fuzz.py",
                "--inputs",
                "120",
                "--seed",
                "3",
                "--slack",
                "5",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found = re.search(r"digest (\w+)", done.stdout)
        assert found is not None
        digests.add(found[1])
    assert len(digests) == 1


@pytest.mark.parametrize(("slack", "code"), [("50", 0), ("0", 1)])
def test_what_runs_on_every_push(tmp_path: Path, slack: str, code: int) -> None:
    done = subprocess.run(
        ["bash", ".ci/fuzz", "7", "--slack", slack],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "GLC_FUZZ_SECONDS": "0.2",
            "GLC_FUZZ_KEEP": str(tmp_path),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert bool(list(tmp_path.iterdir())) == bool(code), "inputs that fail are kept"

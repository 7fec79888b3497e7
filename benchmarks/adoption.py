"""A service takes the linter on: accepts what there is, then sees only what comes.

Copies DIR into a repository of its own, makes a baseline, and adds one bad line on a branch. That
must be one finding with the baseline, one with --new-from, one for the staged change and one in
pre-commit; and still one after the file was renamed and its lines were moved. Run in an
environment that has the package and pre-commit installed: python benchmarks/adoption.py DIR
[FILE], FILE being where the line is added, relative to DIR, and importing net/http.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = Path(sys.executable).with_name("golint-concurrency")
BAD = "\nvar addedTransport = &http.Transport{}\n"
_FINDING = re.compile(r"^(\S.*?):\d+:\d+: ([A-Z]+\d+) ", re.MULTILINE)
_HOOK = """repos:
  - repo: local
    hooks:
      - id: golint-concurrency
        name: golint-concurrency
        entry: {command} check --force-exclude --format concise -q
        language: system
        types_or: [go, go-mod]
        require_serial: true
"""


class Trial:
    """One service, from its first commit with the linter on."""

    def __init__(self, service: Path, work: Path) -> None:
        self.tree = work / "service"
        shutil.copytree(service, self.tree, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        self._home = work / "pre-commit"
        self._git("init", "-q", "-b", "main")
        command = str(COMMAND).replace("\\", "/")
        (self.tree / ".pre-commit-config.yaml").write_text(_HOOK.format(command=command))
        self._commit()

    def _git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *arguments],
            cwd=self.tree,
            check=True,
            capture_output=True,
        )

    def _commit(self) -> None:
        self._git("add", "-A")
        self._git("commit", "-q", "--no-verify", "-m", "x")

    def _lint(self, *arguments: str) -> tuple[int, float]:
        """Findings of a run, and its seconds."""
        start = time.perf_counter()
        done = subprocess.run(
            [COMMAND, "check", "--format", "concise", "-q", *arguments],
            cwd=self.tree,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        if done.returncode > 1:
            sys.exit(done.stderr)
        return len(_FINDING.findall(done.stdout)), seconds

    def _pre_commit(self) -> tuple[int, float]:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"],
            cwd=self.tree,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PRE_COMMIT_HOME": str(self._home)},
        )
        seconds = time.perf_counter() - start
        if "golint-concurrency" not in done.stdout:
            sys.exit(done.stdout + done.stderr)
        return len(_FINDING.findall(done.stdout)), seconds

    def accept(self) -> tuple[int, float]:
        """Make the baseline and commit it: how many findings it holds, and the seconds."""
        start = time.perf_counter()
        done = subprocess.run(
            [COMMAND, "baseline", "create", "./..."],
            cwd=self.tree,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            sys.exit(done.stderr)
        self._commit()
        return int(re.findall(r": (\d+) findings", done.stdout)[0]), seconds

    def ask(self) -> dict[str, tuple[int, float]]:
        """What is new, asked in every way, with a change that is staged and not committed."""
        self._git("add", "-A")
        return {
            "with the baseline": self._lint("./..."),
            "--new-from main, no baseline": self._lint(
                "./...", "--new-from", "main", "--no-baseline"
            ),
            "--staged, no baseline": self._lint("./...", "--staged", "--no-baseline"),
            "pre-commit": self._pre_commit(),
        }

    def add_line(self, file: str) -> None:
        """One bad line at the end of `file`, on a branch."""
        self._git("checkout", "-q", "-b", "topic")
        path = self.tree / file
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + BAD, "utf-8")

    def move(self, file: str) -> str:
        """Rename `file` and push its lines down; gives its new name."""
        path = self.tree / file
        renamed = path.with_name("renamed_" + path.name)
        text = path.read_text("utf-8")
        clause = re.search(r"^import ", text, re.MULTILINE)
        assert clause is not None
        moved = text[: clause.start()] + "// A word.\n\n" * 50 + text[clause.start() :]
        path.unlink()
        renamed.write_text(moved, "utf-8")
        return str(renamed.relative_to(self.tree))

    def candidate(self) -> str:
        """A file that imports net/http, is no test, and has the most findings already."""
        done = subprocess.run(
            [COMMAND, "check", "--format", "concise", "-q", "--no-baseline", "./..."],
            cwd=self.tree,
            capture_output=True,
            text=True,
            check=False,
        )
        counts: dict[str, int] = {}
        for path, _ in _FINDING.findall(done.stdout):
            counts[path] = counts.get(path, 0) + 1
        for path in sorted(counts, key=lambda path: (-counts[path], path)):
            text = (self.tree / path).read_text("utf-8")
            if '\t"net/http"\n' in text and not path.endswith("_test.go"):
                return path
        sys.exit("no file with a finding imports net/http")


def main(service: Path, file: str = "") -> int:
    """Print the figures; the exit code is 1 if any differs from one finding."""
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        trial = Trial(service, Path(work))
        lines = sum(
            path.read_bytes().count(b"\n") for path in trial.tree.rglob("*.go") if path.is_file()
        )
        print(f"{lines} lines of Go")
        accepted, seconds = trial.accept()
        print(f"baseline create: {accepted} findings, {seconds:.1f} s")
        file = file or trial.candidate()
        before = trial.ask()
        print(f"nothing changed: {', '.join(f'{found}' for found, _ in before.values())}")
        wrong += sum(found != 0 for found, _ in before.values())
        trial.add_line(file)
        print(f"one bad line in {file}:")
        for _ in range(2):
            for way, (found, seconds) in trial.ask().items():
                print(f"  {way}: {found} new, {seconds:.1f} s")
                wrong += found != 1
            if "renamed_" in file:
                break
            file = trial.move(file)
            print(f"the same, the file renamed to {file}, its lines moved by 100:")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))

"""Bytes that reach new lines of the tool, found by atheris, through the parts that read files.

    python benchmarks/coverage_fuzz.py TARGET... [--seconds S] [--keep FOLDER] [--seed N]

Targets are those of `tests/fuzz/targets.py`, all if none is named; each has S seconds on the
clock. What breaks one is told, and kept in the folder; exit code 1 if anything did. Needs
`pip install atheris`, which the tests do without.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

MOST_BYTES = 4096
_FAILED = "failed-"


def work(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process, until libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["golint_concurrency"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup(["coverage_fuzz", *arguments], TARGETS[name].run)
    atheris.Fuzz()


def fuzz(name: str, seconds: int, seed: int, keep: Path) -> bool:
    """Fuzz one target in a process of its own; whether it held."""
    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, content in enumerate(target.seeds):
            (corpus / f"seed{number}").write_bytes(content)
        words = Path(folder, "words")
        words.write_text(
            "".join(
                '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'
                for word in target.words
            )
        )
        done = subprocess.run(
            [sys.executable, __file__, "--work", name, str(corpus), f"-dict={words}",
             f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={MOST_BYTES}",
             "-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={keep}/{_FAILED}{name}-"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )  # fmt: skip
    said = (done.stdout + done.stderr).splitlines()
    figures = [line for line in said if line.startswith(("Done ", "#"))][-2:]
    print(f"{name}: " + "; ".join(" ".join(line.split()) for line in figures), flush=True)
    if done.returncode != 0:
        print("\n".join(said[-60:]), flush=True)
    return done.returncode == 0


def main() -> int:
    """Give each target its time, tell what came of it."""
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3:])
        return 0
    from tests.fuzz.targets import TARGETS

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("targets", nargs="*", metavar="TARGET", default=[])
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path, default=Path("."), help="put inputs that fail here")
    options = arguments.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    held = [
        fuzz(name, options.seconds, options.seed, options.keep)
        for name in options.targets or TARGETS
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())

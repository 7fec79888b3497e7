"""A first configuration: what a look at the repository suggests, each setting with a word on why.

Nothing that is written changes what is reported, except for generated files that do not say so:
those are excluded. Everything else is there to be switched on.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from golint_concurrency import atomic, files
from golint_concurrency.config import NAME
from golint_concurrency.semantics.module import parse_mod
from golint_concurrency.source import discover
from golint_concurrency.terminal import escape

_HEAD_BYTES = 1024 * 1024
_MOST_MODULES = 5
_GENERATED_NAMES = ("*.pb.go", "*.pb.gw.go", "*_gen.go", "*_generated.go", "zz_generated*.go")
_CI = (
    (".github/workflows", "GitHub Actions"),
    (".gitlab-ci.yml", "GitLab CI"),
    (".circleci", "CircleCI"),
    (".drone.yml", "Drone"),
    (".travis.yml", "Travis CI"),
    (".buildkite", "Buildkite"),
    ("Jenkinsfile", "Jenkins"),
    ("azure-pipelines.yml", "Azure Pipelines"),
    ("bitbucket-pipelines.yml", "Bitbucket Pipelines"),
)
_ADVICE = {
    "GitHub Actions": "golint-concurrency ./... --output sarif=findings.sarif --format github",
    "GitLab CI": "golint-concurrency ./... --output gitlab=gl-code-quality-report.json",
    "Jenkins": "golint-concurrency ./... --output checkstyle=checkstyle.xml",
    "Azure Pipelines": "golint-concurrency ./... --output junit=junit.xml",
}
_LINTERS = (".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json")


class InitError(Exception):
    """No configuration was written; the message says why."""


@dataclass(slots=True)
class Found:
    """What there is in a repository. Paths are relative to its root, with `/`."""

    modules: dict[str, str] = field(default_factory=dict)
    vendored: list[str] = field(default_factory=list)
    go_files: int = 0
    tests: int = 0
    marked: int = 0
    unmarked: Counter[str] = field(default_factory=Counter)
    ci: list[str] = field(default_factory=list)
    pre_commit: bool = False
    golangci: bool = False


def look(root: Path) -> Found:
    """Look at the repository at `root`; what git ignores is not looked at."""
    found = Found()
    for target in discover(["./..."], str(root)).targets:
        found.go_files += 1
        found.tests += target.path.endswith("_test.go")
        _generated(found, target.absolute)
    for directory in sorted(_directories(root)):
        shown = os.path.relpath(directory, root).replace(os.sep, "/")
        if os.path.isfile(directory / "go.mod"):
            found.modules[shown] = _go(directory / "go.mod")
        if os.path.isdir(directory / "vendor"):
            found.vendored.append("vendor" if shown == "." else f"{shown}/vendor")
    found.ci = [name for path, name in _CI if os.path.exists(root / path)]
    found.pre_commit = os.path.exists(root / ".pre-commit-config.yaml")
    found.golangci = any(os.path.exists(root / name) for name in _LINTERS)
    return found


def _directories(root: Path) -> Iterable[Path]:
    """`root` and the directories below it that are not hidden, vendored or for tests."""
    for directory, folders, _ in os.walk(root):
        yield Path(directory)
        folders[:] = [
            name
            for name in folders
            if not name.startswith((".", "_"))
            and name not in ("vendor", "testdata", "node_modules")
        ]


def _generated(found: Found, path: str) -> None:
    try:
        content = files.read(path)
    except files.Unreadable:
        return
    if files.is_generated(content[:_HEAD_BYTES]):
        found.marked += 1
        return
    name = os.path.basename(path)
    from fnmatch import fnmatchcase

    pattern = next((glob for glob in _GENERATED_NAMES if fnmatchcase(name, glob)), None)
    if pattern is not None:
        found.unmarked[pattern] += 1


def _go(path: Path) -> str:
    """The `go` directive of a go.mod file, "" if it has none."""
    try:
        text = files.read(str(path), _HEAD_BYTES).decode("utf-8", "replace")
    except files.Unreadable:
        return ""
    module = parse_mod(text, path.parent)
    if module is None or module.go_version is None:
        return ""
    return f"{module.go_version[0]}.{module.go_version[1]}"


def render(found: Found) -> str:
    """The file's content."""
    return "\n".join([*_head(found), *_settings(found), *_ci(found)]) + "\n"


def _head(found: Found) -> list[str]:
    files_ = f"{found.go_files} Go file{'s' if found.go_files != 1 else ''}"
    lines = [
        "# Settings of golint-concurrency. All are optional; each has the name of its option.",
        "# `golint-concurrency config show` tells what holds, and where it comes from.",
        f"# Seen when this was written: {files_}, {found.tests} of them tests, "
        f"{found.marked} generated.",
    ]
    for place, version in list(found.modules.items())[:_MOST_MODULES]:
        said = f"go {version}" if version else "no go directive"
        lines.append(f"#   module in {escape(place)}: {said}")
    if len(found.modules) > _MOST_MODULES:
        lines.append(f"#   and {len(found.modules) - _MOST_MODULES} modules more")
    return lines


def _settings(found: Found) -> list[str]:
    lines = [
        "",
        "# Ids, names, beginnings (GLC4), DEFAULT for what is on by default, ALL.",
        "# `golint-concurrency rules` lists them, `golint-concurrency explain GLC401` explains.",
        '# select = ["DEFAULT", "GLC003"]',
        "# ignore = []",
        "",
        "# The lowest level that makes the exit code 1: note, warning or error.",
        '# fail-on = "warning"',
        "",
    ]
    versions = sorted(filter(None, set(found.modules.values())))
    if versions:
        lines.append(f"# The go version comes from go.mod (here {', '.join(versions)}).")
    else:
        lines.append("# No go.mod says which version of Go this is; the newest is assumed.")
    lines += [f'# go = "{versions[0] if versions else "1.22"}"', ""]
    lines.append("# Files that say `Code generated ... DO NOT EDIT.` are left out by themselves.")
    if found.vendored:
        lines.append(
            f"# So is {', '.join(escape(path) for path in found.vendored[:_MOST_MODULES])}."
        )
    else:
        lines.append("# So are vendor, testdata, and what git ignores.")
    lines.append("# include-generated = false")
    if found.unmarked:
        counts = ", ".join(f"{count} {name}" for name, count in sorted(found.unmarked.items()))
        lines.append(f"# These look generated and do not say so: {counts}.")
        patterns = ", ".join(f'"{name}"' for name in sorted(found.unmarked))
        lines.append(f"exclude = [{patterns}]")
    else:
        lines.append('# exclude = ["gen/**"]')
    lines += ["", "# Lint tests too."]
    lines += ["# tests = true", "", "[per-file-ignores]", '# "*_test.go" = ["GLC4"]', ""]
    lines += [
        "# A rule's level and its own options.",
        "# [rules.deep-defer-chain]",
        "# depth = 8",
        '# severity = "note"',
        "",
        "# Other settings below some paths.",
        "# [[overrides]]",
        '# paths = ["cmd/**"]',
        '# ignore = ["GLC701"]',
    ]
    return lines


def _ci(found: Found) -> list[str]:
    lines = [""]
    for name in found.ci:
        advice = _ADVICE.get(name, "golint-concurrency ./... --output junit=junit.xml")
        lines += [f"# In {name}:", f"#   {advice}"]
    if not found.ci:
        lines += ["# In CI:", "#   golint-concurrency ./..."]
    if found.pre_commit:
        lines.append("# In .pre-commit-config.yaml: the hook golint-concurrency.")
    if found.golangci:
        lines.append("# Comments for golangci-lint (//nolint:GLC401 // reason) are understood.")
    lines.append("# To accept what there is today: golint-concurrency baseline create ./...")
    return lines


def write(root: Path) -> tuple[Path, Found]:
    """Write the file into `root`. Raises `InitError`, above all if there is one already."""
    path = root / NAME
    if os.path.lexists(path):
        raise InitError(f"{path}: is there already; nothing was changed")
    if not root.is_dir():
        raise InitError(f"{root}: no such directory")
    found = look(root)
    try:
        atomic.write(str(path), render(found).encode(), new=True)
    except FileExistsError as error:
        raise InitError(f"{path}: is there already; nothing was changed") from error
    except OSError as error:
        raise InitError(f"{path}: cannot be written: {error.strerror}") from error
    return path, found

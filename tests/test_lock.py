"""The lock file for CI has everything that pyproject.toml asks for, in versions that it allows."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.linting import ROOT

requirements = pytest.importorskip("packaging.requirements")


def test_the_lock_file_fits_what_is_declared() -> None:
    text = (ROOT / "ci" / "requirements.txt").read_text()
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:\S+.*\n)+)", text, re.M
    )
    locked = {name: version for name, version, _ in entries}
    pinned = re.findall(r"^[^\s#].*==", text, re.M)
    assert len(entries) == len(pinned), "every version has hashes"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for declared in [*project["dependencies"], *extras["test"], *extras["lsp"]]:
        wanted = requirements.Requirement(declared)
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        assert name in locked, declared
        assert wanted.specifier.contains(locked[name]), f"{declared}: {locked[name]} is locked"


def test_the_tool_s_own_dependencies_have_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for declared in project["dependencies"]:
        assert requirements.Requirement(declared).specifier, declared

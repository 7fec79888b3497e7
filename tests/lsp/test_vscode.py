"""The extension for Visual Studio Code: its settings are the server's, it builds and packs."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from golint_concurrency.lsp import settings

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
NPM = shutil.which("npm")


def test_settings_are_those_of_the_server() -> None:
    package = json.loads((FOLDER / "package.json").read_text())
    declared = package["contributes"]["configuration"]["properties"]
    prefix = f"{settings.SECTION}."
    chosen = {
        name.removeprefix(prefix): each["default"]
        for name, each in declared.items()
        if name != f"{prefix}command" and each["default"] is not None
    }
    read, faults = settings.read(chosen)
    assert not faults and read == settings.ClientSettings()
    levels = declared[f"{prefix}severity"]["additionalProperties"]["enum"]
    assert tuple(levels) == settings.LEVELS


@pytest.mark.skipif(NPM is None, reason="npm is not installed")
def test_it_is_checked_built_and_packed(tmp_path: Path) -> None:
    work = tmp_path / "vscode"
    shutil.copytree(FOLDER, work, ignore=shutil.ignore_patterns("node_modules", "out", "*.vsix"))
    assert NPM is not None
    fetched = subprocess.run(
        [NPM, "ci", "--no-audit", "--no-fund", "--prefer-offline"],
        cwd=work,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    if fetched.returncode and ("ENOTFOUND" in fetched.stderr or "E40" in fetched.stderr):
        pytest.skip("the npm registry cannot be reached")
    assert fetched.returncode == 0, fetched.stderr
    for step in ("check", "package"):
        done = subprocess.run(
            [NPM, "run", "-s", step], cwd=work, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(work / "golint-concurrency.vsix") as packed:
        assert "extension/out/extension.js" in packed.namelist()
        assert b"golint-concurrency" in packed.read("extension/out/extension.js")

"""Neovim's own client, headless: the editor of the first users."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NVIM = shutil.which("nvim")
SCRIPT = Path(__file__).with_name("neovim.lua")
TESTDATA = Path(__file__).parents[2] / "testdata"
CACHE = Path("service", "broken", "internal", "cache", "cache.go")


@pytest.mark.skipif(NVIM is None, reason="Neovim is not installed (Debian: apt-get install neovim)")
def test_open_fix_save(tmp_path: Path) -> None:
    """On the demonstration service, with characters of several bytes before the finding."""
    for name in ("service", "third_party"):
        shutil.copytree(TESTDATA / name, tmp_path / name)
    file = tmp_path / CACHE
    text = file.read_text()
    assert text.count("\tdefer c.mu.Lock()") == 1
    text = text.replace("\tdefer c.mu.Lock()", "\t/* 😀 世界 */ defer c.mu.Lock()")
    file.write_text(text)
    environment = {
        **os.environ,
        "SERVER": json.dumps([sys.executable, "-m", "golint_concurrency", "server"]),
        "ROOT": str(tmp_path / "service" / "broken"),
        "FILE": str(CACHE.relative_to("service/broken")),
        "CODE": "GLC506",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    assert NVIM is not None
    done = subprocess.run(
        [NVIM, "--headless", "--clean", "-u", "NONE", "-c", f"luafile {SCRIPT}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok" in done.stdout + done.stderr
    assert file.read_text() == text.replace("defer c.mu.Lock", "defer c.mu.Unlock")

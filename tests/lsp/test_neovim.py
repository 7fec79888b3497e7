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
LOCK = """package a

import "sync"

// 😀 世界
var mu sync.Mutex

func f() {
	mu.Lock()
	/* 😀 */ defer mu.Lock()
}
"""


@pytest.mark.skipif(NVIM is None, reason="Neovim is not installed (Debian: apt-get install neovim)")
def test_open_fix_save(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.27\n")
    (tmp_path / "lock.go").write_text(LOCK)
    environment = {
        **os.environ,
        "SERVER": json.dumps([sys.executable, "-m", "golint_concurrency", "server"]),
        "ROOT": str(tmp_path),
        "FILE": "lock.go",
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
    assert (tmp_path / "lock.go").read_text() == LOCK.replace("defer mu.Lock", "defer mu.Unlock")

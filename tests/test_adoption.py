"""A service takes the linter on, with real git and real pre-commit, as benchmarks/adoption.py does
with a large one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.linting import ROOT

SERVICE = """package %s

import (
	"net/http"
	"time"
)

func wait(c chan int) {
	for {
		select {
		case <-c:
		case <-time.After(time.Minute):
		}
	}
}

var transport = &http.Transport{}
"""


def test_one_bad_line_is_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("adoption", ROOT / "benchmarks" / "adoption.py")
    assert spec is not None
    assert spec.loader is not None
    adoption = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(adoption)
    service = tmp_path / "service"
    for name in ("store", "web"):
        (service / name).mkdir(parents=True)
        for file in ("a", "b"):
            source = (SERVICE % name).replace("wait", f"wait{file}").replace("transport", file)
            (service / name / f"{file}.go").write_text(source)
    (service / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    assert adoption.main(service, "store/a.go") == 0
    out = capsys.readouterr().out
    assert "baseline create: 8 findings" in out
    assert "nothing changed: 0, 0, 0, 0" in out
    assert out.count(": 1 new, ") == 8

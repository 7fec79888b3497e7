"""A small service with five mistakes and their repaired twins: exactly the five are reported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.command import run
from tests.golang import gofmt, run_go
from tests.linting import ROOT

SELECT = "GLC101,GLC401,GLC601,GLC701,GLC802"

# Mistakes carry the id of their rule; the twin of each stands below it (for the pool, in a
# package of its own: the limit is looked for in the whole package).
SERVICE = {
    "go.mod": "module example.com/shop\n\ngo 1.21\n",
    "handlers.go": """package shop

import (
	"context"
	"net/http"
	"time"
)

type Server struct {
	audit  *http.Client
	orders chan int
	total  int
}

func (s *Server) Checkout(w http.ResponseWriter, r *http.Request) {
	go func() { // GLC101
		response, err := s.audit.Get("https://audit.example.com/checkout")
		if err == nil {
			response.Body.Close()
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

func (s *Server) Return(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
	go func() {
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, "GET", "https://audit.example.com", nil)
		if err != nil {
			return
		}
		response, err := s.audit.Do(request)
		if err == nil {
			response.Body.Close()
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}
""",
    "consume.go": """package shop

import clock "time"

func (s *Server) consume(done chan struct{}) {
	for {
		select {
		case order := <-s.orders:
			s.total += order
		case <-clock.After(clock.Minute): // GLC401
			s.total = 0
		}
	}
}

func (s *Server) consumeWithOneTicker(done chan struct{}) {
	ticker := clock.NewTicker(clock.Minute)
	defer ticker.Stop()
	for {
		select {
		case order := <-s.orders:
			s.total += order
		case <-ticker.C:
			s.total = 0
		case <-done:
			return
		}
	}
}
""",
    "client.go": """package shop

import (
	"net/http"
	"time"
)

func client() *http.Client {
	return &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}, // GLC601
	}
}

func boundedClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 100
	return &http.Client{Timeout: 10 * time.Second, Transport: transport}
}
""",
    "store/open.go": """package store

import "database/sql"

type Store struct{ db *sql.DB }

func Open(dsn string) (*Store, error) {
	db, err := sql.Open("postgres", dsn) // GLC701
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}
""",
    "ledger/open.go": """package ledger

import "database/sql"

type Ledger struct{ db *sql.DB }

func Open(dsn string) (*Ledger, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return &Ledger{db: db}, nil
}
""",
    "ledger/limits.go": """package ledger

func (l *Ledger) limit(connections int) { l.db.SetMaxOpenConns(connections) }
""",
    "report.go": """package shop

import "os"

func sizes(names []string) (total int64, err error) {
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer file.Close() // GLC802
		info, err := file.Stat()
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, nil
}

func sizesOneByOne(names []string) (total int64, err error) {
	for _, name := range names {
		size, err := size(name)
		if err != nil {
			return 0, err
		}
		total += size
	}
	return total, nil
}

func size(name string) (int64, error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
""",
}

Places = list[tuple[str, int, str]]

MISTAKES: Places = sorted(
    (path, number, match.group(1))
    for path, text in SERVICE.items()
    for number, line in enumerate(text.splitlines(), 1)
    if (match := re.search(r"// (GLC\d+)$", line))
)


def from_text(out: str) -> Places:
    return [
        (match.group(1), int(match.group(2)), match.group(3))
        for match in re.finditer(r"^(\S+?):(\d+):\d+: (GLC\d+) ", out, re.MULTILINE)
    ]


def from_json(out: str) -> Places:
    return [
        (item["path"], item["start"]["line"], item["rule"])
        for item in json.loads(out)["diagnostics"]
    ]


def from_sarif(out: str) -> Places:
    log = json.loads(out)
    schema = json.loads((ROOT / "tests" / "report" / "sarif-schema-2.1.0.json").read_text())
    jsonschema.Draft4Validator(schema).validate(log)
    found = []
    for result in log["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert result["level"] in ("note", "warning", "error")
        found.append(
            (place["artifactLocation"]["uri"], place["region"]["startLine"], result["ruleId"])
        )
    return found


def from_github(out: str) -> Places:
    pattern = r"^::(?:notice|warning|error) file=([^,]+),line=(\d+),.*?(GLC\d+)"
    return [
        (match.group(1), int(match.group(2)), match.group(3))
        for match in re.finditer(pattern, out, re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("form", "places"),
    [("text", from_text), ("json", from_json), ("sarif", from_sarif), ("github", from_github)],
)
def test_exactly_the_five_mistakes(
    tmp_path: Path, form: str, places: Callable[[str], Places]
) -> None:
    assert {rule for _, _, rule in MISTAKES} == set(SELECT.split(","))
    for path, text in SERVICE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    ran = run("check", "--select", SELECT, "--format", form, "./...", cwd=tmp_path)
    assert ran.code == 1, ran.err
    assert sorted(places(ran.out)) == MISTAKES


def test_fixed_service_compiles_and_stays_as_it_is(tmp_path: Path, go_cache: Path) -> None:
    for name, content in SERVICE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    options = ("--fix", "--unsafe-fixes", "--select", "ALL", "--fail-on", "error")
    first = run("./...", *options, cwd=tmp_path)
    assert re.search(r", [1-9]\d* fixed", first.err)
    fixed = {path: path.read_bytes() for path in tmp_path.rglob("*.go")}
    assert any(fixed[path] != SERVICE[str(path.relative_to(tmp_path))].encode() for path in fixed)
    for after in fixed.values():
        assert gofmt(after) == after
    vetted = run_go(["vet", "./..."], tmp_path, go_cache)
    assert vetted.returncode == 0, vetted.stderr
    second = run("./...", *options, cwd=tmp_path)
    assert "fixed" not in second.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.go")} == fixed

"""SARIF of whole runs: valid, what GitHub code scanning asks for, and alerts that keep their name."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.command import run

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text())
LOCK = """package store

import (
	"net/http"
	"sync"
	"time"
)

type cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *cache) get(key string) (int, bool) {
	c.mu.Lock()
	value, ok := c.items[key]
	if !ok {
		return 0, false
	}
	c.mu.Unlock()
	return value, true
}

var transport = &http.Transport{}

var accepted = &http.Transport{} //nolint:GLC601 // measured: never many

func loop(c chan int) {
	for { // é😀
		select {
		case <-c:
		/* 世界 😀 */ case <-time.After(time.Minute):
		}
	}
}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with findings that have all there is, and a file that cannot be read."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "st ore").mkdir()
    (tmp_path / "st ore" / "é%41.go").write_text(LOCK, "utf-8")
    (tmp_path / "big.go").write_bytes(b"package big\n" + b" " * (10 * 1024 * 1024))
    return tmp_path


def sarif(tree: Path, *options: str, code: int = 2) -> dict[str, Any]:
    """The only run of the log, held to the schema and to GitHub's demands."""
    ran = run("check", *(options or ("./...",)), "--format", "sarif", cwd=tree)
    assert ran.code == code, ran.err
    log = json.loads(ran.out)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    github(log, tree)
    (found,) = log["runs"]
    assert isinstance(found, dict)
    return found


def github(log: dict[str, Any], root: Path) -> None:
    """What code scanning demands of a file, by its documentation."""
    assert len(gzip.compress(json.dumps(log).encode())) < 10_000_000
    assert log["version"] == "2.1.0"
    assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    assert 1 <= len(log["runs"]) <= 20
    for found in log["runs"]:
        driver = found["tool"]["driver"]
        assert driver["name"]
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", driver["semanticVersion"])
        assert re.fullmatch(r".+/", found["automationDetails"]["id"])
        assert found["columnKind"] == "utf16CodeUnits"
        assert len(driver["rules"]) <= 25_000
        for rule in driver["rules"]:
            assert rule["id"]
            assert 0 < len(rule["name"]) <= 255
            for key in ("shortDescription", "fullDescription"):
                assert 0 < len(rule[key]["text"]) <= 1024
            assert rule["help"]["text"]
            assert rule["help"]["markdown"]
            assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
            properties = rule["properties"]
            assert len(properties["tags"]) <= 10
            assert properties["precision"] in ("very-high", "high", "medium", "low")
            assert properties["problem.severity"] in ("error", "warning", "recommendation")
        assert len(found["results"]) <= 25_000
        for result in found["results"]:
            _result(result, driver["rules"], root)


def _result(result: dict[str, Any], rules: list[dict[str, Any]], root: Path) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("note", "warning", "error")
    assert result["message"]["text"]
    assert re.fullmatch(
        r"[0-9a-f]{1,16}:[1-9]\d*", result["partialFingerprints"]["primaryLocationLineHash"]
    )
    related = result.get("relatedLocations", [])
    assert 1 <= len(result["locations"]) <= 1000
    assert len(related) <= 1000
    flows = [
        step["location"]
        for flow in result.get("codeFlows", ())
        for thread in flow["threadFlows"]
        for step in thread["locations"]
    ]
    assert len(flows) <= 10_000
    for location in [*result["locations"], *related, *flows]:
        physical = location["physicalLocation"]
        region = physical["region"]
        assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
        artifact = physical["artifactLocation"]
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert not artifact["uri"].startswith(("/", "file:", ".."))
        assert "\\" not in artifact["uri"]
        assert (root / unquote(artifact["uri"])).is_file()
    primary = result["locations"][0]["physicalLocation"]["region"]
    assert primary["startLine"] == primary["endLine"]
    for number in re.findall(r"\]\((\d+)\)", result["message"]["text"]):
        assert int(number) in {place["id"] for place in related}


def test_a_run_that_has_everything(tree: Path) -> None:
    found = sarif(tree)
    by_rule = {result["ruleId"]: result for result in found["results"]}
    assert sorted(by_rule) == ["GLC401", "GLC501", "GLC601"]
    assert len(found["results"]) == 3  # what is suppressed is left out

    steps = by_rule["GLC501"]["codeFlows"][0]["threadFlows"][0]["locations"]
    said = [step["location"]["message"]["text"] for step in steps]
    assert said == ["locked here", "this condition is true", "returns here"]
    (fix,) = by_rule["GLC601"]["fixes"]
    assert fix["properties"] == {"safe": True}
    assert "IdleConnTimeout" in json.dumps(fix["artifactChanges"])
    region = by_rule["GLC401"]["locations"][0]["physicalLocation"]["region"]
    line = LOCK.splitlines()[region["startLine"] - 1].encode("utf-16-le")
    marked = line[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)]
    assert marked.decode("utf-16-le") == "time.After(time.Minute)"

    (invocation,) = found["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["level"] == "error"
    assert "larger than 10 MiB" in told["message"]["text"]
    place = told["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "big.go", "uriBaseId": "%SRCROOT%"}


def test_suppressed_on_request(tree: Path) -> None:
    found = sarif(tree, "./...", "--sarif-include-suppressed")
    suppressions = [result["suppressions"] for result in found["results"]]
    assert suppressions.count([]) == 3
    assert suppressions.count([{"kind": "inSource", "justification": "measured: never many"}]) == 1
    (tree / "big.go").unlink()
    assert run("baseline", "create", cwd=tree).code == 0
    found = sarif(tree, "./...", "--sarif-include-suppressed", code=0)
    kinds = sorted(result["suppressions"][0]["kind"] for result in found["results"])
    assert kinds == ["external"] * 3 + ["inSource"]


def test_alerts_keep_their_name_when_lines_move(tree: Path) -> None:
    (tree / "big.go").unlink()
    before = sarif(tree, code=1)["results"]
    path = tree / "st ore" / "é%41.go"
    path.write_text(
        path.read_text("utf-8").replace("type cache", "// A word.\n\ntype cache"), "utf-8"
    )
    after = sarif(tree, code=1)["results"]
    assert [item["partialFingerprints"] for item in after] == [
        item["partialFingerprints"] for item in before
    ]
    assert [item["locations"] for item in after] != [item["locations"] for item in before]


def test_categories(tree: Path) -> None:
    (tree / "big.go").unlink()
    assert sarif(tree, code=1)["automationDetails"] == {"id": "golint-concurrency/"}
    found = sarif(tree, "./...", "--sarif-category", "backend", code=1)
    assert found["automationDetails"] == {"id": "backend/"}


def test_several_reports_at_once(tree: Path) -> None:
    forms = ("sarif", "json", "jsonl", "html", "junit", "gitlab", "checkstyle", "rdjson", "github")
    outputs = [option for form in forms for option in ("--output", f"{form}=out.{form}")]
    ran = run("./...", "--format", "concise", *outputs, cwd=tree)
    assert (ran.code, len(ran.found)) == (2, 3)
    for form in forms:
        alone = run("./...", "--format", form, cwd=tree).out
        assert (tree / f"out.{form}").read_text("utf-8") == alone

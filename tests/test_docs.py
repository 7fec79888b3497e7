"""The pages written by hand: complete where they list things, and their examples work."""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from pathlib import Path

from golint_concurrency.config_keys import Check
from golint_concurrency.queries import load, predicates
from golint_concurrency.report import FORMATS
from tests.command import run
from tests.linting import ROOT

DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_index_names_every_page() -> None:
    index = page("README.md")
    for path in DOCS.glob("*.md"):
        assert path.name == "README.md" or f"({path.name})" in index, path.name


def test_every_key_of_the_configuration_is_told() -> None:
    text = page("config.md")
    keys = set(re.findall(r'"([a-z][a-z-]+)"', inspect.getsource(Check.scoped)))
    assert {"query-rules", "per-file-ignores", "required-version"} <= keys
    for key in keys - {"rules", "configuration"}:
        assert re.search(rf"`\[*{key}\]*`", text), key


def test_every_predicate_and_key_of_query_rules_is_told() -> None:
    text = page("own-rules.md")
    for name in predicates.known():
        if not name.startswith("#not-"):
            assert f"({name} @" in text, name
    for key in load.KEYS:
        assert f"`{key}`" in text, key


def test_every_machine_format_is_told() -> None:
    text = page("ci.md")
    for name in FORMATS:
        assert name in ("text", "concise", "html") or f"`{name}`" in text, name


def test_example_of_a_query_rule(tmp_path: Path) -> None:
    rules, config = blocks(page("own-rules.md"), "toml")[:2]
    (named,) = tomllib.loads(config)["query-rules"]
    (tmp_path / "lint").mkdir()
    (tmp_path / named).write_text(rules)
    (tmp_path / ".golint-concurrency.toml").write_text(config)
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.25\n")
    (tmp_path / "a.go").write_text(
        'package a\n\nimport "database/sql"\n\nfunc f(tx *sql.Tx, ids []int) {\n'
        '\tfor range ids {\n\t\ttx.Query("x")\n\t}\n}\n'
    )
    ran = run("check", "--select", "ACME", cwd=tmp_path)
    assert ran.out == (
        "a.go:7:3: ACME001 warning: tx.Query runs once per turn; "
        "ask for all rows with one query (acme-query-in-loop)\n"
    )


def test_commands_of_the_pages_exist(tmp_path: Path) -> None:
    """Every command and option that a page names is one."""
    helps = ""
    for words in (
        [],
        ["check"],
        ["baseline"],
        ["rules"],
        ["init"],
        ["config", "show"],
        ["explain"],
    ):
        helps += run(*words, "--help", cwd=tmp_path).out
    for words in (["rules", "new"], ["rules", "test"], ["rules", "check"]):
        helps += run(*words, "--help", cwd=tmp_path).out
    foreign = {"--from", "--with"}  # of uvx
    for path in DOCS.glob("*.md"):
        if path.name == "editors.md":
            continue
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", path.read_text("utf-8")):
            assert option in foreign or option in helps, f"{path.name}: {option}"


def test_settings_for_editors_can_be_read() -> None:
    """What the pages have people put into files of an editor is in the format of that file."""
    text = (DOCS / "editors.md").read_text("utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert {kind for kind, _ in blocks} >= {"json", "toml", "lua"}
    for kind, block in blocks:
        if kind == "toml":
            (server,) = tomllib.loads(block)["language-server"]
            assert server == "golint-concurrency"
        elif kind == "json":
            whole = block if block.lstrip()[0] in "[{" else f"{{{block}}}"
            assert json.loads(whole)

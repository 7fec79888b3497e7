"""Query rules: TOML files with tree-sitter queries, from the command line and configuration."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.command import Ran, run

SOURCE = """package a

import (
	"context"
	"database/sql"
	"net/http"
	clock "time"
)

type store struct{ db *sql.DB }

type After struct{}

func (After) After(int) <-chan clock.Time { return nil }

func loop(db *sql.DB, ids []int) {
	for range ids {
		db.Query("select 1")
	}
	db.Query("select 2")
}

func (s *store) nested(ids []int) {
	for range ids {
		if len(ids) > 1 {
			s.db.Query("select 3")
		}
		func() { s.db.Query("select 4") }()
	}
}

func handle(w http.ResponseWriter, r *http.Request) {
	<-clock.After(1)
	<-After{}.After(1)
	go func() { <-clock.After(2) }()
}

func plain(ctx context.Context) {
	<-clock.After(3)
	defer clock.After(4)
}

var timer = clock.After(5)
"""

RULE = """[[rule]]
id = "{id}"
name = "{name}"
summary = "what tests look for"
message = "found {{{at}}}"
{more}
query = '''
{query}
'''
"""
CALL = "(call_expression function: (_) @f) @call"


def rule(query: str, id: str = "ACME001", more: str = "", at: str = "call") -> str:
    return RULE.format(id=id, name=f"rule-{id.lower()}", query=query, more=more, at=at)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(SOURCE)
    return tmp_path


def check(tree: Path, rules: str, *arguments: str) -> Ran:
    (tree / "rules.toml").write_text(rules)
    return run("check", "--rules", "rules.toml", "--select", "ACME", *arguments, cwd=tree)


def lines(ran: Ran) -> list[int]:
    return [int(place.split(" ")[0].split(":")[1]) for place in ran.found if "ACME" in place]


METHOD = "(call_expression function: (selector_expression operand: (_) @x field: (_) @f)) @call"
AFTER = '(#resolves? @f "time.After")'


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f'({METHOD} (#type? @x "*database/sql.DB"))', [18, 20, 26, 28]),
        (f'({METHOD} (#type? @x "*database/sql.DB") (#in-loop? @call))', [18, 26]),
        (f'({METHOD} (#type? @x "*database/sql.DB") (#not-in-loop? @x))', [20, 28]),
        (f'({METHOD} (#not-type? @x "*database/sql.DB") (#eq? @f "After"))', [34]),
        (f"({CALL} {AFTER})", [33, 35, 39, 40, 43]),
        (f"({METHOD} {AFTER})", [33, 35, 39, 40, 43]),  # the field alone stands for the whole
        (f'({CALL} (#resolves? @call "time.After") (#in-handler? @call))', [33, 35]),
        (f"({CALL} {AFTER} (#in-goroutine? @call))", [35]),
        (f"({CALL} {AFTER} (#in-defer? @call))", [40]),
        (f'({METHOD} (#not-resolves? @f "time.After") (#eq? @f "After"))', [34]),
        (f'({CALL} (#resolves? @f "database/sql.DB.Query") (#not-in-loop? @call))', [20, 28]),
        (f'({CALL} (#match? @call "select [34]"))', [26, 28, 28]),
        (f'({METHOD} (#any-of? @f "Query" "Exec") (#not-match? @call "[23]"))', [18, 28]),
        (f'({CALL} (argument_list (_) @n) (#eq? @n "5"))', []),  # a sibling, not below
        ('((call_expression arguments: (argument_list (_) @n)) @call (#eq? @n "5"))', [43]),
        ('(go_statement (_) @call)', [35]),
        (f'[{CALL} (go_statement) @call] (comment) @call', None),
        ('((type_spec name: (_) @call) (#eq? @call "After"))', [12]),
        ('((pointer_type) @call (#type? @call "*database/sql.DB"))', [10, 16]),
        ('((type_declaration (type_spec name: (_) @x)) @call (#eq? @x "store"))', [10]),
    ],
)  # fmt: skip
def test_predicates(tree: Path, query: str, found: list[int] | None) -> None:
    """None: the query only has to end well or be refused with a line."""
    ran = check(tree, rule(query))
    if found is None:
        assert ran.code in (0, 1) or "rules.toml:" in ran.err
    else:
        assert not ran.err.startswith("golint-concurrency: error"), ran.err
        assert lines(ran) == found


def test_unknown_type_is_neither(tree: Path) -> None:
    (tree / "a.go").write_text(
        'package a\n\nimport "example.com/far"\n\nfunc f() { far.Thing.Query() }\n'
    )
    for name in ("type", "not-type"):
        assert check(tree, rule(f'({METHOD} (#{name}? @x "*database/sql.DB"))')).found == []
    for name in ("resolves", "not-resolves"):
        query = f'({METHOD} (#{name}? @f "time.After"))'
        assert check(tree, rule(query, more='literals = ["far"]')).found == []


def test_message_severity_and_place(tree: Path) -> None:
    more = 'severity = "error"\nat = "f"'
    ran = check(tree, rule(f"({CALL} {AFTER} (#in-handler? @f))", more=more))
    assert ran.out.splitlines()[0] == (
        "a.go:33:4: ACME001 error: found clock.After(1) (rule-acme001)"
    )
    assert ran.code == 1


def test_configuration_carries_them(tree: Path) -> None:
    """Listing, explanation, severity, suppression, baseline and SARIF are those of any rule."""
    (tree / "lint").mkdir()
    (tree / "lint" / "own.toml").write_text(
        rule(f"({CALL} {AFTER})", more='explanation = "Timers are kept by package tick."')
    )
    (tree / ".golint-concurrency.toml").write_text(
        'query-rules = ["lint/own.toml"]\nselect = ["ACME", "GLC001"]\n'
        '[rules.rule-acme001]\nseverity = "note"\n'
    )
    sub = tree / "sub"
    sub.mkdir()
    assert "ACME001  rule-acme001" in run("rules", cwd=sub).out
    assert "Timers are kept by package tick." in run("explain", "ACME001", cwd=sub).out
    assert lines(run("check", cwd=tree)) == [33, 35, 39, 40, 43]
    assert "ACME001 note:" in run("check", cwd=tree).out
    shown = json.loads(run("config", "show", "--format", "json", cwd=sub).out)["values"]
    assert shown["query-rules"]["value"] == [str(tree / "lint" / "own.toml")]

    text = SOURCE.replace("<-clock.After(3)", "<-clock.After(3) //nolint:ACME001 // short")
    text = text.replace('"select 2")', '"select 2") //glc:ignore rule-acme001 nothing here')
    (tree / "a.go").write_text(text)
    ran = run("check", cwd=tree)
    assert lines(ran) == [33, 35, 40, 43]
    assert "a.go:20 GLC001" in ran.found

    log = json.loads(run("check", "--format", "sarif", cwd=tree).out)["runs"][0]
    described = {item["id"]: item for item in log["tool"]["driver"]["rules"]}
    assert described["ACME001"]["name"] == "rule-acme001"
    assert "package tick" in described["ACME001"]["help"]["markdown"]
    assert {item["ruleId"] for item in log["results"]} == {"ACME001", "GLC001"}

    assert run("baseline", "create", cwd=tree).code == 0
    assert run("check", "--ignore", "GLC001", cwd=tree).found == []
    (tree / "b.go").write_text('package a\n\nimport "time"\n\nvar t = time.After(1)\n')
    assert run("check", "--ignore", "GLC001", cwd=tree).found == ["b.go:5 ACME001"]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("../own.toml", "leads out of the repository"),
        ("/etc/own.toml", "leads out of the repository"),
        ("link.toml", "leads out of the repository"),
        ("own.py", "is not a .toml file"),
        ("folder.toml", "not a regular file"),
        ("missing.toml", "cannot be read"),
    ],
)
def test_configuration_names_data_in_the_repository(tree: Path, named: str, said: str) -> None:
    """A folder with Python in it, a link outwards: nothing is loaded, and it is said."""
    repository = tree / "repository"
    repository.mkdir()
    (repository / ".git").mkdir()
    (tree / "own.toml").write_text(rule(CALL))
    loads = f"open({str(tree / 'loaded')!r}, 'w')\n"
    (repository / "own.py").write_text(loads)
    (repository / "folder.toml").mkdir()
    (repository / "folder.toml" / "rule.py").write_text(loads)
    (repository / "link.toml").symlink_to(tree / "own.toml")
    (repository / "a.go").write_text("package a\n")
    (repository / ".golint-concurrency.toml").write_text(f'query-rules = ["{named}"]\n')
    ran = run("check", cwd=repository)
    assert ran.code == 2
    assert said in ran.err
    run("rules", cwd=repository)
    run("explain", "GLC401", cwd=repository)
    assert not (tree / "loaded").exists()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (rule("(call_expression\n  (nope)) @call"), 9, "invalid node type nope"),
        (rule("(call_expression nope: (_)) @call"), 8, "invalid field name nope"),
        (rule("(call_expression"), 8, "never closed"),
        (rule("(call_expression))"), 8, "closes nothing"),
        (rule("((call_expression)\n(#nope? @call)) @call"), 9, "no predicate #nope?"),
        (rule('((_) @call\n\n(#type? @x "T"))'), 10, "@x, which the query does not capture"),
        (rule("((_) @call (#type? @call))"), 8, "at least one string"),
        (rule('((_) @call (#in-loop? @call "x"))'), 8, "takes nothing"),
        (rule('((_) @call (#match? @call "(a+)+$"))'), 8, "takes simple patterns"),
        (rule('((_) @call (#match? @call "a*b*c*d*"))'), 8, "takes simple patterns"),
        (rule('((_) @call (#match? @call "["))'), 8, "#match?: "),
        (rule('((_) @call (#match? "x" @call))'), 8, "needs a capture first"),
        (rule("(call_expression)"), 8, "captures nothing"),
        (rule("(_) @x"), 5, "{call} is not captured"),
        (rule("(" * 60 + "_" + ")" * 60 + " @call"), 8, "nested deeper"),
        (rule("(_) @call " + " " * 9000), 7, "at most 8193 characters"),
        (rule("(_) @call", id="GLC999"), 2, "GLC, which is taken"),
        (rule("(_) @call", id="acme"), 2, "capital letters"),
        (rule("(_) @call", more='severity = "bad"'), 6, "severity must be one of"),
        (rule("(_) @call", more='at = "x"'), 6, "at must be one of"),
        (rule("(_) @call", more="literals = [1]"), 6, "literals must be"),
        (rule("(_) @call", more="severty = 1"), 6, "did you mean severity?"),
        (rule("(_) @call") + rule("(_) @call"), 10, "clashes with ACME001"),
        ('[[rules]]\nid = "A"\n', 1, "has no key rules; did you mean rule?"),
        ("[[rule]]\nid = \n", 2, "not TOML"),
        ("", 1, "declares no [[rule]]"),
    ],
)
def test_broken_rule_is_left_out(tree: Path, text: str, place: int, said: str) -> None:
    """It is told with its line; the others run, and the run cannot pass for a clean one."""
    (tree / "good.toml").write_text(rule(f"({CALL} {AFTER})", id="ACME900"))
    (tree / "bad.toml").write_text(text)
    ran = run(
        *("check", "--rules", "bad.toml", "--rules", "good.toml", "--select", "ACME900"), cwd=tree
    )
    assert lines(ran) == [33, 35, 39, 40, 43]
    assert ran.code == 2
    assert f"bad.toml:{place}: " in ran.err, ran.err
    assert said in ran.err, ran.err


CALLS = "package a\n\nfunc f() {\n" + "\tg(1, 2, 3, 4, 5, 6, 7, 8)\n" * 3000 + "}\n"
# Found by trial: tree-sitter takes minutes for them, the first already when it reads the query.
HOSTILE = [
    "(call_expression " + "[(_) (call_expression)]* " * 200 + ") @call",
    "(_ [" + " ".join("(_ (_ (_)* (_)*)*)*" for _ in range(50)) + "]* @call)*",
    "(_ (_)* @a (_)* @b (_)* @c (_)* @call)",
    "(_ (_) @a (_ (_) @b (_ (_) @call)))",
    "\n".join("(_ (_)* (_)* (_)* (_)*) @call" for _ in range(200)),
    "[" + " ".join("(_)+" for _ in range(200)) + "] @call",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_query_that_explodes_is_stopped(tree: Path, query: str) -> None:
    (tree / "calls.go").write_text(CALLS)
    (tree / "good.toml").write_text(rule(f"({CALL} {AFTER})", id="ACME900"))
    (tree / "bad.toml").write_text(rule(query))
    ran = run("check", "--rules", "bad.toml", "--rules", "good.toml", cwd=tree, timeout=60)
    assert [place for place in ran.found if "ACME900" in place] == [
        f"a.go:{line} ACME900" for line in (33, 35, 39, 40, 43)
    ]
    assert ran.code in (1, 2)
    if ran.code == 2:
        assert "stopped" in ran.err
        assert "ACME001" in ran.err or "bad.toml:7" in ran.err


def test_one_of_the_hostile_is_named(tree: Path) -> None:
    (tree / "calls.go").write_text(CALLS)
    ran = check(tree, rule("(_ (_) @a (_ (_) @b (_ (_) @call)))"))
    assert ran.code == 2
    assert "the query of rule ACME001 was stopped by the limit" in ran.err
    ran = check(tree, rule(HOSTILE[0]))
    assert ran.code == 2
    assert "rules.toml:8: query: reading it was stopped after 2 s" in ran.err


def test_folder_of_rules_of_both_kinds(tree: Path) -> None:
    folder = tree / "own"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (folder / "one.toml").write_text(rule(f"({CALL} {AFTER})"))
    ran = run("check", "--rules", "own", "--select", "ACME", cwd=tree)
    assert lines(ran) == [33, 35, 39, 40, 43]
    assert ran.code == 1


def test_jobs_agree(tree: Path) -> None:
    """Enough source for several processes, each with a matcher of its own."""
    for number in range(6):
        filler = "".join(f"func f{at}() {{ g({at}) }} //{'.' * 60}\n" for at in range(6_000))
        body = 'import "time"\n\nvar t = time.After(1)\n\n' + filler
        (tree / f"p{number}").mkdir()
        (tree / f"p{number}" / "a.go").write_text(f"package p\n\n{body}")
    alone, together = (
        check(tree, rule(f"({CALL} {AFTER})"), "-j", jobs).found for jobs in ("1", "2")
    )
    assert alone == together
    assert len(alone) == 11


def test_nothing_is_imported_from_the_linted_directory(tree: Path) -> None:
    """The process that runs queries starts in it."""
    package = tree / "golint_concurrency"
    package.mkdir()
    for name in ("__init__.py", "queries.py"):
        (package / name).write_text(f"open({str(tree / 'loaded')!r}, 'w')\n")
    (tree / "json.py").write_text(f"open({str(tree / 'loaded')!r}, 'w')\n")
    assert lines(check(tree, rule(f"({CALL} {AFTER})"))) == [33, 35, 39, 40, 43]
    assert not (tree / "loaded").exists()


def test_no_process_is_started_without_need(tree: Path) -> None:
    """Without query rules nothing of theirs is imported: starting stays cheap."""
    code = (
        "import sys; from golint_concurrency.cli import main; main(['check', 'a.go']); "
        "print([name for name in sys.modules if name.startswith(('golint_concurrency.queries', 'subprocess'))])"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=tree, env=dict(os.environ),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"

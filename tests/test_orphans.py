"""Imports whose last use several fixes took together."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency import cli
from golint_concurrency.orphans import without_orphans
from tests.golang import gofmt

USES = "func f() { runtime.Gosched(); fmt.Println(); other.Do() } // no runtime.GC here\n"
LEFT = "func f() { fmt.Println(); other.Do() } // no runtime.GC here\n"

GROUPS = {
    "first": (
        'import (\n\t"runtime"\n\n\t"fmt"\n\tother "x"\n)',
        'import (\n\t"fmt"\n\tother "x"\n)',
    ),
    "last": (
        'import (\n\t"fmt"\n\tother "x"\n\n\t"runtime"\n)',
        'import (\n\t"fmt"\n\tother "x"\n)',
    ),
    "between": (
        'import (\n\t"fmt"\n\n\t"runtime"\n\n\tother "x"\n)',
        'import (\n\t"fmt"\n\n\tother "x"\n)',
    ),
    "within": (
        'import (\n\t"fmt"\n\t"runtime" // the scheduler\n\n\tother "x"\n)',
        'import (\n\t"fmt"\n\n\tother "x"\n)',
    ),
    "own line": (
        'import "fmt"\nimport "runtime"\nimport other "x"',
        'import "fmt"\nimport other "x"',
    ),
    "only one": (
        'import (\n\t"runtime"\n)\n\nimport (\n\t"fmt"\n\tother "x"\n)',
        'import (\n\t"fmt"\n\tother "x"\n)',
    ),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("group", GROUPS)
def test_layout_is_gofmt_s(group: str, ends: str) -> None:
    given, expected = (f"package p\n\n{imports}\n\n" for imports in GROUPS[group])
    before, after, right = (
        text.replace("\n", ends).encode() for text in (given + USES, given + LEFT, expected + LEFT)
    )
    assert without_orphans(before, after) == right
    if ends == "\n":
        assert gofmt(right) == right


@pytest.mark.parametrize(
    "imports",
    [
        'import _ "runtime"',
        'import . "runtime"',
        'import other "runtime"',
        'import "example.com/go-run-time"',  # whose package's name cannot be guessed
    ],
)
def test_other_imports_stay(imports: str) -> None:
    head = f"package p\n\n{imports}\n\n"
    after = (head + "func f() { other.Do() }\n").encode()
    assert (
        without_orphans((head + "func f() { other.Do(); runtime.GC() }\n").encode(), after) == after
    )


def test_two_fixes_take_the_last_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "\tfor _, row := range rows {\n\t\tsum += row\n{}\t}\n\treturn sum\n"
    source = 'package p\n\nimport "runtime"\n'
    fixed = "package p\n"
    for name in "ab":
        head = f"\nfunc {name}(rows []int) (sum int) {{\n"
        source += head + loop.replace("{}", "\t\truntime.Gosched()\n") + "}\n"
        fixed += head + loop.replace("{}", "") + "}\n"
    (tmp_path / "a.go").write_text(source, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    cli.main(["check", "--isolated", "--fix"])
    assert (tmp_path / "a.go").read_text("utf-8") == fixed

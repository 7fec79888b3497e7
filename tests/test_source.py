"""Which files are found: what the go tool and git leave out is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from golint_concurrency.source import discover

FILES = (
    "a.go",
    "a_test.go",
    "readme.md",
    "sub/b.go",
    "sub/deep/c.go",
    "vendor/v.go",
    "sub/vendor/v.go",
    "testdata/t.go",
    "node_modules/n.go",
    "_off/x.go",
    ".hidden/x.go",
    "_off.go",
    ".off.go",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("package p\n")
    return tmp_path


def found(tree: Path, *arguments: str, tests: bool = True) -> Sequence[str]:
    result = discover(arguments, str(tree), tests=tests)
    assert not result.problems
    return [target.path for target in result.targets]


ALL = ["a.go", "a_test.go", "sub/b.go", "sub/deep/c.go"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ALL),
        (["./..."], ALL),
        (["..."], ALL),
        (["."], ALL),
        (["sub/..."], ["sub/b.go", "sub/deep/c.go"]),
        (["sub", "sub/b.go", "./sub/../sub"], ["sub/b.go", "sub/deep/c.go"]),
        (["vendor/v.go", "_off.go"], ["_off.go", "vendor/v.go"]),  # named, so meant
        (["testdata"], ["testdata/t.go"]),
        (["readme.md", "a.go"], ["a.go"]),
    ],
)
def test_arguments(tree: Path, arguments: list[str], expected: list[str]) -> None:
    assert found(tree, *arguments) == expected


def test_without_tests(tree: Path) -> None:
    assert "a_test.go" not in found(tree, tests=False)


def test_gitignore(tree: Path) -> None:
    (tree / ".gitignore").write_text("# comment\n/sub/deep/\n*_test.go\n[\n")
    (tree / "sub" / ".gitignore").write_text("b.go\n")
    assert found(tree) == ALL  # no work tree, no git
    (tree / ".git").mkdir()
    assert found(tree) == ["a.go"]
    (tree / "sub" / ".gitignore").write_text("*\n!b.go\n")
    assert found(tree) == ["a.go", "sub/b.go"]
    # From below, the patterns above hold as well.
    (tree / "sub" / ".gitignore").unlink()
    assert found(tree / "sub") == ["b.go"]
    assert found(tree, "a_test.go") == ["a_test.go"]


def test_symbolic_links_are_not_followed(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "o.go").write_text("package o\n")
    (tree / "loop").symlink_to(tree)
    (tree / "out").symlink_to(outside)
    (tree / "link.go").symlink_to(outside / "o.go")
    assert found(tree) == ALL
    assert found(tree, "link.go") == ["link.go"]


def test_exclusion_and_named_files(tree: Path) -> None:
    def excluded(path: str, directory: bool) -> bool:
        return path.endswith("/sub" if directory else "a.go")

    def names(*arguments: str, force: bool = False) -> list[str]:
        result = discover(arguments, str(tree), excluded, force_exclude=force)
        return [target.path for target in result.targets]

    assert names() == ["a_test.go"]
    assert names("a.go") == ["a.go"]
    assert names("a.go", "a_test.go", force=True) == ["a_test.go"]


def test_problems(tree: Path) -> None:
    result = discover(["missing", "", "node_modules/..."], str(tree))
    assert [problem.path for problem in result.problems] == ["missing", '""']
    (tree / "empty").mkdir()
    (problem,) = discover(["empty"], str(tree)).problems
    assert (problem.message, problem.fatal) == ("no Go files to lint here", False)

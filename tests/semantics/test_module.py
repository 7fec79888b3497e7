"""Where packages lie: go.mod, go.work, replace, vendor, the module cache; which files go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.semantics.module import Module, ModuleIndex, parse_mod


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def module_at(index: ModuleIndex, path: Path) -> Module:
    module = index.for_path(path)
    assert module is not None
    return module


def test_go_mod(tmp_path: Path) -> None:
    text = """// a comment
module "example.com/m" // another

go 1.22.3
toolchain go1.23.1

require example.com/a v1.0.0
require (
	example.com/b v0.2.0 // indirect
)
replace (
	example.com/a => ./a
	example.com/b v0.2.0 => example.com/c v1.1.0
)
"""
    module = parse_mod(text, tmp_path)
    assert module is not None
    assert module.path == "example.com/m"
    assert module.go_version == (1, 22)
    assert module.requires == {"example.com/a": "v1.0.0", "example.com/b": "v0.2.0"}
    assert module.replaces["example.com/a"] == ("./a", "")
    assert module.replaces["example.com/b"] == ("example.com/c", "v1.1.0")


@pytest.mark.parametrize("text", ["", "go 1.21\n", "module\n", "\x00" * 100])
def test_no_module(tmp_path: Path, text: str) -> None:
    assert parse_mod(text, tmp_path) is None


def test_nearest_module_and_import_path(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "go.mod": "module example.com/m\n",
            "a/b/x.go": "package b\n",
            "tools/go.mod": "module example.com/tools\n",
            "tools/c/x.go": "package c\n",
        },
    )
    index = ModuleIndex(use_cache=False)
    assert index.import_path_of(tmp_path) == "example.com/m"
    assert index.import_path_of(tmp_path / "a" / "b") == "example.com/m/a/b"
    assert index.import_path_of(tmp_path / "tools" / "c") == "example.com/tools/c"
    module = module_at(index, tmp_path / "a")
    assert index.directory_of("example.com/m/a/b", module) == tmp_path / "a" / "b"
    assert index.directory_of("example.com/m/nothing", module) is None
    assert index.directory_of("example.com/m/../m/a/b", module) is None
    assert index.directory_of("fmt", module) is None


def test_workspace(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(
        tmp_path,
        {
            "repo/.git/HEAD": "",
            "repo/go.work": "go 1.22\n\nuse (\n\t./a\n\t./b\n\t../outside\n)\n",
            "repo/a/go.mod": "module example.com/a\n",
            "repo/b/go.mod": "module example.com/b\n",
            "repo/b/sub/x.go": "package sub\n",
            "outside/go.mod": "module example.com/outside\n",
        },
    )
    index = ModuleIndex(use_cache=False)
    module = module_at(index, tmp_path / "repo" / "a")
    assert index.directory_of("example.com/b/sub", module) == tmp_path / "repo" / "b" / "sub"
    assert outside.is_dir()
    assert index.directory_of("example.com/outside", module) is None


def test_replace_stays_below_the_root(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "repo/.git/HEAD": "",
            "repo/svc/go.mod": "module example.com/svc\n\nreplace (\n"
            "\texample.com/lib => ../lib\n\texample.com/out => ../../out\n"
            "\texample.com/link => ../link\n"
            f"\texample.com/abs => {tmp_path}/out\n)\n",
            "repo/lib/x.go": "package lib\n",
            "out/x.go": "package out\n",
        },
    )
    (tmp_path / "repo" / "link").symlink_to(tmp_path / "out")
    index = ModuleIndex(use_cache=False)
    module = module_at(index, tmp_path / "repo" / "svc")
    assert index.directory_of("example.com/lib", module) == tmp_path / "repo" / "lib"
    for path in ("out", "link", "abs"):
        assert index.directory_of(f"example.com/{path}", module) is None


def test_vendor_and_module_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        {
            "m/go.mod": "module example.com/m\n\nrequire (\n\tgithub.com/Acme/kit v1.2.0\n"
            "\texample.com/v v1.0.0\n)\n",
            "m/vendor/example.com/v/x.go": "package v\n",
            "cache/github.com/!acme/kit@v1.2.0/log/x.go": "package log\n",
            "cache/github.com/other/kit@v1.0.0/x.go": "package kit\n",
        },
    )
    monkeypatch.setenv("GOMODCACHE", str(tmp_path / "cache"))
    index = ModuleIndex()
    module = module_at(index, tmp_path / "m")
    vendored = tmp_path / "m" / "vendor" / "example.com" / "v"
    assert index.directory_of("example.com/v", module) == vendored
    cached = index.directory_of("github.com/Acme/kit/log", module)
    assert cached == tmp_path / "cache" / "github.com" / "!acme" / "kit@v1.2.0" / "log"
    # Not required, so not read; and nothing is where the cache must not be used.
    assert index.directory_of("github.com/other/kit", module) is None
    assert ModuleIndex(use_cache=False).directory_of("github.com/Acme/kit/log", module) is None


def test_files_that_are_built_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "go.mod": "module example.com/m\n",
            "a.go": "package p\n",
            "a_linux.go": "package p\n",
            "a_windows.go": "package p\n",
            "tagged.go": "//go:build integration\n\npackage p\n",
            "gen.go": "//go:build ignore\n\npackage main\n",
            "a_test.go": "package p\n",
            "b_test.go": "package p_test\n",
            "_off.go": "package p\n",
            ".off.go": "package p\n",
        },
    )
    index = ModuleIndex(use_cache=False)

    def names(path: str) -> list[str]:
        group = index.matching(tmp_path, str(tmp_path / path))
        assert group is not None
        return sorted(file.name for file in group.files)

    kinds = {group.kind: group for group in index.package_files(tmp_path)}
    assert sorted(kinds) == ["normal", "test", "xtest"]
    assert names("a.go") == ["a.go", "a_linux.go"]
    assert names("a_windows.go") == ["a.go", "a_windows.go"]
    assert "tagged.go" in names("tagged.go")
    assert "a.go" in names("tagged.go")
    assert names("gen.go") == ["gen.go"]
    assert names("a_test.go") == ["a.go", "a_linux.go", "a_test.go"]
    assert names("b_test.go") == ["b_test.go"]
    assert index.matching(tmp_path, str(tmp_path / "missing.go")) is None

"""A repository that was made to do harm: nothing of it is executed, nothing outside of it is read,
and neither time nor memory runs away. See `test_bad_input` for files that are merely broken."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import time
from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from tests.audit import Audited, audited
from tests.command import COMMAND, run, run_bound
from tests.test_bad_input import FOUND, MISTAKE

MEGABYTE = 1 << 20
FORMATS = (
    "text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "rdjson",
    "html", "junit",
)  # fmt: skip
HELPER = "package p\n\nfunc Help() {}\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with a mistake in good/a.go, and a secret beside the repository."""
    repository = tmp_path / "repository"
    (repository / "good").mkdir(parents=True)
    (repository / ".git").mkdir()
    (repository / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (repository / "good" / "a.go").write_text(MISTAKE)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.go").write_text(HELPER)
    (tmp_path / "secret" / "secret.toml").write_text("secret\n")
    return repository


def watched(tree: Path, *arguments: str, **environ: str) -> Audited:
    """Lint; the good file is linted, the secret is not read, nothing but git is started."""
    found = audited(
        *(arguments or ("./...", "--select", "ALL", "-q")),
        cwd=tree,
        scratch=tree.parent / "scratch",
        environ=environ,
    )
    secret = os.path.realpath(tree.parent / "secret")
    assert not [path for path in found.seen() if path.startswith(secret)]
    assert not found.of("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "socket.")
    assert f"good/a.go:{FOUND}" in found.ran.found, found.ran
    return found


# --- links


def test_links_out_of_the_repository_are_not_followed(tree: Path) -> None:
    secret = tree.parent / "secret"
    (tree / "good" / "b.go").symlink_to(secret / "x.go")
    (tree / "good" / "folder").symlink_to(secret)
    (tree / "linked").symlink_to(secret)
    (tree / "good" / "c.go").write_text(
        'package p\n\nimport "example.com/m/linked"\n\nfunc g() { go linked.Help(); Help() }\n'
    )
    (tree / "vendor" / "github.com").mkdir(parents=True)
    (tree / "vendor" / "github.com" / "evil").symlink_to(secret)
    (tree / "good" / "d.go").write_text(
        'package p\n\nimport "github.com/evil"\n\nfunc h() { go evil.Help() }\n'
    )
    watched(tree)


def test_caches_and_searches_follow_no_links_either(tree: Path) -> None:
    secret = tree.parent / "secret"
    for name in ("good/b.go", "x.go"):
        (tree / name).symlink_to(secret / "x.go")
    for number in range(3):
        (tree / f"p{number}").mkdir()
        (tree / f"p{number}" / "a.go").write_text(MISTAKE + "// padding\n" * 20_000)
    environ = {"GOLINT_CONCURRENCY_CACHE": str(tree.parent / "cache")}
    first = watched(tree, **environ)
    assert watched(tree, **environ).ran.out == first.ran.out
    modules = ModuleIndex()
    program = Program(modules, StubStore.empty(), read_or_none)
    package = program.package_of(str(tree / "good" / "a.go"))
    assert mentions.together(program, package, (b"package p", b"time"))
    assert not mentions.together(program, package, (b"package p", b"Help"))


def test_links_inside_of_the_repository_count(tree: Path) -> None:
    """Generated trees and monorepos link files into packages; what they declare is known."""
    (tree / "shared").mkdir()
    (tree / "shared" / "x.go").write_text("package shared\n\nfunc Forever() {\n\tfor {\n\t}\n}\n")
    (tree / "good" / "b.go").symlink_to("../shared/x.go")
    found = watched(tree)
    assert os.path.realpath(tree / "shared" / "x.go") in found.seen()


def test_a_link_that_is_named_is_linted(tree: Path) -> None:
    (tree.parent / "secret" / "x.go").write_text(MISTAKE)
    (tree / "link.go").symlink_to(tree.parent / "secret" / "x.go")
    assert f"link.go:{FOUND}" in run("check", "link.go", "-q", cwd=tree).found


@pytest.mark.parametrize(
    "name",
    [".gitignore", "CODEOWNERS", "go.mod", "go.work", "good/go.mod", ".git/config"],
)
def test_linked_files_that_steer(tree: Path, name: str) -> None:
    """Whatever these links lead to decides nothing and is not quoted."""
    place = tree / name
    place.unlink(missing_ok=True)
    place.symlink_to(tree.parent / "secret" / "secret.toml")
    (tree.parent / "secret" / "secret.toml").write_text("* @secret\nsecret/\ngood/\n")
    for form in ("text", "html"):
        ran = run("./...", "-q", "--format", form, cwd=tree)
        assert ran.code in (0, 1)  # without a version of Go it is a note
        assert "GLC401" in ran.out
        assert "secret" not in (ran.out + ran.err).replace(str(tree), "")


def test_links_in_circles_between_packages(tree: Path) -> None:
    for name in ("x", "y"):
        (tree / name).symlink_to("y" if name == "x" else "x")
    (tree / "good" / "self").symlink_to("..")
    (tree / "good" / "c.go").write_text(
        'package p\n\nimport "example.com/m/good/self/good/self/good"\n\n'
        "func g() { go good.Help() }\n"
    )
    watched(tree)


# --- modules


@pytest.mark.parametrize(
    "target",
    ["/", "..", "../secret", "./../secret", "./good/../../secret", "{tmp}/secret", "./loop", "~",
     "$HOME", "C:\\\\", "file:///etc", "'..'"],
)  # fmt: skip
def test_replacements_stay_inside(tree: Path, target: str) -> None:
    (tree / "loop").symlink_to(tree.parent / "secret")
    target = target.replace("{tmp}", str(tree.parent))
    (tree / "go.mod").write_text(
        f"module example.com/m\n\ngo 1.22\n\nrequire example.com/evil v1.0.0\n\n"
        f"replace example.com/evil => {target}\n"
    )
    (tree / "good" / "c.go").write_text(
        'package p\n\nimport "example.com/evil"\n\nfunc g() { go evil.Help() }\n'
    )
    watched(tree)


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("example.com/a", "v1.0.0/../../../secret"),
        ("example.com/../../secret", "v1.0.0"),
        ("example.com/a", "/../../../secret"),
        ("example.com/evil/..", "v1.0.0"),
        ("/" * 3 + "example.com", "v1.0.0"),
    ],
)
def test_the_module_cache_is_not_left(tree: Path, path: str, version: str) -> None:
    cache = tree.parent / "cache"
    (cache / "example.com" / "a@v1.0.0").mkdir(parents=True)
    (cache / "example.com" / "a@").mkdir()
    (tree.parent / "secret@v1.0.0").symlink_to("secret")
    for line in (
        f"require {path} {version}\n",
        f"require example.com/evil v1.0.0\n\nreplace example.com/evil => {path} {version}\n",
    ):
        (tree / "go.mod").write_text(f"module example.com/m\n\ngo 1.22\n\n{line}")
        imported = "example.com/evil" if "replace" in line else path
        (tree / "good" / "c.go").write_text(
            f'package p\n\nimport e "{imported}"\n\nfunc g() {{ go e.Help() }}\n'
        )
        watched(tree, GOMODCACHE=str(cache))


def test_workspaces_stay_inside(tree: Path) -> None:
    (tree.parent / "secret" / "go.mod").write_text("module example.com/evil\n")
    (tree / "go.work").write_text(
        f"go 1.22\n\nuse (\n\t.\n\t../secret\n\t{tree.parent}/secret\n\t/\n)\n"
    )
    (tree / "good" / "c.go").write_text(
        'package p\n\nimport "example.com/evil"\n\nfunc g() { go evil.Help() }\n'
    )
    watched(tree)


@pytest.mark.parametrize(
    "text",
    [
        "require (\n" + "\texample.com/a v1.0.0\n" * 40_000 + ")\n",
        "replace example.com/a => ./a\n" * 30_000,
        "".join(f"replace example.com/a{n} => example.com/a{n + 1} v1\n" for n in range(15_000)),
        "(" * 900_000,
        '"' + "\\" * 900_000,
        "`" * 900_000,
        "require " * 100_000,
        "go " + "9" * 900_000,
    ],
    ids=["requires", "replaces", "chain", "parens", "escapes", "quotes", "words", "version"],
)
def test_module_files_that_are_bombs(tree: Path, text: str) -> None:
    (tree / "go.mod").write_text("module example.com/m\n\n" + text)
    began = time.monotonic()
    assert run("./...", "-q", cwd=tree, timeout=60).found == [f"good/a.go:{FOUND}"]
    assert time.monotonic() - began < 30


# --- sizes


def limited(tree: Path, *arguments: str, megabytes: int, seconds: int) -> list[str]:
    """Lint with bounded address space and CPU time; where findings are."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    done = subprocess.run(
        [COMMAND, *arguments, "-q", "-j", "1", "--format", "concise"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr
    return [line.rsplit(":", 2)[0] for line in done.stdout.splitlines()]


def test_a_file_of_200_megabytes_is_not_read(tree: Path) -> None:
    for name in ("huge.go", "good/huge.go", "go.work", "go.mod", ".gitignore"):
        with open(tree / name, "r+b" if (tree / name).exists() else "wb") as file:
            file.write(b"package p // " if name.endswith(".go") else b"// ")
            file.truncate(200 * MEGABYTE)
    assert "good/a.go" in limited(tree, "./...", megabytes=700, seconds=20)[0]
    ran = run("./...", "-q", cwd=tree)
    for name in ("huge.go", "good/huge.go"):
        assert f"error: {name}: larger than 10 MiB; left out" in ran.err


def many_files(tree: Path, count: int, megabytes: int, seconds: int) -> None:
    folder = tree / "many"
    folder.mkdir()
    for number in range(count):
        (folder / f"f{number}.go").write_text(f"package many\n\nfunc f{number}() {{}}\n")
    (folder / "z.go").write_text(MISTAKE)
    found = limited(tree, "./...", megabytes=megabytes, seconds=seconds)
    assert [line.split(":")[0] for line in found] == ["good/a.go", "many/z.go"]


def test_5_000_files_in_a_directory(tree: Path) -> None:
    many_files(tree, 5_000, 700, 30)


@pytest.mark.slow
def test_100_000_files_in_a_directory(tree: Path) -> None:
    many_files(tree, 100_000, 4_000, 600)


def test_directories_nested_as_deep_as_they_go(tree: Path) -> None:
    before = os.getcwd()
    os.chdir(tree)
    try:
        for _ in range(1_500):
            os.mkdir("d")
            os.chdir("d")
        Path("a.go").write_text(MISTAKE)
        os.chdir(before)
        ran = run("./...", "-q", cwd=tree)
    finally:
        os.chdir(before)
        # shutil.rmtree, by which pytest clears up after the third run, would recurse too deep.
        subprocess.run(["rm", "-rf", str(tree / "d")], check=True)
    assert f"good/a.go:{FOUND}" in ran.found
    assert ran.code in (1, 2)


@pytest.mark.parametrize("inside", ["\n", "x\n", "\x00", "/**\n", "[a\n", "!\n", "**/*/**/*a\n"])
def test_ignore_files_that_are_bombs(tree: Path, inside: str) -> None:
    (tree / ".gitignore").write_text(inside * (200_000 // len(inside)))
    began = time.monotonic()
    run("./...", "-q", cwd=tree, timeout=60)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "pattern", ["*a" * 60 + "b", "**/" * 60 + "b", "[" * 200, "(a+)+$", "{a,b}" * 60, "?" * 4000]
)
def test_patterns_that_never_end(tree: Path, pattern: str) -> None:
    name = "a" * 120 + ".go"
    (tree / name).write_text(MISTAKE)
    (tree / ".gitignore").write_text(pattern + "\n")
    (tree / ".golint-concurrency.toml").write_text(
        f"exclude = ['{pattern}']\n\n[[per-file-ignores]]\npaths = ['{pattern}']\nignore = ['ALL']\n"
        if "[" not in pattern
        else ""
    )
    (tree / "CODEOWNERS").write_text(f"{pattern} @x\n" * 100)
    began = time.monotonic()
    run("./...", "-q", cwd=tree, timeout=60)
    run("./...", "-q", "--isolated", "--format", "html", cwd=tree, timeout=60)
    assert time.monotonic() - began < 40


@pytest.mark.parametrize("mode", [0, 0o444, 0o111, 0o222])
def test_a_directory_without_permission(tree: Path, mode: int) -> None:
    locked = tree / "locked"
    locked.mkdir()
    (locked / "a.go").write_text(MISTAKE)
    locked.chmod(mode)
    ran = run_bound("./...", "-q", cwd=tree)
    locked.chmod(0o755)
    assert f"good/a.go:{FOUND}" in ran.found
    assert ran.code == 2
    assert re.search(r"error: locked.*: cannot be read: Permission denied$", ran.err, re.M), ran.err


def test_module_files_and_configurations_without_permission(tree: Path) -> None:
    (tree / "good" / "other.go").write_text("package p\n")
    for name in ("go.mod", "good/other.go", ".gitignore"):
        (tree / name).touch()
        (tree / name).chmod(0)
    ran = run_bound("./...", "-q", cwd=tree)
    assert f"good/a.go:{FOUND}" in ran.found
    assert ran.code == 2
    assert "good/other.go: cannot be read: Permission denied" in ran.err
    (tree / ".golint-concurrency.toml").touch(0)
    ran = run_bound("./...", "-q", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ".golint-concurrency.toml cannot be read: Permission denied" in ran.err


def test_fixes_where_nothing_may_be_written(tree: Path) -> None:
    path = tree / "good" / "b.go"
    path.write_text(MISTAKE)
    before = path.read_bytes()
    path.chmod(0o444)
    (tree / "good").chmod(0o555)
    ran = run_bound("./...", "--fix", "--unsafe-fixes", "-q", cwd=tree)
    (tree / "good").chmod(0o755)
    assert ran.code == 2
    assert "Permission denied" in ran.err
    assert path.read_bytes() == before
    assert sorted(each.name for each in (tree / "good").iterdir()) == ["a.go", "b.go"]


def test_a_configuration_of_50_megabytes(tree: Path) -> None:
    config = tree / ".golint-concurrency.toml"
    config.write_bytes(b"jobs = 1\n" + b"# x\n" * 12_500_000)
    began = time.monotonic()
    ran = run("./...", "-q", cwd=tree)
    assert time.monotonic() - began < 10
    assert ran.code == 2
    assert f"{config.name} is larger than" in ran.err


def test_configurations_that_extend_each_other(tree: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tree / f"{name}.toml").write_text(f'extends = "{other}.toml"\n')
    (tree / ".golint-concurrency.toml").write_text('extends = "a.toml"\n')
    ran = run("./...", "-q", cwd=tree)
    assert ran.code == 2
    assert "which leads back here" in ran.err


# --- reports

EVIL = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>](javascript:x)`|\x1b[2J\x1b]0;t\x07"
)


@pytest.fixture
def evil(tree: Path) -> Path:
    """Names, excerpts and messages that try to act on whoever reads them."""
    folder = tree / ("d" + EVIL.replace("/", "_"))
    folder.mkdir()
    text = MISTAKE.replace("time.Minute):", f"time.Minute): // {EVIL}\u202e\u2028::error::x ##[e]")
    (folder / "x%0A::error file=a::b.go").write_text(text)
    (folder / "y\n::error file=a::b\n##[error]z.go").write_text(text)
    return tree


@pytest.mark.parametrize("form", FORMATS)
def test_reports_hold_nothing_that_acts(evil: Path, form: str) -> None:
    ran = run("./...", "--format", form, "--show-source", "-q", cwd=evil)
    assert ran.code == 1
    for text in (ran.out, ran.err):
        assert not [char for char in text if char < " " and char not in "\n\t"]
        if form not in ("json", "jsonl"):  # data; whoever shows it escapes it
            assert "\u202e" not in text
    for line in (ran.out + ran.err).splitlines():
        assert not line.lstrip().startswith(("::error file=a", "##["))
    if form == "html":
        assert "<script>alert" not in ran.out
        assert "<img" not in ran.out
    if form in ("checkstyle", "junit"):
        assert "<script>" not in ran.out
        assert "<img" not in ran.out


def test_sarif_names_files_below_the_root_only(evil: Path) -> None:
    (evil / "inner").mkdir()
    (evil / "inner" / ".git").mkdir()
    ran = run("../good/a.go", "./..", "--format", "sarif", "-q", cwd=evil / "inner")
    results = json.loads(ran.out)["runs"][0]["results"]
    assert results
    for result in results:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            artifact = place["physicalLocation"]["artifactLocation"]
            assert ".." not in artifact["uri"].split("/")
            assert "\n" not in artifact["uri"]
            if "uriBaseId" in artifact:
                assert not artifact["uri"].startswith(("/", "file:"))
            else:
                assert artifact["uri"].startswith("file:///")


def test_a_baseline_names_files_outside(tree: Path) -> None:
    """Entries are compared, never opened."""
    entry = {"rule": "GLC401", "path": "../secret/x.go", "symbol": "f", "text": "x"}
    (tree / ".golint-concurrency-baseline.json").write_text(
        json.dumps({"version": 1, "findings": [entry, {**entry, "path": "/etc/passwd"}]})
    )
    watched(tree)


# --- programs


def test_programs_of_the_repository_are_not_started(tree: Path) -> None:
    trap = tree / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tree}/sprung\n")
    trap.chmod(0o755)
    for name in ("git", "go", "gofmt", "python3", "sh", "less"):
        (tree / name).symlink_to("trap")
    (tree / "go.mod").write_text(
        "module example.com/m\n\ngo 1.22\n\ntoolchain ./trap\n\ntool example.com/m/trap\n"
    )
    (tree / "good" / "gen.go").write_text("package p\n\n//go:generate ../trap\n")
    (tree / "good" / "c.go").write_text(
        "package p\n\n// #cgo pkg-config: `touch sprung`\n// #cgo CFLAGS: -fplugin=../trap\n"
        'import "C"\n\nfunc g() { C.f() }\n'
    )
    found = watched(tree)
    for arguments in (("--fix", "./..."), ("--diff", "./..."), ("baseline", "create", "./..."),
                      ("init", "--print"), ("--new-from", "HEAD")):  # fmt: skip
        run(*arguments, cwd=tree, PATH=f"{os.environ['PATH']}:.")
    assert found.ran.code == 1
    assert not (tree / "sprung").exists()

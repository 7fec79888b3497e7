"""What piles up under load is only a note where no load comes: the level of one finding, placed
in programs and folders of several kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from golint_concurrency import cli

FETCH = """package {package}

import "net/http"

{head}func Fetch(url string) error {{
	answer, err := http.Get(url)
	if err != nil {{
		return err
	}}
	return answer.Body.Close()
}}
"""
SERVER = """package main

import "net/http"

func main() {
	http.ListenAndServe(":80", nil)
}
"""
TOOL = """package main

func main() {
	println("done")
}
"""


def level(
    root: Path,
    folder: str,
    capsys: pytest.CaptureFixture[str],
    package: str = "fetch",
    head: str = "",
) -> str:
    place = root / folder
    place.mkdir(parents=True, exist_ok=True)
    (root / "go.mod").write_text("module example.com/test/demo\n\ngo 1.24\n", encoding="utf-8")
    (place / "fetch.go").write_text(FETCH.format(package=package, head=head), encoding="utf-8")
    cli.main(["check", str(place), "--isolated", "--select", "GLC603", "--format", "json", "-q"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert len(found) == 1
    return str(found[0]["severity"])


@pytest.mark.parametrize(
    "folder",
    [
        "fetch",
        "latest",
        "internal/fetch",
        "cmd/served/fetch",
        "contest",
        "speedtest",
        "attestation",
        "tests2",
        "integrations",
    ],
)
def test_code_of_a_service_carries_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (tmp_path / "cmd/served").mkdir(parents=True)
    (tmp_path / "cmd/served/main.go").write_text(SERVER, encoding="utf-8")
    assert level(tmp_path, folder, capsys) == "warning"


@pytest.mark.parametrize(
    "folder",
    [
        *(
            "examples/fetch",
            "internal/testplayground",
            "_examples",
            "demo",
            "hack",
            "pkg/sample/fetch",
            "scripts",
        ),
        *("test", "testutil", "pkg/servertest/../testing/fetch", "e2e", "internal/mocks", "dbtest"),
        *(
            "integration",
            "cmd/store-test/client",
            "sdk/testcluster",
            "chaos/cases",
            "cmd/shop-cli/fetch",
            "references/cli/top",
            "pkg/logcli/query",
            "shopctl",
        ),
        *(
            "contrib/lock",
            "devtools/proxy",
            "cmd/shop-scripts/fetch",
            "hello",
            "cmd/p2p/ethtest",
            "bench/load",
            "simulation/workflows",
        ),
    ],
)
def test_samples_and_support_of_tests_carry_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (tmp_path / "main.go").write_text(SERVER, encoding="utf-8")
    assert level(tmp_path, folder, capsys) == "note"


def test_a_library_carries_load_for_those_who_use_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert level(tmp_path, "internal/fetch", capsys) == "warning"
    (tmp_path / "cmd/tool").mkdir(parents=True)
    (tmp_path / "cmd/tool/main.go").write_text(TOOL, encoding="utf-8")
    assert level(tmp_path, "fetch", capsys) == "warning"


def test_what_only_a_tool_uses_carries_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.go").write_text(TOOL, encoding="utf-8")
    assert level(tmp_path, "internal/fetch", capsys) == "note"
    assert level(tmp_path, "cmd/tool", capsys, "main", "func main() { Fetch(``) }\n\n") == "note"


def test_a_program_beside_a_server_is_judged_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cmd/served").mkdir(parents=True)
    (tmp_path / "cmd/served/main.go").write_text(SERVER, encoding="utf-8")
    tool = "func main() { Fetch(``) }\n\n"
    assert level(tmp_path, "cmd/tool", capsys, "main", tool) == "note"
    stays = "func main() {\n\tfor {\n\t\tgo Fetch(``)\n\t}\n\tselect {}\n}\n\n"
    assert level(tmp_path, "cmd/daemon", capsys, "main", stays) == "warning"


def test_the_word_of_the_configuration_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".golint-concurrency.toml").write_text(
        '[rules.default-client]\nseverity = "error"\n', encoding="utf-8"
    )
    (tmp_path / "examples").mkdir()
    level(tmp_path, "examples", capsys)
    cli.main(["check", str(tmp_path / "examples"), "--select", "GLC603", "--format", "json", "-q"])
    assert json.loads(capsys.readouterr().out)["diagnostics"][0]["severity"] == "error"


def test_a_file_that_declares_a_command_carries_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cmd/served").mkdir(parents=True)
    (tmp_path / "cmd/served/main.go").write_text(SERVER, encoding="utf-8")
    head = 'import "github.com/spf13/cobra"\n\nvar Logout = &cobra.Command{Use: "logout"}\n\n'
    assert level(tmp_path, "commands", capsys, head=head) == "note"
    runs = head + "func run() { app.Run() }\n\n"
    assert level(tmp_path, "commands", capsys, head=runs) == "warning"
    flags = 'package fetch\n\nimport _ "github.com/jessevdk/go-flags"\n'
    (tmp_path / "commands/flags.go").write_text(flags, encoding="utf-8")
    head = "type Logout struct{}\n\nfunc (Logout) Execute(args []string) error { return nil }\n\n"
    assert level(tmp_path, "commands", capsys, head=head) == "note"


def test_a_program_in_a_folder_of_tests_carries_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stays = "func main() {\n\tfor {\n\t\tgo Fetch(``)\n\t}\n\tselect {}\n}\n\n"
    assert level(tmp_path, "relay/testvm", capsys, "main", stays) == "note"
    assert level(tmp_path, "relay/vm", capsys, "main", stays) == "warning"


def program(root: Path, folder: str, body: str, imported: str = "") -> None:
    (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "go.mod").write_text("module example.com/test/demo\n\ngo 1.24\n", encoding="utf-8")
    also = f'\t_ "example.com/test/demo/{imported}"\n' if imported else ""
    (root / folder / "main.go").write_text(
        f'package main\n\nimport (\n{also}\t"net/http"\n)\n\nfunc main() {{\n\t{body}\n}}\n',
        encoding="utf-8",
    )


SERVE = 'http.ListenAndServe(":80", nil)'
FETCHES = 'http.NewRequest("GET", "", nil)'


def test_a_package_lives_as_the_programs_that_reach_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "cmd/served", SERVE, "shared")
    program(tmp_path, "cmd/tool", FETCHES, "client/internal/fetch")
    assert level(tmp_path, "client/internal/fetch", capsys) == "note"
    assert level(tmp_path, "shared", capsys) == "warning"
    (tmp_path / "client/internal/fetch/also.go").write_text(
        'package fetch\n\nimport _ "example.com/test/demo/cmd/tool/deep"\n', encoding="utf-8"
    )
    assert level(tmp_path, "cmd/tool/deep", capsys) == "note"
    assert level(tmp_path, "cmd/tool/other", capsys) == "warning"  # who knows who uses it
    program(tmp_path, "cmd/other", SERVE, "client/internal/fetch")
    assert level(tmp_path, "cmd/tool/deep", capsys) == "warning"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('http.ListenAndServe("127.0.0.1:0", nil)', "note"),
        ('http.ListenAndServe("localhost:9000", nil)', "note"),
        ('http.ListenAndServe(":9000", nil)', "warning"),
        ("http.ListenAndServe(address, nil)", "warning"),
        ("consumer.Consume()", "warning"),
        ("select {}", "warning"),
    ],
)
def test_a_port_for_the_own_machine_brings_no_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, expected: str
) -> None:
    program(tmp_path, "app", body, "internal/fetch")
    assert level(tmp_path, "internal/fetch", capsys) == expected


def test_a_generator_in_a_library_makes_no_program_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fetch").mkdir()
    (tmp_path / "fetch/gen.go").write_text(f"//go:build ignore\n\n{TOOL}", encoding="utf-8")
    assert level(tmp_path, "fetch", capsys) == "warning"


def test_what_is_kept_depends_on_the_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tmp_path / "cache"))
    program(tmp_path, "app", FETCHES, "internal/fetch")
    assert level(tmp_path, "internal/fetch", capsys) == "note"
    assert level(tmp_path, "internal/fetch", capsys) == "note"
    program(tmp_path, "app", SERVE, "internal/fetch")
    assert level(tmp_path, "internal/fetch", capsys) == "warning"

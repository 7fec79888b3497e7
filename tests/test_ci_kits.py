"""The GitHub Action and the GitLab job: their schemas, and their scripts run as a runner would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import COMMAND
from tests.linting import ROOT
from tests.test_package import MISTAKE, copy, execute  # noqa: F401 - `copy` is a fixture

pytestmark = [
    pytest.mark.xdist_group("package"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here"),
]
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "ci" / "gitlab.yml"


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        (["vendor.github-actions"], ACTION),
        (["vendor.gitlab-ci", "--data-transform", "gitlab-ci"], GITLAB),
    ],
)
def test_schema(schema: list[str], path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema comes with the extra `test`")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_examples_of_the_documentation_follow_their_schemas(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema comes with the extra `test`")
    text = (ROOT / "docs" / "ci.md").read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    schemas = {"jobs": ["vendor.github-workflows"], "repos": [], "include": ["vendor.gitlab-ci"]}
    seen = set()
    for block in blocks:
        kind = next(key for key in schemas if key in yaml.safe_load(block))
        seen.add(kind)
        file = tmp_path / "example.yml"
        file.write_text(block)
        if schemas[kind]:
            command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
            done = subprocess.run(
                [*command, *schemas[kind], file], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, block + done.stdout + done.stderr
    assert seen == set(schemas)


def test_no_input_can_carry_commands() -> None:
    """What users of the action give reaches scripts by the environment, never as their text."""
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.fixture
def service(tmp_path: Path) -> Path:
    service = tmp_path / "service"
    (service / "sub").mkdir(parents=True)
    (service / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (service / "sub" / "bad.go").write_text(MISTAKE)
    subprocess.run(["git", "init", "-q"], cwd=service, check=True)
    return service


class Runner:
    """Runs the scripts of a composite action's steps."""

    def __init__(self, service: Path, temp: Path) -> None:
        self.service = service
        self.output = temp / "output"
        self.environ = {
            **os.environ,
            "RUNNER_TEMP": str(temp),
            "GITHUB_WORKSPACE": str(service),
            "GITHUB_OUTPUT": str(self.output),
        }
        # As if installed: the step that installs has a test of its own.
        folder = temp / "golint-concurrency" / "bin"
        folder.mkdir(parents=True)
        (folder / "golint-concurrency").symlink_to(COMMAND)

    def step(self, name: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        step = next(item for item in action()["runs"]["steps"] if item.get("name") == name)
        assert set(step.get("env", {})) == set(environ)
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=cwd,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def outputs(self) -> dict[str, str]:
        lines = self.output.read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize(
    ("args", "paths", "code", "alerts"),
    [
        ("", "./...", "1", 1),
        ("", "sub/bad.go ./sub/...", "1", 1),
        ("--ignore\nGLC4", "./...", "0", 0),
        ("--exit-zero\n\n", "./...", "0", 1),
        ("--select\nNOSUCH", "./...", "2", None),
        ("--ignore\n$(touch pwned); `touch pwned`", "./...", "2", None),
    ],
)
def test_lint_step(
    service: Path, tmp_path: Path, args: str, paths: str, code: str, alerts: int | None
) -> None:
    runner = Runner(service, tmp_path / "temp")
    ran = runner.step("Lint", service, ARGS=args, PATHS=paths, SARIF="out.sarif")
    assert ran.returncode == 0, ran.stderr
    assert runner.outputs["exit-code"] == code
    if alerts is None:
        assert "sarif-file" not in runner.outputs
    else:
        log = json.loads((service / runner.outputs["sarif-file"]).read_text())
        assert len(log["runs"][0]["results"]) == alerts
    assert ran.stdout.count("::warning file=sub/bad.go,line=9") == bool(alerts)
    assert not list(service.rglob("pwned"))


def test_paths_of_alerts_start_at_the_root(service: Path, tmp_path: Path) -> None:
    """Also with a working directory: code scanning shows nothing for other paths."""
    runner = Runner(service, tmp_path / "temp")
    ran = runner.step("Lint", service / "sub", ARGS="", PATHS="./...", SARIF="out.sarif")
    assert "::warning file=sub/bad.go" in ran.stdout
    log = json.loads((service / "out.sarif").read_text())
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sub/bad.go"


@pytest.mark.parametrize(
    ("code", "fail", "ends"), [("0", "true", 0), ("1", "true", 1), ("1", "false", 0), ("2", "false", 2)]
)  # fmt: skip
def test_judge_step(service: Path, tmp_path: Path, code: str, fail: str, ends: int) -> None:
    runner = Runner(service, tmp_path / "temp")
    assert runner.step("Judge", service, CODE=code, FAIL_ON_FINDINGS=fail).returncode == ends


def test_install_step(copy: Path, tmp_path: Path) -> None:  # noqa: F811
    steps = action()["runs"]["steps"]
    script = next(item for item in steps if item.get("name") == "Install golint-concurrency")["run"]
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    done = execute(
        ["bash", "-eo", "pipefail", "-c", script],
        tmp_path,
        RUNNER_TEMP=str(tmp_path),
        GITHUB_ACTION_PATH=str(copy),
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tool = tmp_path / "golint-concurrency" / "bin" / "golint-concurrency"
    assert execute([tool, "--version"], tmp_path).returncode == 0


def test_gitlab_job(service: Path) -> None:
    """The script writes the report that `artifacts` names, and fails the job on findings."""
    job = yaml.safe_load(GITLAB.read_text("utf-8"))["golint-concurrency"]
    report = service / job["artifacts"]["reports"]["codequality"]
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(job["script"])],
        cwd=service,
        env={
            **os.environ,
            "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}",
            "GOLINT_CONCURRENCY_PATHS": job["variables"]["GOLINT_CONCURRENCY_PATHS"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (issue,) = json.loads(report.read_text())
    assert issue["location"]["path"] == "sub/bad.go"

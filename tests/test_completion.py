"""Shell completion, in the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import COMMAND, run

LINES = {
    "golint-concurrency exp": ["explain"],
    "golint-concurrency --force": ["--force-exclude"],
    "golint-concurrency check --select lost-c": ["lost-cancel"],
    "golint-concurrency explain time-a": ["time-after-in-loop"],
    "golint-concurrency rules n": ["new"],
    "golint-concurrency completion z": ["zsh"],
    "golint-concurrency ma": ["main.go"],
    "golint-concurrency check ma": ["main.go"],
}

BASH = """eval "$(golint-concurrency completion bash)"
compopt() { [ "$2" = default ] && FILES=1; true; }
for line in "$@"; do
    read -ra COMP_WORDS <<< "$line"
    COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )) COMPREPLY=() FILES=
    _golint_concurrency_completion golint-concurrency
    # `compopt -o default` lets readline complete files.
    [ -n "$FILES" ] && COMPREPLY=($(compgen -f -- "${COMP_WORDS[-1]}"))
    echo "$line|${COMPREPLY[*]}"
done
"""

# What zsh would insert is printed: candidates are locals of the function that calls these.
ZSH = """autoload -Uz compinit && compinit -u -D
eval "$(golint-concurrency completion zsh)"
compadd() { print -rn -- "${(j: :)completions}" }
_describe() { print -rn -- "${(j: :)completions_with_descriptions%%:*}" }
_path_files() { print -rn -- ${words[-1]}*(N) }
for line in "$@"; do
    print -rn -- "$line|"
    words=(${(z)line})
    CURRENT=$#words
    _golint_concurrency_completion
    print
done
"""


def needs(shell: str) -> str:
    """The shell's path; skips the test if it is not installed."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed here")
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "main.go").write_text("package main\n")
    return tmp_path


def ask(arguments: list[str], cwd: Path) -> str:
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        arguments,
        cwd=cwd,
        env={**os.environ, "PATH": path, "HOME": str(cwd), "TERM": "xterm"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_bash(tree: Path) -> None:
    out = ask([needs("bash"), "--norc", "-c", BASH, "bash", *LINES], tree)
    got = dict(line.split("|", 1) for line in out.splitlines())
    assert got == {line: " ".join(words) for line, words in LINES.items()}


def test_fish(tree: Path) -> None:
    fish = needs("fish")
    for line, words in LINES.items():
        script = f'golint-concurrency completion fish | source; complete -C "{line}"'
        out = ask([fish, "--no-config", "-c", script], tree)
        offered = [item.split("\t")[0] for item in out.splitlines()]
        assert set(words) <= set(offered), (line, offered)


def test_zsh(tree: Path) -> None:
    out = ask([needs("zsh"), "-f", "-c", ZSH, "zsh", *LINES], tree)
    got = dict(line.split("|", 1) for line in out.splitlines())
    assert got == {line: " ".join(words) for line, words in LINES.items()}


def test_lists_of_rules(tree: Path) -> None:
    """The last rule of a list is completed; a word of nothing offers the commands."""

    def offered(*words: str) -> list[str]:
        ran = run(
            cwd=tree,
            _GOLINT_CONCURRENCY_COMPLETE="bash_complete",
            COMP_WORDS="\n".join(["golint-concurrency", *words]),
            COMP_CWORD=str(len(words)),
        )
        return [line.partition(",")[2] for line in ran.out.splitlines()]

    assert "GLC401,time-tick-leak" in offered("check", "--ignore", "GLC401,time-")
    assert {"check", "rules", "explain", "completion"} <= set(offered("''"))


def test_unknown_shell(tree: Path) -> None:
    ran = run("completion", "csh", cwd=tree)
    assert ran.code == 2
    assert "'bash', 'zsh', 'fish'" in ran.err

"""No network at run time: everything works where sockets are forbidden, and nobody tries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audit import audited
from tests.test_bad_input import FOUND, MISTAKE


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module that requires another, which is nowhere on this machine."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text(
        "module example.com/m\n\ngo 1.22\n\nrequire example.com/away v1.0.0\n"
    )
    (folder / "a.go").write_text(MISTAKE)
    (folder / "b.go").write_text('package p\n\nimport "example.com/away"\n\nvar x = away.X\n')
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("./...", "--select", "ALL", "-q"),
        ("./...", "--format", "sarif"),
        ("./...", "--format", "html"),
        ("./...", "--fix", "--unsafe-fixes"),
        ("rules",),
        ("explain", "ALL"),
        ("init", "--print"),
        ("config", "show"),
        ("--version",),
    ],
)
def test_no_command_uses_a_socket(tree: Path, arguments: tuple[str, ...]) -> None:
    done = audited(*arguments, cwd=tree, scratch=tree.parent / "scratch", offline=True)
    assert done.of("socket.") == []
    assert done.of("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system") == []
    assert done.ran.code in (0, 1)
    if "-q" in arguments:
        assert f"a.go:{FOUND}" in done.ran.found


def framed(message: dict[str, object]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_the_language_server_connects_to_nothing(tree: Path) -> None:
    pytest.importorskip("pygls")
    root = tree.as_uri()
    talk: list[dict[str, object]] = [
        {"id": 1, "method": "initialize",
         "params": {"processId": None, "rootUri": root, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen",
         "params": {"textDocument": {"uri": root + "/a.go", "languageId": "go", "version": 1,
                                     "text": MISTAKE}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]  # fmt: skip
    done = audited(
        "server",
        cwd=tree,
        scratch=tree.parent / "scratch",
        stdin=b"".join(framed(message) for message in talk),
    )
    assert '"capabilities"' in done.ran.out
    # Its event loop wakes itself by a pair of sockets, which lead nowhere.
    used = {kind for kind, _ in done.events if kind.startswith("socket.")}
    assert used <= {"socket.__new__"}, used

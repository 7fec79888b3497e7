"""Clients that break the rules or die: the server answers with an error, or ends; it never hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import pytest

SOURCE = 'package a\n\nimport "time"\n\nfunc slow() { time.Sleep(5) }\n'


def message(body: dict[str, Any] | bytes) -> bytes:
    """A message with its header."""
    raw = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", **body}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(raw), raw)


def receive(stream: IO[bytes]) -> dict[str, Any]:
    """The next message."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    found: dict[str, Any] = json.loads(stream.read(length))
    return found


class Raw:
    """A server and what is written to it byte by byte."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "golint_concurrency", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def write(self, *bodies: dict[str, Any] | bytes) -> None:
        assert self.process.stdin is not None
        for body in bodies:
            self.process.stdin.write(message(body))
        self.process.stdin.flush()

    def answer(self, number: int) -> dict[str, Any]:
        """The answer to request `number`."""
        assert self.process.stdout is not None
        while True:
            found = receive(self.process.stdout)
            if found.get("id") == number and "method" not in found:
                return found

    def ask(self, number: int, method: str, params: Any = None) -> dict[str, Any]:
        self.write({"id": number, "method": method, "params": params})
        return self.answer(number)

    def ended(self) -> int:
        """The exit code; the process must end within ten seconds."""
        return self.process.wait(10)


@pytest.fixture
def raw(tmp_path: Path) -> Any:
    server = Raw()
    capabilities: dict[str, Any] = {}
    started = server.ask(
        1,
        "initialize",
        {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": capabilities},
    )
    assert started["result"]["serverInfo"]["name"] == "golint-concurrency"
    server.write({"method": "initialized", "params": {}})
    yield server
    server.process.kill()
    server.process.wait()
    for stream in (server.process.stdin, server.process.stdout):
        if stream is not None and not stream.closed:
            stream.close()


def test_malformed_messages_are_survived(raw: Raw, tmp_path: Path) -> None:
    raw.write(
        b"{not json",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        {"method": "textDocument/didOpen", "params": {"textDocument": 7}},
        {"method": "textDocument/didChange", "params": None},
        {"method": "no/such/notification", "params": {}},
    )
    assert "error" in raw.ask(2, "no/such/request", {})
    assert "error" in raw.ask(3, "textDocument/codeAction", {"textDocument": {}})
    uri = (tmp_path / "a.go").as_uri()
    item = {"uri": uri, "languageId": "go", "version": 1, "text": SOURCE}
    raw.write({"method": "textDocument/didOpen", "params": {"textDocument": item}})
    report = raw.ask(4, "textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert [each["code"] for each in report["result"]["items"]] == ["GLC405"]


def test_requests_after_shutdown_are_refused(raw: Raw) -> None:
    assert raw.ask(2, "shutdown")["result"] is None
    for number, method in enumerate(("textDocument/hover", "textDocument/diagnostic"), 3):
        document = {
            "textDocument": {"uri": "file:///a.go"},
            "position": {"line": 0, "character": 0},
        }
        assert "error" in raw.ask(number, method, document)
    raw.write({"method": "exit"})
    assert raw.ended() == 0


def test_exit_without_shutdown(raw: Raw) -> None:
    raw.write({"method": "exit"})
    assert raw.ended() == 1


def test_a_client_that_closes_its_pipe(raw: Raw) -> None:
    assert raw.process.stdin is not None
    raw.process.stdin.close()
    raw.ended()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_client_that_is_killed() -> None:
    """The server's input stays open in another process, so that only its parent is gone."""
    read, write = os.pipe()
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, time\n"
            "child = subprocess.Popen([sys.executable, '-m', 'golint_concurrency', 'server'],"
            f" stdin={read}, stdout=subprocess.DEVNULL)\n"
            "print(child.pid, flush=True)\n"
            "time.sleep(600)\n",
        ],
        pass_fds=[read],
        stdout=subprocess.PIPE,
    )
    os.close(read)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    status = Path(f"/proc/{child}/status")
    while "Threads:\t1\n" in status.read_text():  # until the server watches its parent
        time.sleep(0.1)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and _alive(child):
            time.sleep(0.1)
        assert not _alive(child)
    finally:
        os.close(write)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"

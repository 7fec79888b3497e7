"""Work that may crash, spin or grow without end, in a process of its own.

Parsers in C read hostile input recursively and have no clock. What they do here ends with their
process, and the caller is told. The process gets requests on its standard input and answers each
on standard output: a line of JSON; after a request with `size` there follow that many bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

Request = dict[str, Any]
Answer = dict[str, Any]

_PATIENCE = 10
"""How many times its time a request may take by the clock: others may want the machine too."""

_BYTES_PER_SECOND = 1_000_000  # of parsing, on a slow machine
_MEMORY = 1 << 30
_START = "import sys; sys.path[:] = {path!r}; from {module} import serve; serve()"


class Died(Exception):
    """The process is gone; the message says why, as the end of a sentence."""


class Child:
    """The caller's end. The process is started at the first request, and again if it died.

    It runs `serve` of `module`, which must call `serve` of this one.
    """

    def __init__(self, module: str, seconds: float) -> None:
        self._module = module
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Request, content: bytes | None = None) -> Answer:
        """The answer to a request, with `content` behind it. Raises `Died`."""
        process = self._process
        if process is None:
            process = self._process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        seconds = self._seconds
        if content is not None:
            request = {**request, "size": len(content)}
            seconds += len(content) / _BYTES_PER_SECOND
        timer = threading.Timer(_PATIENCE * seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps({**request, "seconds": seconds}).encode() + b"\n")
            process.stdin.write(content or b"")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            code = self.close()
            late = code in (-signal.SIGKILL, -signal.SIGPROF) if os.name == "posix" else code == 1
            raise Died(f"after {self._seconds:g} s" if late else "because its parser failed")
        answer: Answer = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        # Never from the current directory, which may be a stranger's.
        path = [entry for entry in sys.path if entry]
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _START.format(path=path, module=self._module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> int:
        """Let go of the process, which ends without its input; gives how it did."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def serve(answer: Callable[[Request, bytes], Answer]) -> None:
    """In the process: answer requests until standard input ends."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = json.loads(line)
        _alarm(request["seconds"])
        made = answer(request, source.read(request.get("size", 0)))
        target.write(json.dumps(made).encode() + b"\n")
        target.flush()
        _alarm(0)


def _alarm(seconds: float) -> None:
    """End this process after so much computing, whatever becomes of its parent."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""Running queries in a process of their own, which may crash or spin without harm.

A query comes from the linted repository, and tree-sitter can be made to loop, to grow and to crash
with one. Its match limit stops most; the rest is stopped from outside. (The binding also has a
callback to stop it, but version 0.26 keeps a pointer into a stack frame that is gone.)

The process gets requests on its standard input and answers each on standard output: a line of
JSON; after a request with `size` there follow that many bytes, the file that queries run on.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, Any

MATCH_LIMIT = 128
"""Matches that may be in progress at once; measured: nested queries of people need under 30."""

MAX_MATCHES = 50_000
SECONDS = 2.0
"""Of computing, for a query in a file."""

_PATIENCE = 10
"""How many times as long that may take by the clock: other processes may want the machine too."""

_BYTES_PER_SECOND = 1_000_000  # of parsing, on a slow machine
_MEMORY = 1 << 30

_START = (
    "import sys; sys.path[:] = {path!r}; "
    "from golint_concurrency.queries.matcher import serve; serve()"
)

Place = tuple[int, int]


class Stopped(Exception):
    """The query was stopped; the message says by what, as the end of a sentence."""


class BrokenQuery(Exception):
    """tree-sitter does not take the query; `row` counts from 0."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


@dataclass(frozen=True, slots=True)
class Match:
    """A match: which pattern, and the ranges of bytes of each capture."""

    pattern: int
    captures: dict[str, list[Place]]


class Matcher:
    """The other end of the process; it is started at the first request, and again if it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._content: bytes | None = None
        self._lock = threading.Lock()

    def compile(self, query: str) -> None:
        """Raises `BrokenQuery`, or `Stopped` if reading the query takes too much."""
        with self._lock:
            self._ask({"compile": query}, None)

    def matches(self, query: str, content: bytes) -> list[Match]:
        """The matches of `query` in a file. Raises as `compile` does."""
        with self._lock:
            if self._content is not content:
                self._content = None
                self._ask({"size": len(content)}, content)
                self._content = content
            answer = self._ask({"match": query}, None)
        return [
            Match(pattern, {name: [(a, b) for a, b in places] for name, places in captures})
            for pattern, captures in answer["matches"]
        ]

    def _ask(self, request: dict[str, Any], content: bytes | None) -> dict[str, Any]:
        process = self._process
        if process is None:
            process = self._process = _start()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(_PATIENCE * _seconds(request), process.kill)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n" + (content or b""))
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            code = self._close()
            late = code in (-signal.SIGKILL, -signal.SIGPROF) if os.name == "posix" else code == 1
            raise Stopped(f"after {SECONDS:g} s" if late else "because tree-sitter failed")
        answer: dict[str, Any] = json.loads(line)
        if "row" in answer:
            raise BrokenQuery(answer["row"], answer["said"])
        if "said" in answer:
            raise Stopped(answer["said"])
        return answer

    def _close(self) -> int:
        """Let go of a process that ends; gives how it did."""
        process, self._process, self._content = self._process, None, None
        assert process is not None
        try:
            code = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        return code


_matchers: dict[int, Matcher] = {}


def matcher() -> Matcher:
    """The one of this process: what a fork inherits is not shared."""
    return _matchers.setdefault(os.getpid(), Matcher())


def _start() -> subprocess.Popen[bytes]:
    # Never from the current directory, which is the linted repository's.
    path = [entry for entry in sys.path if entry]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START.format(path=path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


# ------------------------------------------------------------------------- in the process


def serve() -> None:
    """Answer requests until standard input ends."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    server = _Server()
    while line := source.readline():
        request = json.loads(line)
        _alarm(_seconds(request))
        answer = server.answer(request, source)
        target.write(json.dumps(answer).encode() + b"\n")
        target.flush()
        _alarm(0)


def _seconds(request: dict[str, Any]) -> float:
    return SECONDS + float(request.get("size", 0)) / _BYTES_PER_SECOND


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


class _Server:
    def __init__(self) -> None:
        import tree_sitter

        from golint_concurrency.syntax import parse

        self._tree_sitter = tree_sitter
        self._parse = parse
        self._tree: tree_sitter.Tree | None = None
        self._queries: dict[str, tree_sitter.Query] = {}

    def answer(self, request: dict[str, Any], source: IO[bytes]) -> dict[str, Any]:
        """What a request gets; `said` tells why it gets nothing."""
        if "size" in request:
            self._tree = self._parse.parse(source.read(request["size"]))
            return {}
        text = request.get("compile") or request["match"]
        try:
            query = self._query(text)
        except self._tree_sitter.QueryError as error:
            return _broken(str(error))
        except ValueError as error:
            return {"row": 0, "said": str(error)}
        return self._run(query) if "match" in request else {}

    def _query(self, text: str) -> Any:
        if text not in self._queries:
            self._queries[text] = self._tree_sitter.Query(self._parse.LANGUAGE, text)
        return self._queries[text]

    def _run(self, query: Any) -> dict[str, Any]:
        assert self._tree is not None
        cursor = self._tree_sitter.QueryCursor(query, match_limit=MATCH_LIMIT)
        found = cursor.matches(self._tree.root_node)
        if cursor.did_exceed_match_limit:
            return {"said": f"by the limit of {MATCH_LIMIT} matches in progress"}
        if len(found) > MAX_MATCHES:
            return {"said": f"by the limit of {MAX_MATCHES} matches in a file"}
        return {
            "matches": [
                [
                    pattern,
                    [
                        [name, [[node.start_byte, node.end_byte] for node in nodes]]
                        for name, nodes in captures.items()
                    ],
                ]
                for pattern, captures in found
            ]
        }


def _broken(said: str) -> dict[str, Any]:
    """`Invalid node type at row 1, column 3: foo` as row and sentence."""
    message, _, place = said.partition(" at row ")
    row, _, rest = place.partition(",")
    name = rest.partition(":")[2].strip()
    return {
        "row": int(row) if row.isdigit() else 0,
        "said": message[:1].lower() + message[1:] + (f" {name}" if name else ""),
    }

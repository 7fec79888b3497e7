"""The tool as users run it, with Python's audit events: which files it opens, what it starts, and
whether it tries to reach a network."""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from pathlib import Path

from tests.command import Ran, run

_HOOK = """
import os, sys
_log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_kinds = ("open", "os.listdir", "os.scandir", "subprocess.Popen", "os.exec", "os.posix_spawn",
          "os.system", "os.remove", "os.rename")
def _hook(event, arguments):
    if event in _kinds or event.startswith("socket."):
        if event == "subprocess.Popen":
            arguments = (arguments[0], list(map(os.fsdecode, arguments[1])))
        os.write(_log, repr((event, [str(item) for item in arguments])).encode() + b"\\n")
        if event.startswith("socket.") and {offline!r}:
            raise OSError("sockets are forbidden here")
sys.addaudithook(_hook)
"""


@dataclass(frozen=True, slots=True)
class Audited:
    """A run, and the events in it: kind and arguments as text."""

    ran: Ran
    events: list[tuple[str, list[str]]]

    def of(self, *kinds: str) -> list[str]:
        """The first arguments of events of these kinds; `socket.` stands for all of sockets."""
        return [
            arguments[0] if arguments else ""
            for kind, arguments in self.events
            if kind in kinds or (kind.startswith("socket.") and "socket." in kinds)
        ]

    def seen(self) -> list[str]:
        """All that was opened or listed, with links resolved."""
        found = self.of("open", "os.listdir", "os.scandir")
        return [os.path.realpath(path) for path in found if not path.isdigit()]


def audited(
    *arguments: str,
    cwd: Path,
    scratch: Path,
    offline: bool = False,
    stdin: bytes = b"",
    environ: dict[str, str] | None = None,
) -> Audited:
    """Run the tool in `cwd`; `scratch` is an empty folder for the hook. `offline`: every use of a
    socket fails."""
    scratch.mkdir(exist_ok=True)
    log = scratch / "events"
    log.unlink(missing_ok=True)
    (scratch / "sitecustomize.py").write_text(_HOOK.format(log=str(log), offline=offline))
    changed = {**(environ or {}), "PYTHONPATH": str(scratch)}
    ran = run(*arguments, cwd=cwd, stdin=stdin, timeout=60, **changed)
    events = [ast.literal_eval(line) for line in log.read_text("utf-8").splitlines()]
    assert events, "the hook must have been there"
    return Audited(ran, events)

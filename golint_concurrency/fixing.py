"""Fixes over a whole run: rounds until nothing changes, then files or a patch.

Nothing is written before the last round is done, and each file is written whole or not at all: a
temporary file beside it takes its place. A file that was changed by somebody else meanwhile, or
that is read-only, is left alone and reported.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from golint_concurrency import atomic, files
from golint_concurrency.diagnostic import Diagnostic, Problem
from golint_concurrency.engine import Outcome
from golint_concurrency.fix import Found, in_rounds, may_touch
from golint_concurrency.progress import Progress
from golint_concurrency.run import Plan, lint
from golint_concurrency.source import Target


@dataclass(slots=True)
class Changed:
    """A file before and after its fixes."""

    target: Target
    before: bytes
    after: bytes


@dataclass(slots=True)
class FixRun:
    """What was found and fixed: `outcome` is what remains after the fixes."""

    outcome: Outcome
    changed: list[Changed] = field(default_factory=list)
    applied: list[Diagnostic] = field(default_factory=list)


def fix_all(
    plan: Plan,
    targets: Sequence[Target],
    jobs: int,
    *,
    unsafe: bool,
    progress: Progress | None = None,
) -> FixRun:
    """Lint `targets` and apply fixes in memory until a round changes nothing.

    Generated and vendored files are never touched. A fix after which a file would not parse as
    well as before is dropped, with a problem that names it.
    """
    run = FixRun(lint(plan, targets, jobs, progress))
    by_path = {target.path: target for target in targets}
    overlay: dict[str, bytes] = {}

    def ours(outcome: Outcome) -> Found:
        touchable = {
            path
            for path, content in outcome.sources.items()
            if path in by_path and may_touch(by_path[path].absolute, content)
        }
        found = [item for item in outcome.diagnostics if item.span.path in touchable]
        return Found(found, outcome.sources)

    def again(touched: Mapping[str, bytes]) -> Found:
        overlay.update({by_path[path].absolute: content for path, content in touched.items()})
        changed = replace(plan, overlay=overlay)
        return ours(lint(changed, [by_path[path] for path in touched], jobs, progress))

    before = run.outcome.sources
    settled = in_rounds(ours(run.outcome), again, unsafe=unsafe)
    run.applied = settled.applied
    run.changed = [
        Changed(by_path[path], before[path], after)
        for path, after in sorted(settled.contents.items())
        if after != before[path]
    ]
    if run.changed:
        run.outcome = lint(replace(plan, overlay=overlay), targets, jobs, progress)
    for rule, path in settled.dropped:
        name = settled.dropped[rule, path].name
        said = (
            f"a fix of {rule} {name} would leave source that cannot be read; it was left out "
            "(please report it)"
        )
        run.outcome.problems.append(Problem(path, said, fatal=False))
    return run


def dirty(changed: Sequence[Changed], root: str) -> list[Problem]:
    """Problems for files whose content git could not give back, once fixes are over it.

    `root` is the repository's root; outside of a repository, and without git, there are none.
    """
    if not changed or not os.path.lexists(os.path.join(root, ".git")):
        return []
    from golint_concurrency.git import GitError, Repository, object_name

    try:
        repository = Repository(root)
        index = repository.index()
        known = {item.target.absolute: index.files.get(item.target.absolute) for item in changed}
        differ = {
            item.target.absolute
            for item in changed
            if (name := known[item.target.absolute]) is None
            or object_name(item.before, name) != name
        }
        blobs = repository.blobs(name for path in differ if (name := known[path]) is not None)
    except GitError:
        return []
    problems = []
    for item in changed:
        path = item.target.absolute
        if path not in differ or index.foreign(path):
            continue
        name = known[path]
        if name is None:
            said = "is not known to git, which could not give it back as it was; `git add` it"
        elif blobs.get(name) == item.before.replace(b"\r\n", b"\n"):
            continue  # git keeps other line ends
        else:
            said = "has changes that are not staged, and would be mixed with the fixes; stage them"
        problems.append(Problem(item.target.path, said + " first, or give --allow-dirty"))
    return problems


def write(changed: Changed) -> Problem | None:
    """Put the fixed content in place of the file; the problem if that cannot be done.

    Mode and, where the system allows, owner stay; a symbolic link stays one.
    """
    path = os.path.realpath(changed.target.absolute)
    shown = changed.target.path
    try:
        if files.read(path) != changed.before:
            return Problem(shown, "changed while it was linted; its fixes were not written")
        status = os.stat(path)
        if not status.st_mode & 0o222:
            return Problem(shown, "is read-only; its fixes were not written")
        atomic.write(path, changed.after, stat.S_IMODE(status.st_mode))
        _keep_owner(path, status)
    except files.Unreadable as error:
        return Problem(shown, f"{error}; its fixes were not written")
    except OSError as error:
        return Problem(shown, f"cannot be written: {error.strerror}; the file is as it was")
    return None


def _keep_owner(path: str, status: os.stat_result) -> None:
    if hasattr(os, "chown") and (os.geteuid(), os.getegid()) != (status.st_uid, status.st_gid):
        with contextlib.suppress(OSError):  # only root may give files away; the mode counts
            os.chown(path, status.st_uid, status.st_gid)


def patch(changed: Sequence[Changed]) -> bytes:
    """The changes as a unified diff that `git apply` takes."""
    return b"".join(_diff(item) for item in changed)


def _diff(changed: Changed) -> bytes:
    name = changed.target.path.replace(os.sep, "/").encode("utf-8", "surrogateescape")
    before, after = (_lines(content) for content in (changed.before, changed.after))
    body = difflib.diff_bytes(
        difflib.unified_diff, before, after, _quoted(b"a/" + name), _quoted(b"b/" + name)
    )
    out = [b"diff --git %s %s\n" % (_quoted(b"a/" + name), _quoted(b"b/" + name))]
    for line in body:
        out.append(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")
    return b"".join(out)


def _lines(content: bytes) -> list[bytes]:
    """Lines with their ends, parted at LF alone as git does."""
    parts = content.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _quoted(name: bytes) -> bytes:
    """A file name as git writes it: in quotes, with escapes, if a reader could stumble over it."""
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in name):
        return name
    out = bytearray(b'"')
    for byte in name:
        if byte in b'"\\':
            out += b"\\" + bytes([byte])
        elif 0x20 <= byte < 0x7F:
            out.append(byte)
        else:
            out += b"\\%03o" % byte
    return bytes(out + b'"')

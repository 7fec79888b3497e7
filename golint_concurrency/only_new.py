"""Only what is new: findings that an older state of the module did not have.

The newer state is linted where the change can be seen, the older one where something was found.
A finding is known again by the line on which it stands, followed through the change; where that
line changed, by rule, file, declaration and the text of the line without blanks, so that moving
or reformatting makes nothing new. A finding on a line that did not change, but was not there
before, was caused by the change elsewhere: its message says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from golint_concurrency.changes import (
    Change,
    Changes,
    before_patch,
    read_patch,
    since_revision,
    staged,
)
from golint_concurrency.diagnostic import Diagnostic, Problem, Span
from golint_concurrency.engine import Outcome
from golint_concurrency.git import GitError, Repository
from golint_concurrency.patch_file import PatchError
from golint_concurrency.progress import Progress
from golint_concurrency.reach import Reach
from golint_concurrency.run import Plan, lint
from golint_concurrency.semantics.tree import Tree
from golint_concurrency.source import Target


class OnlyNewError(Exception):
    """The older state cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Since:
    """What to compare with: a revision, the last commit (`staged`), or the state before a diff.

    `patch` are the bytes of a diff, or the path of a file with it.
    """

    revision: str | None = None
    staged: bool = False
    patch: bytes | str | None = None


def changes_of(since: Since, targets: Sequence[Target], root: str) -> Changes:
    """The changes between the states that `since` names. Raises `OnlyNewError`.

    `root` is the root of the repository, to which the names in a diff are relative.
    """
    try:
        if since.patch is not None:
            name, content = "the diff", since.patch
            if isinstance(content, str):
                name, content = content, read_patch(content)
            try:
                return before_patch(content, root)
            except PatchError as error:
                raise PatchError(f"{name}: {error}") from error
        repository = Repository(root)
        if since.staged:
            return staged(repository)
        assert since.revision is not None
        return since_revision(repository, since.revision, [item.absolute for item in targets])
    except (GitError, PatchError) as error:
        raise OnlyNewError(str(error)) from error


def lint_new(
    plan: Plan,
    targets: Sequence[Target],
    jobs: int,
    changes: Changes,
    progress: Progress | None = None,
) -> Outcome:
    """Lint `targets` and give only what `changes` brought."""
    reach = Reach(Tree(changes.new), changes.files)
    problems: list[Problem] = []
    concerned: list[Target] = []
    for target in targets:
        if not changes.compared(target.absolute):
            said = "lies outside of what can be compared (a submodule, or another repository)"
            problems.append(Problem(target.path, said + "; left out", fatal=False))
        elif changes.new.get(target.absolute, b"") is None:
            continue  # not in the index
        elif reach.cause(os.path.dirname(target.absolute)) is not None:
            concerned.append(target)
    outcome = lint(replace(plan, overlay=changes.new), concerned, jobs, progress)
    if outcome.diagnostics:
        _drop_known(plan, outcome, concerned, jobs, changes, reach, progress)
    outcome.files += len(targets) - len(concerned) - len(problems)
    outcome.problems.extend(problems)
    return outcome


def _drop_known(
    plan: Plan,
    outcome: Outcome,
    targets: Sequence[Target],
    jobs: int,
    changes: Changes,
    reach: Reach,
    progress: Progress | None,
) -> None:
    absolute = {target.path: target.absolute for target in targets}
    wanted = {absolute[item.span.path] for item in outcome.diagnostics}
    paths = {changes.files[path].old_path if path in changes.files else path for path in wanted}
    paths |= {
        change.old_path
        for change in changes.files.values()
        if change.old is not None and change.old_path.endswith(".go")
    }
    older = [
        Target(path, path, len(changes.old.get(path) or b""))
        for path in sorted(paths)
        if changes.old.get(path, b"") is not None
    ]
    before = lint(replace(plan, overlay=changes.old), older, jobs, progress)
    for name, seconds in before.spent.items():
        outcome.spent[name] = outcome.spent.get(name, 0.0) + seconds
    old = [_seen(item, before.sources, item.span.path, None) for item in before.diagnostics]
    new = [
        _seen(
            item,
            outcome.sources,
            absolute[item.span.path],
            changes.files.get(absolute[item.span.path]),
        )
        for item in outcome.diagnostics
    ]
    kept = _unmatched(new, old)
    told = _Told(absolute, outcome.sources, changes, reach)
    outcome.diagnostics = [told.labelled(item) for item in kept]


@dataclass(slots=True)
class _Seen:
    """A finding with what it is known by. `path` is that of the older state; `line` the line
    there, from 0, or None where the line changed; `at` is the line where the finding stands."""

    diagnostic: Diagnostic
    path: str
    line: int | None
    at: int
    text: bytes


def _seen(item: Diagnostic, sources: dict[str, bytes], path: str, change: Change | None) -> _Seen:
    content = sources.get(item.span.path, b"")
    at = content.count(b"\n", 0, item.span.start)
    start = content.rfind(b"\n", 0, item.span.start) + 1
    end = content.find(b"\n", start)
    text = b"".join(content[start : end if end >= 0 else len(content)].split())
    if change is None:
        return _Seen(item, path, at, at, text)
    return _Seen(item, change.old_path, change.kept.get(at), at, text)


def _unmatched(new: Iterable[_Seen], old: Iterable[_Seen]) -> list[_Seen]:
    """Those of `new` that have no like in `old`; each of `old` counts once."""
    waiting, left = list(new), list(old)
    parts: tuple[Callable[[_Seen], Hashable], ...] = (
        lambda seen: (seen.diagnostic.rule, seen.path, seen.line, seen.diagnostic.message),
        lambda seen: (seen.diagnostic.rule, seen.path, seen.line),
        lambda seen: (seen.diagnostic.rule, seen.path, seen.diagnostic.symbol, seen.text),
        lambda seen: (seen.diagnostic.rule, seen.path, seen.text, seen.diagnostic.message),
        lambda seen: (
            seen.diagnostic.rule,
            seen.diagnostic.symbol,
            seen.text,
            seen.diagnostic.message,
        ),
    )
    for number, part in enumerate(parts):
        if not waiting or not left:
            break
        by_line = number < 2
        entries: dict[Hashable, list[_Seen]] = {}
        for entry in left:
            entries.setdefault(part(entry), []).append(entry)
        rest = []
        taken: set[int] = set()
        for seen in waiting:
            known = None if by_line and seen.line is None else entries.get(part(seen))
            if known:
                taken.add(id(known.pop(0)))
            else:
                rest.append(seen)
        waiting = rest
        left = [entry for entry in left if id(entry) not in taken]
    return waiting


class _Told:
    """Says of a finding on an unchanged line which change brought it about."""

    def __init__(
        self,
        absolute: dict[str, str],
        sources: dict[str, bytes],
        changes: Changes,
        reach: Reach,
    ) -> None:
        self._absolute = absolute
        self._shown = {path: shown for shown, path in absolute.items()}
        self._sources = sources
        self._changes = changes
        self._reach = reach

    def labelled(self, seen: _Seen) -> Diagnostic:
        """The finding, its message longer by the cause if its own line did not change."""
        item = seen.diagnostic
        path = self._absolute[item.span.path]
        if path in self._changes.files and seen.line is None:
            return item
        where = self._place(item) or self._file(path)
        message = f"{item.message} (new, though this line is as it was: the change in {where} "
        return replace(item, message=message + "brought it about)")

    def _place(self, item: Diagnostic) -> str | None:
        """A changed line among the places that explain the finding."""
        spans = [step.span for step in item.flow] + [other.span for other in item.related]
        for span in spans:
            line = self._changed_line(span)
            if line is not None:
                return f"{span.path}:{line}"
        return None

    def _changed_line(self, span: Span) -> int | None:
        absolute = self._absolute.get(span.path) or os.path.abspath(span.path)
        change = self._changes.files.get(absolute)
        if change is None or change.new is None:
            return None
        line = change.new.count(b"\n", 0, span.start)
        return line + 1 if line not in change.kept else None

    def _file(self, path: str) -> str:
        change = self._changes.files.get(path)
        cause = path if change is not None else self._reach.cause(os.path.dirname(path))
        if cause is None:
            return "another package"
        shown = self._shown.get(cause)
        if shown is None:
            shown = os.path.relpath(cause, self._changes.root).replace(os.sep, "/")
        return shown

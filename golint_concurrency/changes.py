"""What changed since an older state of a module: a commit, the last commit, or before a diff.

The newer state is what the disk holds, or the index of git. Both are given as overlays over the
disk, so that each can be linted where it stands without a checkout.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from golint_concurrency import files
from golint_concurrency.git import Listing, Repository, object_name
from golint_concurrency.line_diff import Bag, kept_lines
from golint_concurrency.patch_file import MAX_BYTES, FilePatch, PatchError, parse

_ALIKE = 0.5
"""A file that came and one that went are the same one, renamed, from this likeness on."""

_MOST_PAIRS = 2_500


@dataclass(slots=True)
class Change:
    """A file of which the newer state differs. `old` is None where it is new, `new` where it is
    gone; `old_path` is where it was before. Paths are absolute."""

    path: str
    old_path: str
    old: bytes | None
    new: bytes | None
    _kept: dict[int, int] | None = None

    @property
    def kept(self) -> dict[int, int]:
        """Older line by newer line (from 0) of the lines that did not change."""
        if self._kept is None:
            both = self.old is not None and self.new is not None
            self._kept = kept_lines(self.old or b"", self.new or b"") if both else {}
        return self._kept


@dataclass(slots=True)
class Changes:
    """Changed files by absolute path, and the two states over the disk.

    `outside` are directories that cannot be compared (submodules).
    """

    files: dict[str, Change] = field(default_factory=dict)
    old: dict[str, bytes | None] = field(default_factory=dict)
    new: dict[str, bytes | None] = field(default_factory=dict)
    root: str = ""
    outside: tuple[str, ...] = ()

    def compared(self, path: str) -> bool:
        """Whether the absolute `path` belongs to what was compared."""
        top = self.root.rstrip(os.sep) + os.sep
        return path.startswith(top) and not any(
            path.startswith(link + os.sep) for link in self.outside
        )


def matters(path: str) -> bool:
    """True for a file that findings depend on."""
    return path.endswith(".go") or os.path.basename(path) in ("go.mod", "go.work")


def since_revision(repository: Repository, revision: str, targets: Iterable[str]) -> Changes:
    """The work tree against a commit. Raises `GitError`.

    `targets` are files on disk that will be linted, whether git knows them or not.
    """
    before = repository.tree(repository.commit(revision))
    present = {*repository.index().files, *repository.untracked(), *targets}
    disk = {path: _disk(path) for path in {*present, *before.files} if matters(path)}
    olds = _contents(repository, before, disk)
    changes = Changes(root=repository.root, outside=before.links)
    for path, content in disk.items():
        if changes.compared(path):
            _note(changes, path, olds.get(path, content), content, content)
    return _renamed(changes)


def staged(repository: Repository) -> Changes:
    """The index against the last commit. Raises `GitError`."""
    head = repository.head()
    before = repository.tree(head) if head is not None else Listing({})
    after = repository.index(merged=True)
    paths = {*before.files, *after.files, *repository.untracked()}
    disk = {path: _disk(path) for path in paths if matters(path)}
    olds = _contents(repository, before, disk)
    news = _contents(repository, after, disk)
    changes = Changes(root=repository.root, outside=(*before.links, *after.links))
    for path, content in disk.items():
        if changes.compared(path):
            new = news.get(path, content)
            _note(changes, path, olds.get(path, content), new, content)
            if new != content:
                changes.new[path] = new
    return _renamed(changes)


def _contents(
    repository: Repository, listing: Listing, disk: dict[str, bytes | None]
) -> dict[str, bytes | None]:
    """What `listing` holds in place of what is on disk, where the two differ."""
    differ: dict[str, str] = {}
    found: dict[str, bytes | None] = {}
    for path, content in disk.items():
        name = listing.files.get(path)
        if name is None:
            if content is not None:
                found[path] = None
        elif content is None or object_name(content, name) != name:
            differ[path] = name
    blobs = repository.blobs(differ.values())
    for path, name in differ.items():
        old, content = blobs.get(name), disk[path]
        # Git may keep other line ends than it writes to disk.
        if content is None or old is None or _unix(content) != _unix(old):
            found[path] = old
    return found


def _unix(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def before_patch(content: bytes, root: str) -> Changes:
    """The disk against what it was before a diff, whose names are relative to `root`.

    Raises `PatchError` if the diff cannot be read, or the files are not as it leaves them.
    """
    changes = Changes(root=root)
    for patch in parse(content):
        old, new = _within(patch.old, root), _within(patch.new, root)
        if not any(path is not None and matters(path) for path in (old, new)):
            continue
        _take_back(changes, patch, old, new)
    return _renamed(changes)


def _take_back(changes: Changes, patch: FilePatch, old: str | None, new: str | None) -> None:
    after = _disk(new) if new is not None else b""
    if new is not None and after is None:
        raise PatchError(f"{new}: is not there, but the diff leads to it")
    if new is None and old is not None and _disk(old) is not None:
        raise PatchError(f"{old}: is still there, but the diff removes it")
    try:
        before = patch.taken_back(after or b"")
    except PatchError as error:
        raise PatchError(f"{new or old}: {error}") from error
    if new is not None:
        _note(changes, new, before if old == new else None, after, after)
        if old is not None and old != new and new in changes.files:
            changes.files[new].old_path, changes.files[new].old = old, before
    if old is not None and old != new and not patch.copied:
        _note(changes, old, before, None, None)


def _within(name: bytes | None, root: str) -> str | None:
    if name is None:
        return None
    path = os.path.normpath(os.path.join(root, os.fsdecode(name)))
    if not path.startswith(root.rstrip(os.sep) + os.sep) or "\0" in path:
        raise PatchError(f"it names {os.fsdecode(name)!r}, which lies outside of {root}")
    return path


def read_patch(path: str) -> bytes:
    """The bytes of a diff. Raises `PatchError`."""
    try:
        return files.read(path, MAX_BYTES)
    except files.Unreadable as error:
        raise PatchError(str(error)) from error


def _disk(path: str) -> bytes | None:
    if not os.path.lexists(path):
        return None
    return files.read_or_none(path)


def _note(
    changes: Changes, path: str, old: bytes | None, new: bytes | None, disk: bytes | None
) -> None:
    if old != disk:
        changes.old[path] = old
    if old != new:
        changes.files[path] = Change(path, path, old, new)


def _renamed(changes: Changes) -> Changes:
    """Tie files that came to those that went, where they are the same file under another name."""
    came = [c for c in changes.files.values() if c.old is None and c.path.endswith(".go")]
    gone = [c for c in changes.files.values() if c.new is None and c.path.endswith(".go")]
    for change, old in _pairs(came, gone):
        change.old_path, change.old = old.path, old.old
    return changes


def _pairs(came: list[Change], gone: list[Change]) -> Iterator[tuple[Change, Change]]:
    exact = {change.old: change for change in gone}
    waiting: list[Change] = []
    taken: set[str] = set()
    for change in came:
        same = exact.get(change.new)
        if same is not None and same.path not in taken:
            taken.add(same.path)
            yield change, same
        else:
            waiting.append(change)
    gone = [change for change in gone if change.path not in taken]
    if len(waiting) * len(gone) > _MOST_PAIRS:
        return
    bags = {change.path: Bag(change.new or b"") for change in waiting}
    bags_of_old = {change.path: Bag(change.old or b"") for change in gone}
    scored = sorted(
        (
            (bags[new.path].likeness(bags_of_old[old.path]), new, old)
            for new in waiting
            for old in gone
        ),
        key=lambda item: (-item[0], item[1].path, item[2].path),
    )
    done: set[str] = set()
    for score, new, old in scored:
        if score >= _ALIKE and new.path not in done and old.path not in taken:
            done.add(new.path)
            taken.add(old.path)
            yield new, old

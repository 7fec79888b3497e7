"""What a git repository holds, asked of git in ways that nothing in the repository can act on.

Git is asked only for objects by name: which commit, which files, their bytes. It never looks at
the work tree for us, because comparing files there runs filters that the repository configures.
Hooks, pagers, external and textual differences, file system monitors and transports (a partial
clone would fetch) are out of play; answers are separated by NUL.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass

_TIMEOUT = 120
_MAX_BLOB = 10 * 1024 * 1024
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.hooksPath=" + os.devnull),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.untrackedCache=false"),
    *("-c", "submodule.recurse=false"),
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
_MOST_BYTES = 1 << 30
_LINK = "160000"
_FILE = ("100644", "100755")


class GitError(Exception):
    """The repository cannot be asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Files of a commit or of the index: object name by path, and paths of submodules.

    Paths are absolute, below the root of the work tree.
    """

    files: dict[str, str]
    links: tuple[str, ...] = ()

    def foreign(self, path: str) -> bool:
        """True if the absolute `path` lies in a submodule."""
        return any(path.startswith(link + os.sep) for link in self.links)


class Repository:
    """The repository around a directory."""

    def __init__(self, directory: str) -> None:
        """Raises `GitError` if `directory` is in no work tree, or git is not there."""
        directory = os.path.abspath(directory)
        self._directory = directory
        try:
            said = self._ask("rev-parse", "--show-toplevel")
        except GitError as error:
            text = str(error)
            if "not a git repository" in text:
                text = f"{directory} is not in a git repository"
            elif "must be run in a work tree" in text:
                text = f"{directory} is not in the work tree of a git repository"
            raise GitError(text) from error
        root = os.path.normpath(os.fsdecode(said.removesuffix(b"\n").removesuffix(b"\r")))
        # Git resolves links; the user may have come by one.
        self.root = directory if os.path.realpath(directory) == root else root

    def commit(self, revision: str) -> str:
        """The name of the commit that `revision` means; with `...` behind it, of the last commit
        that it has in common with HEAD. Raises `GitError`."""
        asked = revision.removesuffix("...")
        if not asked or asked.startswith("-") or "\0" in asked or "\n" in asked:
            raise GitError(f"{revision!r} is no revision; give a branch, a tag or a commit")
        try:
            found = self._ask(
                "rev-parse", "--verify", "--quiet", "--end-of-options", asked + "^{commit}"
            )
        except GitError as error:
            raise GitError(self._missing(asked)) from error
        name = found.decode("ascii").strip()
        if asked == revision:
            return name
        try:
            return self._ask("merge-base", name, "HEAD").decode("ascii").strip()
        except GitError as error:
            raise GitError(
                f"{asked} and HEAD have no commit in common here" + self._shallow()
            ) from error

    def head(self) -> str | None:
        """The last commit; None if there is none yet."""
        try:
            return self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        except GitError:
            return None

    def _missing(self, revision: str) -> str:
        if self.head() is None:
            return f"there is no commit yet, so no {revision!r} to compare with"
        return f"there is no commit {revision!r} here" + self._shallow()

    def _shallow(self) -> str:
        if self._ask("rev-parse", "--is-shallow-repository").strip() != b"true":
            return ""
        return (
            "; this is a shallow clone: `git fetch --unshallow`, or `fetch-depth: 0` for "
            "actions/checkout, brings the rest"
        )

    def tree(self, commit: str) -> Listing:
        """The regular files of a commit."""
        return self._listing(self._ask("ls-tree", "-r", "-z", "--full-tree", commit), 2)

    def index(self, *, merged: bool = False) -> Listing:
        """The regular files of the index. Raises `GitError` while a merge is not resolved, if the
        index has to be `merged`."""
        said = self._ask("ls-files", "--stage", "-z", "--full-name", cwd=self.root)
        if merged and any(b" 0\t" not in entry for entry in said.split(b"\0") if entry):
            raise GitError("there are files with merge conflicts; resolve them first")
        return self._listing(said, 1)

    def untracked(self) -> list[str]:
        """Absolute paths of Go files that git neither tracks nor ignores."""
        said = self._ask("ls-files", "--others", "--exclude-standard", "-z", cwd=self.root)
        names = [os.fsdecode(name) for name in said.split(b"\0") if name.endswith(b".go")]
        return [os.path.join(self.root, *name.split("/")) for name in names]

    def _listing(self, said: bytes, at: int) -> Listing:
        found: dict[str, str] = {}
        links: list[str] = []
        for entry in said.split(b"\0"):
            head, tab, name = entry.partition(b"\t")
            if not tab:
                continue
            fields = head.decode("ascii").split()
            path = os.path.join(self.root, *os.fsdecode(name).split("/"))
            if fields[0] in _FILE:
                found[path] = fields[at]
            elif fields[0] == _LINK:
                links.append(path)
        return Listing(found, tuple(links))

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """The bytes of objects by name; larger ones than are ever linted are left out."""
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return {}
        asked = "".join(f"{name}\n" for name in wanted).encode()
        sizes = self._ask("cat-file", "--batch-check=%(objectsize)", stdin=asked).split(b"\n")
        found: dict[str, bytes] = {}
        small = []
        for name, size in zip(wanted, sizes, strict=False):
            if not size.isdigit():
                raise GitError(f"object {name} is not here; fetch it (a partial clone lacks some)")
            if int(size) <= _MAX_BLOB:
                small.append(name)
        if not small:
            return found
        if (
            sum(int(size) for size in sizes if size.isdigit() and int(size) <= _MAX_BLOB)
            > _MOST_BYTES
        ):
            raise GitError("more than 1 GiB of Go files differs; compare with a nearer commit")
        said = self._ask(
            "cat-file", "--batch", stdin="".join(f"{name}\n" for name in small).encode()
        )
        offset = 0
        for name in small:
            end = said.find(b"\n", offset)
            head = said[offset:end].split()
            if end < 0 or len(head) != 3 or head[1] != b"blob":
                raise GitError(f"object {name} cannot be read")
            size_ = int(head[2])
            found[name] = said[end + 1 : end + 1 + size_]
            offset = end + 1 + size_ + 1
        return found

    def _ask(self, *arguments: str, stdin: bytes = b"", cwd: str | None = None) -> bytes:
        environment = {**os.environ, **_ENVIRONMENT}
        environment.pop("GIT_EXTERNAL_DIFF", None)
        try:
            done = subprocess.run(
                ["git", *_OPTIONS, *arguments],
                cwd=cwd or self._directory,
                input=stdin,
                capture_output=True,
                check=False,
                env=environment,
                timeout=_TIMEOUT,
            )
        except FileNotFoundError as error:
            raise GitError("git is not installed, or not in PATH") from error
        except (OSError, ValueError) as error:
            raise GitError(f"git cannot be run: {error}") from error
        except subprocess.TimeoutExpired as error:
            raise GitError(f"git did not answer within {_TIMEOUT} s") from error
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            lines.sort(key=lambda line: not line.startswith("fatal: "))
            said = lines[0].removeprefix("fatal: ") if lines else "git failed"
            if "lazy fetching disabled" in said or "promisor" in said:
                said = "a partial clone lacks what is asked for; fetch it"
            raise GitError(said)
        return done.stdout


def object_name(content: bytes, like: str) -> str:
    """The name that git gives to a file with `content`, in the kind of hash that `like` is."""
    import hashlib

    kind = "sha256" if len(like) == 64 else "sha1"
    return hashlib.new(
        kind, b"blob %d\0" % len(content) + content, usedforsecurity=False
    ).hexdigest()

"""The programs of a module, what each reaches, and how it lives: a search over bytes.

A program serves if something that it reaches opens a port to others, or takes work from a queue.
It is local if all ports that it opens are on the loopback interface, and written out: an
application of the desktop, a helper of its parent. Else it does one thing and ends.

Reached is what is imported, over any number of packages of the repository. What lies outside is
known by the names of packages only: a program that imports somebody's `server` serves.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from golint_concurrency.files import head_end
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.constraints import package_clause
from golint_concurrency.semantics.module import Module
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.program import Program

SERVES, LOCAL, ENDS, UNKNOWN = "serves", "local", "ends", ""

_IMPORTS = re.compile(rb'^import[ \t]*(?:\(([^)]*)\)|[\w. \t]*("[^"\n]*"))', re.MULTILINE)
_PATH = re.compile(rb'"([^"\n]*)"')
_OPENS = re.compile(
    rb"[lL]isten(?:TCP|Unix|Packet|AndServe|AndServeTLS)?\(\s*"
    rb'(?:\w+,\s*)?(?:"\w+",\s*)?(?:fmt\.Sprintf\(\s*)?("(?:127\.|localhost:|\[::1\]))?'
)
_ANSWERS = (
    b".Serve(", b".ServeTLS(", b"http.Server{", b"grpc.NewServer(", b"gin.New(", b"gin.Default(",
    b"echo.New(", b"fiber.New(",
)  # fmt: skip
_CONSUMES = (
    b"lambda.Start(", b"Consume", b".Subscribe(", b"FetchMessage(", b"ReadMessage(",
    b"ReceiveMessage(", b"worker.New(", b"asynq.NewServer(", b"cron.New(", b"NewManager(",
    b"NewSharedInformerFactory(", b"NewLeaderElector(",
)  # fmt: skip
_STAYS = (b"select {}", b"NewTicker(", b"time.Tick(")
_SERVING = re.compile(
    r"(^|/)(\w+[-_]?)?(server|servers|daemon|operator|controllers?|controller-runtime|proxy)(/|$)"
)


class _Head:
    """The package of a file; once it is `read`, what it imports, and what speaks for serving in
    it. Of most files of a module nothing but the package is asked."""

    __slots__ = ("answers", "ignored", "imports", "is_read", "local", "package", "serves")

    def __init__(self, content: bytes) -> None:
        self.package = package_clause(content)
        self.ignored = b"build ignore" in content[: head_end(content)]  # a generator, as a rule
        self.is_read = False
        self.imports: list[str] = []
        self.local = self.answers = self.serves = False

    def read(self, content: bytes) -> None:
        """Fill in the rest."""
        self.is_read = True
        end = content.find(b"\nfunc ")
        self.imports = [
            path.decode("utf-8", "replace")
            for match in _IMPORTS.finditer(content, 0, end if end >= 0 else len(content))
            for path in _PATH.findall(match[1] or match[2] or b"")
        ]
        found = _OPENS.findall(content) if b"isten" in content else []
        self.local = any(found)
        self.answers = any(word in content for word in _ANSWERS)
        self.serves = (
            not all(found)
            or any(word in content for word in _CONSUMES)
            or (self.package == "main" and any(word in content for word in _STAYS))
        )


def life_of(program: Program, package: Package) -> str:
    """How the programs live that `package` is part of: SERVES if one of them does, UNKNOWN if no
    program in sight reaches it, or others may use it as well."""
    module = program.modules.for_path(Path(package.directory)) if package.directory else None
    if module is None:
        return UNKNOWN
    return answer(program, str(module.root), package.directory)


def answer(program: Program, root: str, directory: str) -> str:
    """As `life_of`, for the package in `directory` of the module at `root`."""
    key = ("life", root, directory)
    known = program.memo.get(key)
    if known is None:
        known = program.memo[key] = _Module.of(program, root).life_of(directory)
    return str(known)


def answers(program: Program) -> list[tuple[str, str, str]]:
    """All that was asked so far: root of the module, directory of the package, and the answer."""
    return sorted(
        (key[1], key[2], str(known))
        for key, known in program.memo.items()
        if isinstance(key, tuple) and key[0] == "life"
    )


def read_for(program: Program, root: str) -> Collection[str]:
    """The directories that answers for the module at `root` were read from so far."""
    return _Module.of(program, root).read()


class _Module:
    """The packages of a module, read as far as questions need."""

    def __init__(self, program: Program, root: str) -> None:
        self._program = program
        self._root = root
        self._heads: dict[str, list[_Head]] = {}
        self._is_main: dict[str, bool] = {}
        self._imported: dict[str, tuple[str, ...]] = {}
        self._lives: dict[str, tuple[str, frozenset[str]]] = {}
        self._targeted: dict[tuple[Path | None, str], str | None] = {}
        self._programs: list[str] | None = None

    @staticmethod
    def of(program: Program, root: str) -> _Module:
        key = ("programs", root)
        found = program.memo.get(key)
        if not isinstance(found, _Module):
            found = program.memo[key] = _Module(program, root)
        return found

    def read(self) -> Collection[str]:
        return self._heads.keys()

    def life_of(self, directory: str) -> str:
        if self._is_program(directory):
            return self._life(directory)[0]
        lives: set[str] = set()
        bound = self._is_bound(directory)
        for each in self._mains():
            life, reached = self._life(each)
            if directory in reached:
                if life == SERVES:
                    return SERVES
                lives.add(life)
                bound = bound or (each != self._root and directory.startswith(each + os.sep))
        if not lives or not bound:
            return UNKNOWN
        return LOCAL if LOCAL in lives else ENDS

    def _is_bound(self, directory: str) -> bool:
        """True if no other module uses the package: it is hidden, or the module is a program."""
        folders = os.path.relpath(directory, self._root).split(os.sep)
        return not {"internal", "cmd"}.isdisjoint(folders) or self._is_program(self._root)

    def _is_program(self, directory: str) -> bool:
        known = self._is_main.get(directory)
        if known is None:
            heads = map(self._head, mentions.sources(self._program, directory))
            known = any(head.package == "main" and not head.ignored for head in heads)
            self._is_main[directory] = known
        return known

    def _mains(self) -> list[str]:
        if self._programs is None:
            self._programs = [
                directory
                for directory in mentions.directories(self._root)
                if self._is_program(directory)
            ]
        return self._programs

    def _life(self, main: str) -> tuple[str, frozenset[str]]:
        """How a program lives, and the directories that it reaches."""
        known = self._lives.get(main)
        if known is not None:
            return known
        seen = {main}
        waiting = [main]
        local = answers = serves = False
        while waiting:
            directory = waiting.pop()
            for head in self._files(directory):
                serves = serves or head.serves
                answers = answers or head.answers
                local = local or head.local
            for target in self._targets(directory):
                if not target:
                    serves = True
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
        serves = serves or (answers and not local)  # listeners that came from elsewhere
        known = (SERVES if serves else LOCAL if local else ENDS, frozenset(seen))
        self._lives[main] = known
        return known

    def _files(self, directory: str) -> list[_Head]:
        known = self._heads.get(directory)
        if known is None:
            known = self._heads[directory] = []
            for path in mentions.sources(self._program, directory):
                head = self._head(path)
                if not head.ignored:
                    if not head.is_read:
                        head.read(self._program.peek(path) or b"")
                    known.append(head)
        return known

    def _head(self, path: str) -> _Head:
        noted = self._program.noted
        head = noted.get(path)
        if not isinstance(head, _Head):
            head = noted[path] = _Head(self._program.peek(path) or b"")
        return head

    def _targets(self, directory: str) -> tuple[str, ...]:
        """The directories that a package imports; "" for one out of sight that serves."""
        known = self._imported.get(directory)
        if known is None:
            paths = {path for head in self._files(directory) for path in head.imports}
            known = self._imported[directory] = tuple(
                target
                for path in sorted(paths)
                if (target := self._target(directory, path)) is not None
            )
        return known

    def _target(self, directory: str, path: str) -> str | None:
        if "." not in path.split("/", 1)[0] and "/" not in path:
            return None
        modules = self._program.modules
        module = modules.for_path(Path(directory))
        key = (module.root if module is not None else None, path)
        if key not in self._targeted:
            self._targeted[key] = self._find(module, path)
        return self._targeted[key]

    def _find(self, module: Module | None, path: str) -> str | None:
        modules = self._program.modules
        found = modules.directory_of(path, module) if module is not None else None
        if found is None or "vendor" in found.parts or modules.for_path(found) is None:
            return "" if "." in path and _SERVING.search(path) else None
        top = modules.repository_root(module) if module is not None else None
        if top is None or not found.is_relative_to(top):
            return "" if _SERVING.search(path) else None
        return str(found)

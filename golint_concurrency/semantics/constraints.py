"""Build constraints: which files of a directory are built together.

Source: `go help buildconstraint`, and the package documentation of `go/build` and
`go/build/constraint`. Expressions are kept in postfix order, so that neither reading nor asking
recurses, however a hostile file nests its parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from golint_concurrency import files

OPERATING_SYSTEMS = frozenset(
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 "
    "solaris wasip1 windows zos".split()
)
UNIX = frozenset(
    "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split()
)
ARCHITECTURES = frozenset(
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 "
    "mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split()
)
NEWEST_MINOR = 27
MAX_TOKENS = 1000
"""As the go tool: a longer expression is malformed, and its file is never built."""

_MAX_TRIED = 400
_MAX_TRIED_TAGS = 6
_IMPLIED = {"android": "linux", "illumos": "solaris", "ios": "darwin"}
_BLANK = re.compile(r"\s*")
_TOKEN = re.compile(r"\(|\)|&&|\|\||!|[\w.]+")
_UNSET = "ignore"
_TAG = re.compile(r"[\w.]+\Z")
_RELEASE = re.compile(r"go1\.([0-9]{1,4})\Z")
_PACKAGE = re.compile(rb"package(?:\s++|(?>/\*.*?\*/)|//[^\n]*+)++([^\s;/]+)", re.DOTALL)
_COMMENT = re.compile(rb"(\s++)|(//[^\n]*+)|(?>/\*.*?\*/)", re.DOTALL)
_GO_BUILD = re.compile(rb"//go:build(?=\s|\Z)")
_PLUS_BUILD = re.compile(rb"//[ \t]*\+build(?=\s|\Z)")


class Context:
    """A build: operating system, architecture, extra tags, cgo on or off, and release go1.N."""

    __slots__ = ("arch", "cgo", "key", "minor", "os", "tags")

    def __init__(
        self,
        os: str = "linux",
        arch: str = "amd64",
        tags: frozenset[str] = frozenset(),
        *,
        cgo: bool = True,
        minor: int = NEWEST_MINOR,
    ) -> None:
        self.os = os
        self.arch = arch
        self.tags = tags
        self.cgo = cgo
        self.minor = minor
        self.key = (os, arch, tags, cgo, minor)

    def holds(self, tag: str) -> bool:
        """True if `tag` is satisfied in this build."""
        if tag in (self.os, self.arch, "gc") or tag in self.tags:
            return True
        if tag == "cgo":
            return self.cgo
        if tag == "unix":
            return self.os in UNIX
        release = _RELEASE.match(tag)
        if release is not None:
            return 1 <= int(release.group(1)) <= self.minor
        return _IMPLIED.get(self.os) == tag


class Constraint:
    """A build constraint, or the lack of one; ask whether it holds in a build.

    `tags` are those that it mentions, each once, in order. A malformed constraint holds nowhere,
    as the go tool leaves such a file out.
    """

    __slots__ = ("_postfix", "malformed", "tags")

    def __init__(self, postfix: Sequence[str], *, malformed: bool = False) -> None:
        self._postfix = tuple(postfix)
        self.malformed = malformed
        self.tags = tuple(
            dict.fromkeys(token for token in self._postfix if token not in ("!", "&&", "||"))
        )

    def holds(self, context: Context) -> bool:
        """Whether a file with this constraint is part of the build `context`."""
        if self.malformed:
            return False
        stack: list[bool] = []
        for token in self._postfix:
            if token == "!":
                stack.append(not stack.pop())
            elif token in ("&&", "||"):
                right, left = stack.pop(), stack.pop()
                stack.append((left and right) if token == "&&" else (left or right))
            else:
                stack.append(context.holds(token))
        return stack.pop() if stack else True

    def requires(self, tag: str) -> bool:
        """True if no build without `tag` satisfies this, whatever its other tags are."""
        # The set of truth values that each part can take while `tag` is false.
        stack: list[frozenset[bool]] = []
        for token in self._postfix:
            if token == "!":
                stack.append(frozenset(not value for value in stack.pop()))
            elif token in ("&&", "||"):
                right, left = stack.pop(), stack.pop()
                both = token == "&&"
                stack.append(
                    frozenset((a and b) if both else (a or b) for a in left for b in right)
                )
            else:
                stack.append(frozenset([False]) if token == tag else frozenset([False, True]))
        return bool(stack) and True not in stack.pop()

    def go_minor(self) -> int:
        """The least N of `go1.N` that every build with this file has; -1 if it asks for none.

        As `go/build/constraint.GoVersion`: the go tool reads the file in that version of Go.
        """
        # What each part asks for if it is to be true, and if it is to be false.
        stack: list[tuple[int, int]] = []
        for token in self._postfix:
            if token == "!":
                stack.append(stack.pop()[::-1])
            elif token in ("&&", "||"):
                (a, not_a), (b, not_b) = stack.pop(), stack.pop()
                both = (max(a, b), min(not_a, not_b))
                either = (min(a, b), max(not_a, not_b))
                stack.append(both if token == "&&" else either)
            else:
                release = _RELEASE.match(token)
                stack.append((int(release.group(1)) if release else -1, -1))
        return stack.pop()[0] if stack else -1


ALWAYS = Constraint(())
NEVER = Constraint((), malformed=True)


def parse(text: str) -> Constraint:
    """The constraint that `text`, written as after `//go:build`, means; `NEVER` if malformed."""
    tokens = _tokens(text)
    postfix = _postfix(tokens) if tokens else None
    return Constraint(postfix) if postfix else NEVER


def _tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    at = _end(_BLANK.match(text))
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) == MAX_TOKENS:
            return None
        tokens.append(match.group())
        at = _end(_BLANK.match(text, match.end()))
    return tokens


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match is not None else 0


def _postfix(tokens: list[str]) -> list[str] | None:
    """Operators after their operands, by precedence `!`, `&&`, `||`; None if malformed."""
    out: list[str] = []
    waiting: list[str] = []
    operand = True  # whether an operand must come next
    before = ""
    for token in tokens:
        if token in ("(", "!"):
            if not operand or token == before == "!":
                return None
            waiting.append(token)
        elif token in ("&&", "||"):
            if operand:
                return None
            while waiting and waiting[-1] != "(" and (token == "||" or waiting[-1] != "||"):
                out.append(waiting.pop())
            waiting.append(token)
            operand = True
        elif token == ")":
            if operand:
                return None
            while waiting and waiting[-1] != "(":
                out.append(waiting.pop())
            if not waiting:
                return None
            waiting.pop()
        else:
            if not operand:
                return None
            out.append(token)
            operand = False
        before = token
    if operand or "(" in waiting:
        return None
    return out + waiting[::-1]


def package_clause(content: bytes) -> str:
    """The name in the package clause, "" if none is found."""
    match = _PACKAGE.match(content, files.head_end(content))
    return match.group(1).decode("utf-8", "replace") if match else ""


def suffix_tags(name: str) -> tuple[str, ...]:
    """The operating system and architecture that a file's name asks for."""
    parts = name.split(".", 1)[0].split("_")[1:]
    if parts and parts[-1] == "test":
        parts.pop()
    if len(parts) >= 2 and parts[-2] in OPERATING_SYSTEMS and parts[-1] in ARCHITECTURES:
        return (parts[-2], parts[-1])
    if parts and (parts[-1] in OPERATING_SYSTEMS or parts[-1] in ARCHITECTURES):
        return (parts[-1],)
    return ()


def of_file(content: bytes) -> Constraint:
    """The build constraint in the comments above the package clause; `ALWAYS` if there is none.

    A `//go:build` line counts wherever it stands there on a line of its own, and two of them are
    malformed; `// +build` lines count without one, in the line comments that a blank line parts
    from what follows.
    """
    head = content[: files.head_end(content)].removeprefix(b"\xef\xbb\xbf")
    if b"build" not in head:
        return ALWAYS
    go_build: list[bytes] = []
    plus: list[bytes] = []  # candidates; those before a blank line have been moved to `settled`
    settled: list[bytes] = []
    own_line = leading = True
    for match in _COMMENT.finditer(head):
        blank, comment = match.group(1), match.group(2)
        if blank is not None:
            lines = blank.count(b"\n")
            own_line = own_line or lines > 0
            if lines > 1 and leading:
                settled += plus
                plus = []
        elif comment is None:
            own_line = leading = False
        elif own_line:
            if _GO_BUILD.match(comment):
                go_build.append(comment[len(b"//go:build") :])
            elif leading and _PLUS_BUILD.match(comment):
                plus.append(comment.split(b"+build", 1)[1])
    if len(go_build) > 1:
        return NEVER
    if go_build:
        return parse(go_build[0].decode("utf-8", "replace"))
    text = " && ".join(f"({_plus_build(line.decode('utf-8', 'replace'))})" for line in settled)
    return parse(text) if text else ALWAYS


def _plus_build(line: str) -> str:
    """The options of a `// +build` line in `//go:build` syntax: `a,b !c` is (a && b) || !c."""
    options = [" && ".join(map(_plus_term, option.split(","))) for option in line.split()]
    return " || ".join(f"({option})" for option in options) or _UNSET


def _plus_term(term: str) -> str:
    """A tag with or without `!`; what cannot be a tag stands for one that is never set."""
    tag = term.removeprefix("!")
    if _TAG.match(tag):
        return term
    return f"!{_UNSET}" if term != tag and tag and tag[0] != "!" else _UNSET


def context_for(suffixes: Sequence[str], constraint: Constraint) -> Context | None:
    """The build nearest to the default one (linux/amd64, cgo) that takes a file in.

    None where none was found: the constraint is malformed, contradicts itself, or is too
    intricate for the limited number of builds that are tried.
    """
    mentioned = constraint.tags
    systems = [tag for tag in (*suffixes, *mentioned) if tag in OPERATING_SYSTEMS]
    machines = [tag for tag in (*suffixes, *mentioned) if tag in ARCHITECTURES]
    if any(tag in OPERATING_SYSTEMS for tag in suffixes):
        systems = systems[:1]
    else:
        systems = ["linux", *systems, "darwin", "windows", "freebsd", "plan9", "js"]
    if any(tag in ARCHITECTURES for tag in suffixes):
        machines = machines[:1]
    else:
        machines = ["amd64", *machines, "arm64", "386"]
    tried = 0
    for tags, cgo, minor in _switches(mentioned):
        for system in dict.fromkeys(systems):
            for machine in dict.fromkeys(machines):
                context = Context(system, machine, tags, cgo=cgo, minor=minor)
                if constraint.holds(context):
                    return context
                tried += 1
                if tried >= _MAX_TRIED:
                    return None
    return None


def _switches(mentioned: Sequence[str]) -> list[tuple[frozenset[str], bool, int]]:
    """Extra tags, cgo, and release to try: none changed, then each, then all at once."""
    own = [
        tag
        for tag in mentioned
        if tag not in OPERATING_SYSTEMS
        and tag not in ARCHITECTURES
        and tag not in ("unix", "cgo", "gc")
        and _RELEASE.match(tag) is None
    ][:_MAX_TRIED_TAGS]
    releases = [int(match.group(1)) for tag in mentioned if (match := _RELEASE.match(tag))]
    none, newest = frozenset[str](), NEWEST_MINOR
    older = max(min(releases, default=newest + 1) - 1, 0)
    found = [(none, True, newest)]
    found += [(frozenset([tag]), True, newest) for tag in own]
    if len(own) > 1:
        found.append((frozenset(own), True, newest))
    if "cgo" in mentioned:
        found += [(tags, False, newest) for tags in (none, frozenset(own))]
    if releases:
        found += [(tags, True, older) for tags in (none, frozenset(own))]
    return list(dict.fromkeys(found))

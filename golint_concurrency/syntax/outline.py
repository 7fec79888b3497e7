"""What a formatted file declares at top level, told from its lines alone.

Imported packages are asked for a few names; to parse them whole would cost many times what
linting does. gofmt starts each top-level declaration in the first column and leaves nothing else
there but comments, closing brackets and labels. A file that is laid out in any other way has no
outline, and is parsed.
"""

from __future__ import annotations

import re

NAME = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*"
_NAMES = NAME + rb"(?:[ \t]*,[ \t]*" + NAME + rb")*"

# What stands in the first column, comments that end with their line left out. The groups count.
_COLUMN = re.compile(
    rb"\n(?![\t\n])(?:(func )|(type )|(var |const )|([})])|(/\*)|([^\s/]))",
)
_FUNC, _TYPE, _VALUE, _CLOSE, _COMMENT, _OTHER = range(1, 7)
_FUNCTION = re.compile(
    rb"func (?:\((?:" + NAME + rb" )?\*?(" + NAME + rb")(?:\[[^\[\]()\n]*\])?\) )?"
    rb"(" + NAME + rb")[(\[]"
)
_SPEC = re.compile(rb"(?:type|var|const) (?:(\()\n|(" + _NAMES + rb")(?=[ \[\n]))")
_GROUPED = re.compile(rb"\n\t(" + _NAMES + rb")(?=[ \t\[\n])")
_WRAPPED = re.compile(rb"\n\t" + _NAMES + rb",\n")
_LABEL = re.compile(NAME + rb":[ \t]*(?://[^\n]*)?\n")
_HEAD = re.compile(rb"(?:package|import) ")
# More code below a declaration that seemed to have ended, or on its line.
_MORE = re.compile(rb"\n[ \t]+(?!//)\S")
_ANOTHER = re.compile(rb";[ \t]*(?:func|type|var|const)\b")
_BARE = re.compile(rb"[})][ \t]*(?://[^\n]*)?\n")
_CONTINUES = re.compile(rb"[-+*/%&|^<>=!,.(\[{][ \t]*(?://[^\n]*)?\Z")
# Strings and comments in their order, to find raw strings that hold lines.
_TOKENS = re.compile(
    rb"//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(/\*.*?\*/|`[^`]*`)", re.DOTALL
)
_RAW_LINE = re.compile(rb"`[^`\n]*`")


class Chunk:
    """A top-level declaration, grouped or not: where its keyword stands and what it declares.

    `names` are (kind, name, receiver, start of the spec) as a `Decl` has them, or empty for a
    group that only a parser can read. `end` lies between the declaration's end and the next one.
    `stop` is where its code ends, if it is a function of several lines and nothing is amiss, else 0.
    `broken` is set when it was parsed and is no Go.
    """

    __slots__ = ("broken", "end", "names", "start", "stop")

    def __init__(self, start: int) -> None:
        self.broken = False
        self.start = start
        self.end = start
        self.stop = 0
        self.names: list[tuple[str, str, str, int]] = []


def outline(content: bytes, *, broken: bool = False) -> tuple[int, list[Chunk]] | None:
    """Where package clause and imports end, and the declarations; None for an unusual layout.

    `broken` is for a file that the parser cannot read: each keyword in the first column then
    starts a declaration, whatever is amiss in the one before it, so that a brace that is missing
    while somebody types costs one function and not the rest of the file.
    """
    if b"\r" in content or b"\x00" in content:
        return None
    return _Outline(content, broken).run()


class _Outline:
    def __init__(self, content: bytes, broken: bool) -> None:
        self._content = content
        self._broken = broken
        self._quotes = 0
        self._counted = 0
        self._has_raw = b"`" in content
        self._hidden: list[tuple[int, int]] | None = None
        self._chunks: list[Chunk] = []
        self._kind = 0
        self._closes: list[int] = []

    def run(self) -> tuple[int, list[Chunk]] | None:
        content = self._content
        if self._may_have_inner_comment():
            self._find_hidden()
        skip = 0
        if content.startswith(b"/*"):
            skip = content.find(b"*/") + 2
        head = len(content)
        for match in _COLUMN.finditer(content):
            at = match.start() + 1
            if at < skip or self._is_hidden(at):
                continue
            kind = match.lastindex or 0
            if kind <= _VALUE:
                if self._chunks:
                    if not self._finish(at):
                        return None
                else:
                    head = at
                if not self._start(kind, at):
                    return None
            elif kind == _CLOSE:
                self._closes.append(at)
            elif kind == _COMMENT:
                skip = content.find(b"*/", at) + 2
                if skip == 1:
                    return None
            elif self._broken:
                continue
            elif self._chunks:
                if self._kind != _FUNC or not _LABEL.match(content, at):
                    return None
            elif not _HEAD.match(content, at):
                return None
        if self._chunks and not self._finish(len(content)):
            return None
        return head, self._chunks

    def _may_have_inner_comment(self) -> bool:
        """True for a comment of several lines that starts in the middle of one, or what looks
        like it."""
        content = self._content
        at = content.find(b"/*")
        while at >= 0:
            end = content.find(b"*/", at + 2)
            if end < 0:
                return False  # it stands in a string
            if at and content[at - 1] != 0x0A and content.find(b"\n", at, end) >= 0:
                return True
            at = content.find(b"/*", end + 2)
        return False

    def _find_hidden(self) -> None:
        """Note raw strings and comments that start in the middle of a line."""
        content = self._content
        self._hidden = [
            match.span(1)
            for match in _TOKENS.finditer(content)
            if match.lastindex and (not match.start() or content[match.start() - 1] != 0x0A)
        ]
        self._hidden.reverse()

    def _is_hidden(self, at: int) -> bool:
        if self._hidden is None:
            if not self._has_raw:
                return False
            self._quotes += self._content.count(b"`", self._counted, at)
            self._counted = at
            if self._quotes % 2 == 0:
                return False
            # In a raw string, or after a comment or a string with a quote in it.
            self._find_hidden()
        hidden = self._hidden or []
        while hidden and hidden[-1][1] <= at:
            hidden.pop()
        return bool(hidden) and hidden[-1][0] < at

    def _start(self, kind: int, at: int) -> bool:
        content = self._content
        self._kind = kind
        self._closes = []
        chunk = Chunk(at)
        self._chunks.append(chunk)
        if kind == _FUNC:
            match = _FUNCTION.match(content, at)
            if match is None:
                return False
            receiver, name = match.groups()
            if receiver is None:
                chunk.names.append(("func", name.decode("utf-8", "replace"), "", at))
            else:
                chunk.names.append(
                    (
                        "method",
                        name.decode("utf-8", "replace"),
                        receiver.decode("utf-8", "replace"),
                        at,
                    )
                )
            return True
        match = _SPEC.match(content, at)
        if match is None:
            return False
        if match.group(1) is None:
            self._add(chunk, at, match)
        return True

    def _add(self, chunk: Chunk, at: int, match: re.Match[bytes]) -> None:
        kind = "type"
        if self._kind == _VALUE:
            kind = "var" if self._content[at] == 0x76 else "const"
        group = 1 if match.re is _GROUPED else 2
        start = match.start(group)
        for name in match.group(group).split(b","):
            chunk.names.append((kind, name.strip().decode("utf-8", "replace"), "", start))

    def _finish(self, end: int) -> bool:
        """Close the chunk that was open; False if it may hold more than one declaration."""
        content = self._content
        chunk = self._chunks[-1]
        chunk.end = end
        if self._broken:
            if not chunk.names:
                self._group(chunk)
            return True
        for at in self._closes[:-1]:
            if _BARE.match(content, at):
                return False
        last = self._closes[-1] if self._closes else chunk.start
        line_end = content.find(b"\n", last, end)
        if line_end < 0:
            line_end = end
        if b";" in content[last:line_end] and _ANOTHER.search(content, last, line_end):
            return False
        if _MORE.search(content, line_end, end) and _MORE.search(
            re.sub(rb"\n/\*.*?\*/", b"", content[line_end:end], flags=re.DOTALL)
        ):
            if self._closes or self._kind == _FUNC:
                return False
            if not _CONTINUES.search(content[last:line_end]):
                return False
        if self._kind == _FUNC and self._closes:
            chunk.stop = last + 1
        if not chunk.names:
            self._group(chunk)
        return True

    def _group(self, chunk: Chunk) -> None:
        """Read the names of a group; none are given where they cannot be told apart."""
        content = self._content
        if self._has_raw:
            text = content[chunk.start : chunk.end]
            if b"`" in text and b"`" in _RAW_LINE.sub(b"", text):
                return  # a raw string of several lines, or a quote in a comment
        close = self._closes[-1] if self._closes else chunk.end
        if content.find(b"/*", chunk.start, close) >= 0:
            return
        if _WRAPPED.search(content, chunk.start, close):
            return
        for match in _GROUPED.finditer(content, chunk.start, chunk.end):
            self._add(chunk, chunk.start, match)

"""Calls of C functions: which one is called, and whether it may wait."""

from __future__ import annotations

import re

from golint_concurrency.semantics.objects import PackageName
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_WAITS = {
    **dict.fromkeys(("sleep", "usleep", "nanosleep", "clock_nanosleep", "pause"), "sleeps"),
    **dict.fromkeys(("read", "pread", "readv", "getchar", "fgets", "getline"), "waits for input"),
    **dict.fromkeys(("recv", "recvfrom", "recvmsg"), "waits for a peer"),
    **dict.fromkeys(("accept", "accept4", "connect"), "waits for a peer"),
    **dict.fromkeys(("poll", "ppoll", "select", "pselect", "epoll_wait"), "waits for events"),
    **dict.fromkeys(("flock", "lockf", "sem_wait", "pthread_mutex_lock"), "waits for a lock"),
    **dict.fromkeys(("pthread_cond_wait", "pthread_join"), "waits for a thread"),
    **dict.fromkeys(("wait", "waitpid", "wait3", "wait4", "system", "pclose"), "waits for a child"),
    **dict.fromkeys(("getaddrinfo", "gethostbyname", "gethostbyaddr"), "waits for a name server"),
}
"""Functions of the C library that wait, and for what (POSIX.1-2017, System Interfaces)."""

_POLLED = re.compile(rb"O_NONBLOCK|SOCK_NONBLOCK|SetNonblock|FIONBIO|SO_RCVTIMEO")
_AT_ONCE = re.compile(r"WNOHANG|LOCK_NB|MSG_DONTWAIT|F_TLOCK|F_ULOCK|LOCK_UN")
_TRIVIAL = re.compile(
    r"CString|CBytes|GoString|GoStringN|GoBytes|malloc|calloc|free|strlen|memcpy|memset|errno"
    r"|u?(?:char|short|int|long|longlong)|schar|ulonglong|float|double|bool|_Bool|uint|ushort"
    r"|(?:struct|union|enum|sizeof)_\w+|\w+_t"
)
_DEFINITION = re.compile(r"\b([A-Za-z_]\w*)\s*\([^;{}()]*\)\s*\{")
_CALL = re.compile(r"(?<![.>\w])([a-z]\w*)\s*\(")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def c_function(scope: FileScope, call: ast.Call) -> str:
    """The name of the C function that `call` calls; "" if it calls none, or converts to a type."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or not isinstance(fun.x, ast.Ident):
        return ""
    package = scope.resolve(fun.x)
    if not isinstance(package, PackageName) or package.path != "C":
        return ""
    return "" if _TRIVIAL.fullmatch(fun.sel.name) else fun.sel.name


def waits(scope: FileScope, call: ast.Call, name: str) -> str:
    """What the call of C function `name` waits for, in words; "" if it is not known to wait."""
    kind = _WAITS.get(name)
    if kind is None:
        return _wrapped(scope).get(name, "")
    text = scope.file.text(call)
    if _AT_ONCE.search(text):
        return ""
    if kind in ("waits for input", "waits for a peer") and _POLLED.search(scope.file.content):
        return ""
    last = call.args[-1] if call.args else None
    if kind in ("waits for events", "sleeps") and isinstance(last, ast.BasicLit):
        if scope.file.text(last) == "0":
            return ""
    return kind


def _wrapped(scope: FileScope) -> dict[str, str]:
    """Functions that the file's preamble defines, and what they wait for."""
    key = ("cgo-wrapped", id(scope))
    known = scope.package.memo.get(key)
    if known is None:
        known = scope.package.memo[key] = _read_preamble(scope)
    return known  # type: ignore[return-value]


def _read_preamble(scope: FileScope) -> dict[str, str]:
    spec = next((spec for spec in scope.file.imports if spec.path == "C"), None)
    if spec is None:
        return {}
    before = scope.file.content[: spec.start].rstrip()
    before = before.removesuffix(b"import").rstrip()
    if before.endswith(b"*/"):
        start = before.rfind(b"/*")
        text = before[start + 2 : -2].decode("utf-8", "replace")
    else:
        lines: list[bytes] = []
        for line in reversed(before.split(b"\n")):
            if not line.startswith(b"//"):
                break
            lines.append(line[2:])
        text = b"\n".join(reversed(lines)).decode("utf-8", "replace")
    text = _COMMENT.sub("", text)
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        body = _body(text, match.end())
        if _AT_ONCE.search(body) or "NONBLOCK" in text:
            continue
        for called in _CALL.findall(body):
            if called in _WAITS:
                found[match.group(1)] = f"calls {called}, which {_WAITS[called]}"
                break
    return found


def _body(text: str, start: int) -> str:
    depth = 1
    for index in range(start, len(text)):
        depth += (text[index] == "{") - (text[index] == "}")
        if depth == 0:
            return text[start:index]
    return text[start:]

"""`rules check`: what is missing in rules of anybody, told from their source without running it."""

from __future__ import annotations

import importlib
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from golint_concurrency import files
from golint_concurrency.authoring import sections
from golint_concurrency.authoring.source_of_rules import Declared, ModuleSource, Reader, Unreadable
from golint_concurrency.registry import ENTRY_POINT_GROUP, Registry, holds_query_rules, load
from golint_concurrency.rule import ID, NAME, keyword_kinds

MAX_BYTES = 1 << 20
MAX_FILES = 500

_SKIPPED = frozenset(["testdata", "tests", "build", "dist", "node_modules", "venv", "__pycache__"])
_COSTLY = frozenset(
    "aiohttp asyncio concurrent.futures http.client httpx importlib.metadata libcst "
    "multiprocessing numpy pandas pkg_resources pygls requests sarif_om socket sqlite3 ssl "
    "subprocess torch urllib.request urllib3".split()
)
_DOING = frozenset(
    "open input print exec eval os.system os.popen os.remove os.unlink os.makedirs os.environ.update "
    "time.sleep sys.exit".split()
)
_DOING_MODULES = ("subprocess.", "socket.", "requests.", "httpx.", "urllib.", "shutil.")
_NEEDED = ("id", "name", "summary", "severity", "check")


@dataclass(slots=True)
class Verdict:
    """The rules that were seen ("ACME001 name"), and what is wrong, as `file:line: sentence`."""

    rules: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def vet(path: Path) -> Verdict:
    """Look at a rule file, a folder of them, or the folder of a plug-in's project."""
    verdict = Verdict()
    builtin = load(plugins=False)
    seen: dict[str, str] = {}
    reader = Reader()
    for count, file in enumerate(_files(path)):
        if count >= MAX_FILES:
            verdict.wrong.append(f"{path}: more than {MAX_FILES} files; the rest was left out")
            break
        if file.suffix == ".toml":
            _vet_queries(file, path, verdict)
        else:
            _Module(file, path, builtin, seen, verdict).vet(reader)
    if path.is_dir() and (path / "pyproject.toml").is_file():
        _vet_project(path, verdict)
    if not verdict.rules and not verdict.wrong:
        verdict.wrong.append(f"{path}: declares no rule, as in RULE = Rule(...)")
    return verdict


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _SKIPPED and not name.startswith(".") and not name.endswith(".egg-info")
        )
        for name in sorted(names):
            file = Path(folder, name)
            if name.endswith(".py") or (name.endswith(".toml") and holds_query_rules(file)):
                yield file


def _bad_example(name: str, file: Path, top: Path) -> bool:
    """Whether testdata of rule `name`, near its file, has a place that deserves a finding."""
    last = top if top.is_dir() else file.parent
    folder = file.parent
    while True:
        testdata = folder / "testdata" / name
        if testdata.is_dir():
            return any(_has_want(path) for path in testdata.rglob("*.go"))
        if folder in (last.parent, folder.parent):
            return False
        folder = folder.parent


def _has_want(path: Path) -> bool:
    try:
        return b"// want " in files.read(str(path), MAX_BYTES)
    except files.Unreadable:
        return False


def _vet_queries(file: Path, top: Path, verdict: Verdict) -> None:
    from golint_concurrency.queries.load import load as load_queries

    loaded = load_queries(file, str(file))
    verdict.wrong += [
        f"{item.path}: {item.message.removeprefix(item.path + ': ')}" for item in loaded.problems
    ]
    for rule, origin in loaded.rules:
        verdict.rules.append(f"{rule.id} {rule.name}")
        if not _bad_example(rule.name, file, top):
            verdict.wrong.append(f"{origin}: {_no_example(rule.name)}")


def _no_example(name: str) -> str:
    return f'no bad example: testdata/{name}/bad.go with a // want "..." shows what it finds'


class _Module:
    """Judges one Python file."""

    def __init__(
        self, file: Path, top: Path, builtin: Registry, seen: dict[str, str], verdict: Verdict
    ) -> None:
        self._file = file
        self._top = top
        self._builtin = builtin
        self._seen = seen
        self._verdict = verdict

    def vet(self, reader: Reader) -> None:
        """Judge the file."""
        try:
            text = files.read(str(self._file), MAX_BYTES).decode("utf-8-sig")
            source = reader.read(text)
        except files.Unreadable as error:
            self._say(1, str(error))
            return
        except UnicodeDecodeError:
            self._say(1, "not UTF-8")
            return
        except Unreadable as error:
            self._say(error.line, str(error))
            return
        self._vet_imports(source)
        for declared in source.rules:
            self._vet_rule(declared, source)
        if source.rules:
            self._vet_documentation(source)

    def _say(self, line: int, said: str) -> None:
        self._verdict.wrong.append(f"{self._file}:{line}: {said}")

    def _vet_imports(self, source: ModuleSource) -> None:
        for name, line in source.imports:
            costly = next(
                (item for item in sorted(_COSTLY) if f"{name}.".startswith(f"{item}.")), None
            )
            if costly is not None:
                self._say(
                    line,
                    f"imports {costly} at top level, which every run would wait for; "
                    "import it in the function that needs it",
                )
        for name, line in source.calls:
            if name in _DOING or name.startswith(_DOING_MODULES):
                self._say(line, f"calls {name} when it is imported; a rule module only declares")

    def _vet_rule(self, rule: Declared, source: ModuleSource) -> None:
        id, name = rule.texts.get("id", ""), rule.texts.get("name", "")
        self._verdict.rules.append(f"{id or '?'} {name or '?'}")
        for key in _NEEDED:
            if key not in rule.given:
                self._say(rule.line, f"the rule has no {key}")
        for key in ("id", "name", "summary"):
            if key in rule.given and not rule.texts.get(key, "").strip():
                self._say(rule.given[key], f"{key} must be written as a string, in place")
        if id and not ID.match(id):
            self._say(rule.given["id"], f"id {id!a}: expected capital letters and three digits")
        if name and not NAME.match(name):
            self._say(rule.given["name"], f"name {name!a}: expected lower-case words with hyphens")
        for key, value in (("id", id), ("name", name)):
            if value:
                self._vet_clash(rule.given[key], key, value)
        self._vet_waking(rule)
        if rule.check and "." not in rule.check and rule.check not in source.functions:
            imported = any(path.rsplit(".", 1)[-1] == rule.check for path, _ in source.imports)
            if not imported:
                self._say(rule.given["check"], f"no function is called {rule.check}")
        if name and not _bad_example(name, self._file, self._top):
            self._say(rule.line, _no_example(name))

    def _vet_clash(self, line: int, key: str, value: str) -> None:
        taken = self._builtin.find(value)
        if taken is not None and not self._is_builtin():
            self._say(line, f"{key} {value} clashes with {taken.id} {taken.name}; choose another")
        elif key == "id" and value.startswith("GLC") and not self._is_builtin():
            self._say(line, f"id {value}: GLC is for built-in rules, present and future")
        here = f"{self._file}:{line}"
        first = self._seen.setdefault(value, here)
        if first != here:
            self._say(line, f"{key} {value} is that of {first} as well")

    def _is_builtin(self) -> bool:
        folders = importlib.import_module("golint_concurrency.rules").__path__
        return any(Path(folder).resolve() == self._file.resolve().parent for folder in folders)

    def _vet_waking(self, rule: Declared) -> None:
        if not {"on", "calls"} & rule.given.keys():
            self._say(rule.line, "nothing wakes the rule; give it `on` or `calls`")
            return
        known = keyword_kinds()
        kinds = [kind.rsplit(".", 1)[-1] for kind in rule.names.get("on", ())]
        if "triggers" not in rule.given and any(kind not in known for kind in kinds):
            other = next(kind for kind in kinds if kind not in known)
            self._say(
                rule.given["on"],
                f"no triggers: none follow from {other}; "
                "give literals that a declaration must hold for the rule to look at it",
            )
        for call in rule.strings.get("calls", ()):
            if "." not in call:
                self._say(rule.given["calls"], f'calls {call!a}: expected a name as "time.After"')

    def _vet_documentation(self, source: ModuleSource) -> None:
        if all("explanation" in rule.given for rule in source.rules):
            return
        lacking = sections.missing(source.docstring)
        if lacking:
            titles = ", ".join(f"## {title}" for title in lacking)
            self._say(1, f"documentation lacks {titles}")
        for number, line in enumerate(source.docstring.splitlines(), 1):
            if line.strip().startswith("TODO"):
                self._say(number, "documentation still says TODO")
                break


def _vet_project(path: Path, verdict: Verdict) -> None:
    """The entry point by which an installed plug-in is found."""
    file = path / "pyproject.toml"
    try:
        data = tomllib.loads(files.read(str(file), MAX_BYTES).decode("utf-8"))
    except (files.Unreadable, ValueError, RecursionError) as error:
        verdict.wrong.append(f"{file}:1: {error}")
        return
    project = data.get("project", {})
    points = project.get("entry-points", {}) if isinstance(project, dict) else {}
    group = points.get(ENTRY_POINT_GROUP) if isinstance(points, dict) else None
    if not isinstance(group, dict) or not group:
        verdict.wrong.append(
            f'{file}:1: no entry point: [project.entry-points."{ENTRY_POINT_GROUP}"] must name the '
            "module of each rule"
        )
        return
    for key, value in group.items():
        module = str(value).partition(":")[0].replace(".", "/")
        places = [base / module for base in (path, path / "src")]
        if not any(
            place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()
            for place in places
        ):
            verdict.wrong.append(f"{file}:1: entry point {key}: there is no module {value}")

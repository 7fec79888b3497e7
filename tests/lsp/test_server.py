"""The protocol, over a real server process and the capabilities of real editors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcRequestCancelled

from tests.command import run as command
from tests.lsp.client import NEWEST, Editor, applied, serving

TIMER = """package a

import "time"

func wait(c chan int) {
	for {
		select {
		case <-c:
		case <-time.After(time.Second):
		}
	}
}
"""
CLEAN = "package a\n"
SLEEPY = 'package a\n\nimport "time"\n\nfunc slow() { time.Sleep(5) }\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(TIMER)
    return tmp_path


def runs(test: Callable[[Path], Coroutine[Any, Any, None]]) -> Callable[[Path], None]:
    """Let an asynchronous test run in a loop of its own, and never for ever."""

    def run(root: Path) -> None:
        asyncio.run(asyncio.wait_for(test(root), 120))

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


@runs
async def test_open_change_save_close(root: Path) -> None:
    async with serving(root) as editor:
        editor.open("a.go")
        (finding,) = await editor.shows("a.go", "GLC401")
        assert finding.range == _range(8, 9, 8, 32)
        assert finding.severity == lsp.DiagnosticSeverity.Warning
        assert finding.source == "golint-concurrency"
        assert finding.code_description is not None
        page = finding.code_description.href.removeprefix("file://")
        assert Path(page).read_text().startswith("# GLC401 time-after-in-loop")
        assert finding.related_information
        editor.change("a.go", CLEAN)
        await editor.shows("a.go")
        editor.change("a.go", TIMER)
        editor.save("a.go", TIMER)
        await editor.shows("a.go", "GLC401")
        editor.close("a.go")
        await editor.shows("a.go")


@runs
async def test_only_on_save_if_asked(root: Path) -> None:
    async with serving(root, options={"run": "onSave"}) as editor:
        editor.open("a.go")
        await editor.shows("a.go", "GLC401")
        editor.change("a.go", CLEAN)
        await asyncio.sleep(1)
        assert editor.codes("a.go") == ["GLC401"]
        editor.save("a.go", CLEAN)
        await editor.shows("a.go")


@runs
async def test_incremental_changes_in_every_unit(root: Path) -> None:
    text = TIMER.replace("case <-time", "/* 😀世\t */ case <-time")
    for encoding, column in (
        (lsp.PositionEncodingKind.Utf8, 9 + 15),
        (lsp.PositionEncodingKind.Utf16, 9 + 11),
        (lsp.PositionEncodingKind.Utf32, 9 + 10),
    ):
        async with serving(root, NEWEST, encodings=[encoding], adapt=_push) as editor:
            editor.open("a.go", text)
            (finding,) = await editor.shows("a.go", "GLC401")
            assert finding.range.start == lsp.Position(8, column)
            # The same text in other places: a line more above, the comment's tail cut off.
            editor.change("a.go", (_range(3, 0, 3, 0), "// 世界😀\n"))
            (finding,) = await editor.shows("a.go", "GLC401")
            await editor.until(partial(_starts, editor, lsp.Position(9, column)))
            editor.change("a.go", (_range(9, 2, 9, column - 7), ""))
            await editor.until(partial(_starts, editor, lsp.Position(9, 9)))


def _starts(editor: Editor, place: lsp.Position) -> bool:
    return editor.said[editor.uri("a.go")][0].range.start == place


@runs
async def test_unsaved_buffers_count_for_the_package(root: Path) -> None:
    (root / "b.go").write_text('package a\n\nimport "time"\n\nfunc b() { time.Sleep(delay) }\n')
    (root / "c.go").write_text('package a\n\nimport "time"\n\nconst delay = time.Second\n')
    async with serving(root) as editor:
        editor.open("b.go")
        editor.open("c.go")
        await editor.shows("b.go")
        editor.change("c.go", "package a\n\nconst delay = 5\n")
        await editor.shows("b.go", "GLC405")
        editor.close("c.go")  # not saved: the disk counts again
        await editor.shows("b.go")


@runs
async def test_files_of_the_package_that_are_not_open(root: Path) -> None:
    (root / "b.go").write_text(CLEAN)
    async with serving(root) as editor:
        editor.open("b.go")
        await editor.shows("b.go")
        editor.change("b.go", CLEAN + "\nfunc f() {}\n")
        await editor.shows("a.go", "GLC401")


@runs
async def test_fix_one_fix_all_ignore_explain(root: Path) -> None:
    text = SLEEPY.replace("}\n", "; time.Sleep(7) }\n")
    lock = (
        'package a\n\nimport "sync"\n\nvar mu sync.Mutex\n\n'
        "func f() {\n\tmu.Lock()\n\tdefer mu.Lock()\n}\n\n"
        "func g() {\n\tmu.Lock()\n\tdefer mu.Lock()\n}\n"
    )
    async with serving(root) as editor:
        editor.open("a.go", text)
        await editor.until(lambda: "GLC405" in (editor.codes("a.go") or []))
        editor.open("lock.go", lock)
        await editor.until(lambda: (editor.codes("lock.go") or []).count("GLC506") == 2)
        uri = editor.uri("lock.go")
        place = _range(8, 1, 8, 10)
        found = await editor.actions("lock.go", place, ["quickfix"])
        titles = [action.title for action in found]
        assert any(title.startswith("Fix all 2 of GLC506") for title in titles)
        assert "Ignore GLC506 deferred-lock here" in titles
        assert "Explain GLC506 deferred-lock" in titles
        fix = next(a for a in found if isinstance(a, lsp.CodeAction) and a.is_preferred)
        assert fix.edit is not None
        once = applied(lock, fix.edit, uri)
        assert once == lock.replace("defer mu.Lock", "defer mu.Unlock", 1)
        (every,) = await editor.actions("lock.go", place, ["source.fixAll"])
        assert isinstance(every, lsp.CodeAction) and every.edit is not None
        assert applied(lock, every.edit, uri) == lock.replace("defer mu.Lock", "defer mu.Unlock")
        ignore = next(a for a in found if a.title.startswith("Ignore"))
        assert isinstance(ignore, lsp.CodeAction) and ignore.edit is not None
        ignored = applied(lock, ignore.edit, uri)
        assert "\t//glc:ignore GLC506 TODO: say why this is right\n\tdefer mu.Lock()" in ignored
        editor.change("lock.go", ignored)
        await editor.until(lambda: (editor.codes("lock.go") or []).count("GLC506") == 1)
        page = await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams("golint-concurrency.explain", ["GLC506"])
        )
        assert str(page).startswith("# GLC506")


@runs
async def test_a_quick_fix_is_what_the_command_line_does(root: Path) -> None:
    """Of one finding, with all that tidies up behind it: imports, and what gofmt would move."""
    text = (
        'package a\n\nimport (\n\t"net/http"\n)\n\n'
        "func client() *http.Client {\n\treturn &http.Client{} // with no limit\n}\n\n"
        "func ask(url string) (*http.Response, error) {\n\treturn client().Get(url)\n}\n"
    )
    (root / "a.go").write_text(text)
    async with serving(root) as editor:
        editor.open("a.go", text)
        (finding,) = await editor.shows("a.go", "GLC602")
        found = await editor.actions("a.go", finding.range, ["quickfix"])
        fix = next(a for a in found if isinstance(a, lsp.CodeAction) and a.is_preferred)
        assert fix.edit is not None
        here = applied(text, fix.edit, editor.uri("a.go"))
    ran = command("--fix", "--unsafe-fixes", "--select", "GLC602", cwd=root)
    assert ran.code == 0, ran.err
    assert here == (root / "a.go").read_text() != text


@runs
async def test_fix_all_of_a_rule_by_command(root: Path) -> None:
    lock = (
        'package a\n\nimport "sync"\n\nvar mu sync.Mutex\n\n'
        "func f() {\n\tmu.Lock()\n\tdefer mu.Lock()\n}\n\n"
        "func g() {\n\tmu.Lock()\n\tdefer mu.Lock()\n}\n"
    )
    async with serving(root) as editor:
        asked: list[lsp.ApplyWorkspaceEditParams] = []

        @editor.client.feature(lsp.WORKSPACE_APPLY_EDIT)  # type: ignore[untyped-decorator]
        def _(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
            asked.append(params)
            return lsp.ApplyWorkspaceEditResult(applied=True)

        editor.open("lock.go", lock)
        uri = editor.uri("lock.go")
        await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams("golint-concurrency.fixAll", [uri, "GLC506"])
        )
        assert applied(lock, asked[0].edit, uri) == lock.replace("defer mu.Lock", "defer mu.Unlock")


@runs
async def test_hover_shows_the_page(root: Path) -> None:
    async with serving(root) as editor:
        editor.open("a.go")
        await editor.shows("a.go", "GLC401")
        document = lsp.TextDocumentIdentifier(editor.uri("a.go"))
        ask = editor.client.text_document_hover_async
        there = await ask(lsp.HoverParams(document, lsp.Position(8, 12)))
        assert there is not None and isinstance(there.contents, lsp.MarkupContent)
        assert "## What happens under load" in there.contents.value
        assert await ask(lsp.HoverParams(document, lsp.Position(0, 0))) is None


@runs
async def test_pull_diagnostics(root: Path) -> None:
    async with serving(root, NEWEST) as editor:
        editor.open("a.go")
        document = lsp.TextDocumentIdentifier(editor.uri("a.go"))
        ask = editor.client.text_document_diagnostic_async
        first = await ask(lsp.DocumentDiagnosticParams(document))
        assert isinstance(first, lsp.RelatedFullDocumentDiagnosticReport)
        assert [item.code for item in first.items] == ["GLC401"]
        again = await ask(
            lsp.DocumentDiagnosticParams(document, previous_result_id=first.result_id)
        )
        assert isinstance(again, lsp.RelatedUnchangedDocumentDiagnosticReport)
        editor.change("a.go", CLEAN)
        after = await ask(
            lsp.DocumentDiagnosticParams(document, previous_result_id=first.result_id)
        )
        assert isinstance(after, lsp.RelatedFullDocumentDiagnosticReport) and not after.items
        assert not editor.said  # one who pulls is not pushed as well


@runs
async def test_workspace_diagnostics_with_progress(root: Path) -> None:
    for name in ("x", "y"):
        (root / name).mkdir()
        (root / name / "a.go").write_text(SLEEPY)
    async with serving(root, NEWEST) as editor:
        report = await editor.client.workspace_diagnostic_async(
            lsp.WorkspaceDiagnosticParams([], work_done_token="work")
        )
        found = {item.uri: item for item in report.items}
        assert set(found) == {editor.uri(name) for name in ("a.go", "x/a.go", "y/a.go")}
        reports: list[Any] = list(editor.client.progress_reports["work"])
        kinds = [each.kind for each in reports]
        assert kinds[0] == "begin" and kinds[-1] == "end" and "report" in kinds
        known = [lsp.PreviousResultId(uri, item.result_id or "") for uri, item in found.items()]
        report = await editor.client.workspace_diagnostic_async(
            lsp.WorkspaceDiagnosticParams(known)
        )
        assert {type(item) for item in report.items} == {
            lsp.WorkspaceUnchangedDocumentDiagnosticReport
        }


@runs
async def test_workspace_diagnostics_are_called_off(root: Path) -> None:
    """By the progress that is shown, and by the request; and the server goes on as before."""
    for number in range(300):
        (root / f"p{number}").mkdir()
        (root / f"p{number}" / "a.go").write_text(SLEEPY + "// padding\n" * 2_000)
    async with serving(root, NEWEST) as editor:
        client = editor.client
        asked = lsp.WorkspaceDiagnosticParams([], work_done_token="work")
        sweep = asyncio.ensure_future(client.workspace_diagnostic_async(asked))
        await editor.until(lambda: len(client.progress_reports.get("work", [])) > 1)
        client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams("work"))
        with pytest.raises(JsonRpcRequestCancelled):
            await sweep
        seen: list[Any] = list(client.progress_reports["work"])
        told: list[Any] = client.progress_reports["work"]
        await editor.until(lambda: told[-1].kind == "end")
        assert max(each.percentage or 0 for each in seen if each.kind == "report") < 100

        # The token is free again, and what was called off does not call off the next.
        sweep = asyncio.ensure_future(client.workspace_diagnostic_async(asked))
        await editor.until(lambda: len(client.progress_reports["work"]) > len(seen) + 2)
        request = list(client.protocol._request_futures)[-1]
        client.cancel_request(lsp.CancelParams(request))
        with pytest.raises(JsonRpcRequestCancelled):
            await sweep
        report = await client.workspace_diagnostic_async(asked)
        assert len(report.items) == 301


@runs
async def test_settings_and_configuration(root: Path) -> None:
    options = {"ignore": ["GLC401"], "severity": {"error": "hint"}, "colour": "red"}
    async with serving(root, options=options) as editor:
        editor.open("a.go", TIMER + "\nfunc slow() { time.Sleep(5) }\n")
        (finding,) = await editor.shows("a.go", "GLC405")
        assert finding.severity == lsp.DiagnosticSeverity.Hint
        await editor.until(lambda: editor.client.messages)
        assert "colour" in editor.client.messages[0].message
        editor.client.workspace_did_change_configuration(
            lsp.DidChangeConfigurationParams({"golint-concurrency": {"ignore": ["GLC405"]}})
        )
        await editor.shows("a.go", "GLC401")
        (root / ".golint-concurrency.toml").write_text('ignore = ["GLC401"]\n')
        editor.save("a.go")
        await editor.shows("a.go")
        (root / ".golint-concurrency.toml").write_text("ignore = 3\n")
        editor.save("a.go")
        await editor.shows("a.go", "GLC401")
        assert any("ignore" in each.message for each in editor.client.messages[1:])


@runs
async def test_watched_files(root: Path) -> None:
    (root / "b.go").write_text('package a\n\nimport "time"\n\nfunc b() { time.Sleep(delay) }\n')
    (root / "c.go").write_text('package a\n\nimport "time"\n\nconst delay = time.Second\n')
    async with serving(root, "visual_studio_code@v1.65.2") as editor:
        editor.open("b.go")
        await editor.shows("b.go")
        (root / "c.go").write_text("package a\n\nconst delay = 5\n")
        _tell(editor, "c.go", lsp.FileChangeType.Changed)
        await editor.shows("b.go", "GLC405")
        (root / "c.go").unlink()
        _tell(editor, "c.go", lsp.FileChangeType.Deleted)
        await editor.shows("b.go")
        (root / "d.go").write_text("package a\n\nconst delay = 5\n")
        _tell(editor, "d.go", lsp.FileChangeType.Created)
        await editor.shows("b.go", "GLC405")


@runs
async def test_folders_untitled_and_files_outside(root: Path) -> None:
    other = root.parent / "other"
    other.mkdir()
    (other / "o.go").write_text(SLEEPY)
    module = root / "one"
    module.mkdir()
    (module / "m.go").write_text(SLEEPY)
    async with serving(root, folders=[module]) as editor:
        editor.open("one/m.go")
        await editor.shows("one/m.go", "GLC405")
        editor.open((other / "o.go").as_uri(), SLEEPY)
        await editor.shows((other / "o.go").as_uri(), "GLC405")
        editor.open("untitled:Untitled-1", SLEEPY)
        await editor.shows("untitled:Untitled-1", "GLC405")


@runs
async def test_broken_code_keeps_what_is_outside(root: Path) -> None:
    broken = TIMER + "\nfunc half() {\n\tif x {\n\nfunc slow() { time.Sleep(5) }\n"
    async with serving(root) as editor:
        editor.open("a.go", broken)
        await editor.until(lambda: "GLC401" in (editor.codes("a.go") or []))
        codes = editor.codes("a.go") or []
        assert "GLC405" in codes and len(codes) <= 4


@runs
async def test_no_storm_while_a_function_is_typed(root: Path) -> None:
    """From nothing to the whole, a few characters at a time: what stands above stays found, and
    what is half there brings no more than two places that cannot be read."""
    above = TIMER + "\n"
    typed = (
        "func (s *store) load(names []string) (map[string]int, error) {\n"
        "\tfound := map[string]int{}\n\tfor _, name := range names {\n"
        '\t\tif s.has(name, "{") {\n\t\t\tfound[name] = len(name) // one {\n\t\t}\n\t}\n'
        "\treturn found, nil\n}\n"
    )
    below = (
        "\ntype store struct{}\n\nfunc (s *store) has(name, other string) bool { return true }\n"
    )
    async with serving(root, NEWEST) as editor:
        editor.open("a.go", above + below)
        for end in [*range(1, len(typed), 7), len(typed)]:
            editor.change("a.go", above + typed[:end] + below)
            report = await editor.client.text_document_diagnostic_async(
                lsp.DocumentDiagnosticParams(lsp.TextDocumentIdentifier(editor.uri("a.go")))
            )
            assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
            codes = sorted(str(item.code) for item in report.items)
            assert set(codes) <= {"GLC002", "GLC401"}, (typed[:end], codes)
            assert codes.count("GLC401") == 1 and len(codes) <= 3, (typed[:end], codes)
        assert codes == ["GLC401"]


@runs
async def test_bad_input_is_answered_and_survived(root: Path) -> None:
    async with serving(root) as editor:
        editor.open("a.go")
        await editor.shows("a.go", "GLC401")
        with pytest.raises(Exception, match="not open"):
            await editor.actions("nowhere.go", _range(0, 0, 0, 0))
        with pytest.raises(Exception, match="no rule"):
            await editor.client.workspace_execute_command_async(
                lsp.ExecuteCommandParams("golint-concurrency.explain", ["GLC999"])
            )
        with pytest.raises(Exception):  # noqa: B017 - whatever the client makes of the error
            await editor.client.workspace_execute_command_async(
                lsp.ExecuteCommandParams("rm", ["-rf"])
            )
        for uri in ("ftp://example.com/a.go", "file:relative.go", "nonsense:", "file:///%00.go"):
            editor.open(uri, TIMER)
            editor.change(uri, CLEAN)
            editor.save(uri)
            editor.close(uri)
        editor.change("a.go", (_range(10**6, 10**6, 10**7, 0), "// far outside\n"))
        editor.open("big.go", "package a\n" + "// filler\n" * 1_100_000)
        editor.change("a.go", CLEAN)
        await editor.shows("a.go")


@runs
async def test_a_rule_that_raises_is_a_finding(root: Path) -> None:
    rule = root.parent / "angry.py"
    rule.write_text(
        '"""# Angry\n"""\n'
        "from golint_concurrency.rule import Rule, Severity\n"
        "from golint_concurrency.syntax import ast\n"
        "def check(view, node):\n    raise ValueError('no')\n    yield\n"
        "RULE = Rule(id='XX001', name='angry', summary='fails', severity=Severity.NOTE,\n"
        "    triggers=(b'func',), on=(ast.FuncDecl,), check=check)\n"
    )
    async with serving(root, arguments=["--rules", str(rule)]) as editor:
        editor.open("a.go")
        await editor.until(lambda: {"GLC004", "GLC401"} <= set(editor.codes("a.go") or []))


def _tell(editor: Editor, name: str, kind: lsp.FileChangeType) -> None:
    event = lsp.FileEvent(uri=editor.uri(name), type=kind)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))


def _push(capabilities: lsp.ClientCapabilities) -> None:
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = None


def _range(line: int, column: int, end_line: int, end_column: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, column), lsp.Position(end_line, end_column))

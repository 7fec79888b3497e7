"""The page for people: what it holds, that nothing in it can act, and that it works in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from golint_concurrency.codeowners import parse
from golint_concurrency.diagnostic import Diagnostic, Related, Report, Severity, Span, Step
from golint_concurrency.report import ReportOptions, notices, render
from golint_concurrency.report.html_markdown import to_html
from tests.command import run

LOCK = """package %s

import (
	"errors"
	"net/http"
	"sync"
)

type cache struct {
	mu    sync.Mutex
	items map[string]int
}

var errMissing = errors.New("missing </script><script>alert(1)</script>")

func (c *cache) get(key string) (int, error) {
	c.mu.Lock()
	value, ok := c.items[key]
	if !ok {
		return 0, errMissing
	}
	c.mu.Unlock()
	return value, nil
}

var transport = &http.Transport{}
"""


class _Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_holds_all_that_a_finding_says(usual: Report, options: ReportOptions) -> None:
    (options.root / "CODEOWNERS").write_text("* @all\npkg/a.go @ann @org/team\n")
    page = _Page(render("html", usual, options))
    articles = page.all("article")
    assert [item["data-level"] for item in articles] == ["warning", "note", "error"]
    assert [item["data-owner"] for item in articles] == ["@ann\n@org/team", "@all", "@all"]
    for word in (
        "pkg/a.go:5:",
        "each turn of the loop makes a timer; use time.NewTimer",
        "(*Server).wait",
        "the loop turns",
        "the loop [starts] here",
        "make one timer",
        "--fix --unsafe-fixes",
        "GLC4xx Timers",
        "pkg/c.go: cannot be read",
        "Under load they pile up.",
        "+     t := 1",
    ):
        assert word in page.text, word
    (drawing, *_) = page.all("svg")
    assert drawing["aria-label"] == "path: 1 then 2"
    assert render("html", usual, options) == render("html", replace(usual, duration=9), options)


def test_policy_names_style_and_script_and_nothing_else(
    hostile: Report, options: ReportOptions
) -> None:
    content = render("html", hostile, options).decode()
    page = _Page(content.encode())
    (policy,) = [
        item["content"]
        for item in page.all("meta")
        if item.get("http-equiv") == "Content-Security-Policy"
    ]
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", content, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, attributes in page.elements:
        assert tag not in ("iframe", "object", "embed", "base", "form", "link", "img")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert "src" not in attributes
        if "href" in attributes:
            assert attributes["href"].startswith(("#", "https://example.org/"))


def test_hostile_text_is_text(hostile: Report, options: ReportOptions) -> None:
    content = render("html", hostile, options)
    plain = re.sub(rb"<style>.*?</style>|<script>.*?</script>", b"", content, flags=re.DOTALL)
    assert b"<script" not in plain
    assert b"<b>&" not in plain
    assert b"<evil" not in plain
    assert b"\x1b" not in content
    assert "\u202e" not in content.decode()
    assert "<script>alert(1)</script>" in _Page(content).text
    hosted = replace(options, rule_url="javascript:alert(1)//{id}")
    assert b"javascript:alert" not in render("html", hostile, hosted)


def test_steps_in_other_files_have_their_source(options: ReportOptions) -> None:
    far = b"package q\n\nfunc far() {\n\tselect {}\n}\n"
    near = b"package p\n\nfunc near() {\n\tfar()\n}\n"
    place = Span("p/near.go", near.index(b"far()"), near.index(b"far()") + 5)
    there = Span("q/far.go", far.index(b"select"), far.index(b"select") + 6)
    item = Diagnostic(
        "GLC401", "n", Severity.ERROR, place, "m", flow=(Step(place, "calls"), Step(there, "waits"))
    )
    back = replace(item, flow=(Step(there, "b"), Step(place, "a"), Step(place, "c")))
    late = replace(item, flow=(), related=(Related(there, "there"),))
    report = Report((item, back, late), (), (), {"p/near.go": near, "q/far.go": far})
    text = _Page(render("html", report, options)).text
    assert text.count("q/far.go") == 3
    assert text.count("select {}") == 3


def test_most_severe_of_many(options: ReportOptions) -> None:
    item = Diagnostic("GLC401", "n", Severity.NOTE, Span("a.go", 0, 1), "m")
    items = (*[item] * 5001, replace(item, severity=Severity.ERROR))
    report = Report(items, (), (), {"a.go": b"x\n"})
    assert len(_Page(render("html", report, options)).all("article")) == 5000
    assert notices("html", report, options) == (
        "the HTML report holds the 5000 most severe of 5002 findings",
    )


def test_nothing_found(options: ReportOptions) -> None:
    assert "No findings." in _Page(render("html", Report((), (), ()), options)).text


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.go", ("@all",)),
        ("docs/a.go", ("@docs",)),
        ("docs/deep/a.go", ("@all",)),
        ("x/apps/y/a.go", ("@apps", "ann@example.com")),
        ("apps/nobody/a.go", ()),
        ("build/logs/x.go", ("@logs",)),
        ("build/logs/y/x.go", ("@logs",)),
        ("x/build/logs/x.go", ("@all",)),
        ("in section/a.go", ("@section",)),
        ("sectioned/b.go", ("@own",)),
    ],
)
def test_owners(path: str, owners: tuple[str, ...]) -> None:
    owned = parse(
        "# comment\n* @all # trailing\n/docs/* @docs\napps/ @apps ann@example.com\n"
        "/apps/nobody/\n/build/logs/ @logs\n!ignored @x\n[Part][2] @section\n"
        "in\\ section/\n/sectioned/ @own\n^[Other]\n/no/owner\n"
    )
    assert owned.of(path) == owners


def test_markdown_is_escaped() -> None:
    made = to_html("## A <b>\ntext `x < y`\n\n- one\n  more\n- two\n\n```go\n<script>\n")
    assert made == (
        "<h4>A &lt;b&gt;</h4><p>text <code>x &lt; y</code></p><ul><li>one more</li><li>two</li>"
        "</ul><pre><code>&lt;script&gt;\n</code></pre>"
    )


# --- in a browser


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with findings in two packages, and its report."""
    tree = tmp_path_factory.mktemp("repo")
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tree / "CODEOWNERS").write_text("* @example/all\nstore/ @example/store\n")
    for name in ("store", "web"):
        (tree / name).mkdir()
        (tree / name / "a.go").write_text(LOCK % name)
    (tree / "web" / "<img src=x onerror=alert(1)>.go").write_text(
        (LOCK % "web")
        .replace("cache", "other")
        .replace("errM", "other")
        .replace("transport ", "t ")
    )
    ran = run("./...", "--output", "html=report.html", cwd=tree)
    assert len(ran.found) == 6
    return tree


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium, as Debian has it."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no Chromium here: apt-get install chromium chromium-driver")
    arguments = selenium.ChromeOptions()
    arguments.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,1600"):
        arguments.add_argument(argument)
    arguments.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = selenium.ChromeService(executable_path=driver)
    started = selenium.Chrome(options=arguments, service=service)
    try:
        yield started
    finally:
        started.quit()


@pytest.fixture(scope="module")
def site(tree: Path) -> Iterator[tuple[str, list[str]]]:
    """The page by HTTP, and every address that was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((tree / "report.html").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()


def visible(browser: Any) -> list[Any]:
    return [
        item for item in browser.find_elements("css selector", "article") if item.is_displayed()
    ]


def choose(browser: Any, key: str, value: str) -> None:
    from selenium.webdriver.support.select import Select

    Select(browser.find_element("id", f"by-{key}")).select_by_value(value)


def until(browser: Any, number: int) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 10).until(lambda _: len(visible(browser)) == number)


def test_filters_searches_and_follows_a_link(
    browser: Any, site: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = site
    browser.get(address)
    until(browser, 6)
    assert browser.find_element("id", "count").text == "6 of 6 findings"

    choose(browser, "rule", "GLC501")
    until(browser, 3)
    choose(browser, "package", "store")
    until(browser, 1)
    assert browser.find_element("id", "count").text == "1 of 6 findings"
    assert not browser.find_elements("xpath", "//h2[text()='web']")[0].is_displayed()
    browser.find_element("id", "reset").click()
    until(browser, 6)

    choose(browser, "owner", "@example/store")
    until(browser, 2)
    browser.find_element("id", "reset").click()
    browser.find_element("id", "search").send_keys("onerror transport")
    until(browser, 1)

    # From a finding to its rule, and from the rule back to its findings.
    article = visible(browser)[0]
    article.find_element("css selector", "a.to-rule").click()
    assert browser.current_url.endswith("#rule-GLC601")
    rule = browser.find_element("id", "rule-GLC601")
    assert rule.is_displayed()
    rule.find_element("css selector", "button.pick").click()
    until(browser, 3)

    # A link to a finding that the filter hides takes the filter away.
    hidden = next(
        item for item in browser.find_elements("css selector", "article") if not item.is_displayed()
    )
    browser.execute_script(f"location.hash = '#{hidden.get_attribute('id')}'")
    until(browser, 6)

    browser.save_screenshot(str(tmp_path / "light.png"))
    before = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.find_element("id", "theme").click()
    after = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert before != after
    browser.save_screenshot(str(tmp_path / "dark.png"))
    for name in ("light.png", "dark.png"):
        assert (tmp_path / name).stat().st_size > 20_000

    assert [path for path in asked if path not in ("/", "/favicon.ico")] == []
    log = [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]]
    assert log == []


def test_nothing_of_the_repository_runs(browser: Any, tree: Path) -> None:
    browser.get((tree / "report.html").as_uri())
    assert browser.execute_script("return document.images.length") == 0
    assert browser.execute_script("return document.scripts.length") == 1
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.sprung = 1';"
        "document.body.append(s); const i = new Image(); i.src = 'https://example.com/x.png';"
        "document.body.append(i)"
    )
    assert browser.execute_script("return window.sprung") is None
    blocked = [entry["message"] for entry in browser.get_log("browser")]
    assert len([line for line in blocked if "Content Security Policy" in line]) >= 2


def test_reads_without_script(browser: Any, tree: Path, tmp_path: Path) -> None:
    text = (tree / "report.html").read_text("utf-8")
    plain = tmp_path / "plain.html"
    plain.write_text(re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL), "utf-8")
    browser.get(plain.as_uri())
    assert len(visible(browser)) == 6


def test_format_and_output_agree(tree: Path) -> None:
    page = subprocess.run(["cat", "report.html"], cwd=tree, capture_output=True, check=True).stdout
    assert run("./...", "--format", "html", cwd=tree).out.encode() == page

"""The documentation as a site: built strictly, every link and anchor followed, nothing loaded from elsewhere."""

from __future__ import annotations

import functools
import http.server
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "docs"), str(ROOT / "docs" / "pictures")]

import site_pages  # noqa: E402

from browser import CHROMIUM  # noqa: E402

BIN = Path(sys.executable).parent
# What both kinds of Markdown must agree on; the builder's own titles of blocks are paragraphs.
COUNTED = ("h1", "h2", "h3", "h4", "li", "table", "tr", "pre", "img", "blockquote", "code")


class Read(HTMLParser):
    """A page: ids, links, what it loads, and how often each element is in what the page says."""

    def __init__(self, text: str, article: bool = True) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.counts: Counter[str] = Counter()
        self._inside, self._pre = not article, 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given.get("id") or "", given.get("name") or ""} if tag == "a" else {given.get("id") or ""}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        for name in ("src", "href") if tag != "a" else ():
            if given.get(name) and given.get("rel") not in ("canonical", "next", "prev"):
                self.loaded.append(given[name] or "")
        self._inside = self._inside or tag == "article"
        if self._inside and not (tag == "code" and self._pre):
            self.counts[tag] += tag in COUNTED
        self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"
        self._pre -= tag == "pre"


def build(command: list[str | Path], folder: Path) -> Path:
    """The site, built by a command in a folder with nothing but its configuration and pages."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name, text in site_pages.pages().items():
        path = folder / "build" / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copytree(site_pages.DOCS / "images", folder / "build" / "pages" / "images")
    shutil.copy(site_pages.DOCS / "site.css", folder / "build" / "pages")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (BIN / "zensical").exists():
        pytest.skip("needs zensical, and so Python 3.11")
    return build([BIN / "zensical", "build", "--strict"], tmp_path_factory.mktemp("site"))


def of_page(site: Path, name: str) -> Path:
    """The file that a page became."""
    stem = name.removesuffix(".md")
    return site / "index.html" if stem == "index" else site / stem / "index.html"


def broken(site: Path) -> list[str]:
    """Every link and address in the pages of a site that leads nowhere."""
    read = {path: Read(path.read_text("utf-8")) for path in site.rglob("*.html")}
    found = []
    for path, page in read.items():
        for address in [*page.links, *page.loaded]:
            target, anchor = urldefrag(unquote(address))
            if re.match(r"[a-z]+:", target) or path.name == "404.html":
                continue
            there = Path(posixpath.normpath(posixpath.join(path.parent.as_posix(), target))) if target else path
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file() or (anchor and there in read and anchor not in read[there].ids):
                found.append(f"{path.relative_to(site)}: {address}")
    return found


def test_every_page_is_built(site: Path) -> None:
    assert {path for name in site_pages.pages() if not (path := of_page(site, name)).exists()} == set()
    assert len(list(site.glob("rules/*/index.html"))) == len(list((ROOT / "docs" / "rules").glob("*.md")))


def test_what_a_command_prints_is_not_cut_off(site: Path) -> None:
    """By site.css, which asks for the class that the builder gives to such a block."""
    assert 'class="language-console highlight"' in (site / "index.html").read_text("utf-8")
    assert ".language-console code {\n  white-space: pre-wrap;" in (site / "site.css").read_text("utf-8")


def test_links_and_anchors_lead_somewhere(site: Path, tmp_path: Path) -> None:
    assert broken(site) == []
    copied = Path(shutil.copytree(site, tmp_path / "site"))
    shutil.rmtree(copied / "rules" / "SP008")
    page = of_page(copied, "configuration.md")
    page.write_text(page.read_text("utf-8").replace('id="profiles-for-a-purpose"', 'id="other"'), "utf-8")
    found = {line.partition(": ")[2] for line in broken(copied)}
    assert any(each.endswith("SP008/") for each in found) and any(
        each.endswith("#profiles-for-a-purpose") for each in found
    )


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        outside = [each for each in Read(path.read_text("utf-8")).loaded if re.match(r"(?:[a-z]+:)?//", each)]
        assert outside == [], path
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"]", path.read_text("utf-8")), path


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_a_browser_asks_nobody_else(site: Path, tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}"
        log = tmp_path / "net.json"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        options += [
            "--disable-component-update",
            "--virtual-time-budget=3000",
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        command = [str(CHROMIUM), *options, f"--log-net-log={log}", "--dump-dom", f"{home}/rules/SP008/"]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
        server.shutdown()
    assert "invalid-color" in shown
    assert any(path.endswith(".js") for path in asked) and any(path.endswith(".css") for path in asked)
    # the log breaks off where the browser is ended
    urls = set(re.findall(r'"url":("(?:https?|wss?):[^"]*")', log.read_text("utf-8")))
    outside = {url for each in urls if not (url := json.loads(each)).startswith(home)}
    assert urls and not {url for url in outside if not re.search(r"google|gstatic|gvt1", url)}, outside


def test_both_kinds_of_markdown_agree(site: Path) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    for name, text in site_pages.pages().items():
        wanted = Read(markdown.render(text), article=False).counts
        assert Read(of_page(site, name).read_text("utf-8")).counts == wanted, name


def test_the_navigation_has_every_page_once() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert "plugins" not in settings and settings["theme"]["font"] is False
    named = [
        page
        for entry in settings["nav"]
        for inner in entry.values()
        for page in ([inner] if isinstance(inner, str) else inner)
    ]
    pages = [name for name in site_pages.pages() if "/" not in name]
    assert sorted(each for each in named if each.endswith(".md")) == sorted(pages)


@pytest.mark.parametrize(
    ("path", "text", "staged"),
    [
        ("docs/ci.md", "[a](../SECURITY.md#x) [b](../SECURITY.md)", "[a](security.md#x) [b](security.md)"),
        ("docs/rules/SP008.md", "[all](../rules.md)", "[all](../rules.md)"),
        ("SECURITY.md", "[a](docs/ci.md#a) ![p](docs/images/p.png)", "[a](ci.md#a) ![p](images/p.png)"),
        (
            "docs/ci.md",
            "[a](../editors/zed) [b](../action.yml) [c](plugin-example)",
            f"[a]({site_pages.HOME}/tree/main/editors/zed) [b]({site_pages.HOME}/blob/main/action.yml)"
            f" [c]({site_pages.HOME}/tree/main/docs/plugin-example)",
        ),
        ("docs/ci.md", "[a](https://x.org/a.md) [b](#c)", "[a](https://x.org/a.md) [b](#c)"),
        (
            "docs/ci.md",
            "````md a b.md\n```py\n[a](../x)\n```\n````\n```py\n```",
            '````md title="a b.md"\n```py\n[a](../x)\n```\n````\n```py\n```',
        ),
    ],
)
def test_what_becomes_of_a_page(path: str, text: str, staged: str) -> None:
    assert site_pages.staged(text, ROOT / path) == staged


@pytest.mark.skipif(not os.environ.get("HUBLINT_TEST_ALL"), reason="installs mkdocs-material: `make test-all`")
def test_mkdocs_builds_it_too(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([tmp_path / "venv" / "bin" / "pip", "install", "--quiet", "mkdocs-material>=9.7,<10"], check=True)
    built = build([tmp_path / "venv" / "bin" / "mkdocs", "build", "--strict"], tmp_path)
    assert broken(built) == []

"""The HTML report: what is in it, and that no text of a repository is anything but text in it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from audit_files import FAILED, HOSTILE, RUN, finding, record, written
from hublint.audit.records import Record, line_of
from hublint.audit.results import html, listing
from hublint.cli.main import run

ASSETS = Path(html.__file__).parent / "assets"
LEVELS = ("error", "warning", "info")
ELEMENTS = set(
    "html head meta link title style script noscript body header nav main section footer div span a p b i br code "
    "h1 h2 dl dt dd ul li table caption thead tbody tr th td details summary button input select option "
    "svg rect path circle".split()
)


class Page(HTMLParser):
    """The elements and words of a page, and the data in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.blocks: dict[str, Any] = {}
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._inside: tuple[str, dict[str, str]] = ("", {})
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(self._inside)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ("", {})

    def handle_data(self, data: str) -> None:
        tag, attributes = self._inside
        kind = attributes.get("type", "")
        if tag == "style":
            self.styles.append(data)
        elif tag == "script" and kind == "application/json":
            self.blocks[attributes["id"]] = json.loads(data)
        elif tag == "script" and kind == "application/gzip":
            self.blocks[attributes["id"]] = json.loads(gzip.decompress(base64.b64decode(data)))
        elif tag == "script":
            self.scripts.append(data)
        else:
            self.words += data

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(self.words.split())

    def findings(self) -> list[dict[str, Any]]:
        """What the lists show, in their order."""
        data = self.blocks["data"]
        found = []
        repositories = [name for name, *_, listed in data["repositories"] for _ in range(listed)]
        for index, values in enumerate(zip(*data["findings"].values(), strict=True)):
            numbers = dict(zip(data["findings"], values, strict=True))
            part, place = divmod(index, data["part"])
            help, words, route, frame, title, edits = self.blocks[f"part-{part}"][place]
            code, name, url = data["rules"][numbers["rule"]]
            found.append(
                {
                    "repository": repositories[index],
                    "code": code,
                    "name": name,
                    "url": url,
                    "severity": LEVELS[numbers["level"]],
                    "message": data["messages"][numbers["message"]],
                    "path": data["paths"][numbers["path"]],
                    "line": numbers["line"],
                    "column": numbers["column"],
                    "help": help,
                    "hub_message": words,
                    "route": route,
                    "frame": frame,
                    "title": title,
                    "edits": edits,
                    "safety": ["", "safe", "unsafe"][numbers["fix"]],
                }
            )
        assert len(repositories) == len(found)
        return found


def made(tmp_path: Path, *records: Record, **more: Any) -> tuple[str, Page]:
    source = written(tmp_path / "audit.jsonl", *records, **more)
    html.write(str(source), str(tmp_path / "report.html"))
    text = (tmp_path / "report.html").read_text("utf-8")
    return text, Page(text)


def policy(page: Page) -> dict[str, str]:
    (content,) = [each["content"] for _, each in page.elements if each.get("http-equiv") == "Content-Security-Policy"]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in content.split(";"))}


def test_the_lists_hold_all(tmp_path: Path) -> None:
    first, second = finding(), finding("MC008", severity="info", line=7, fix=None, frame="")
    _, page = made(tmp_path, record("b/x", "model", [first, second]), record("a/y", "space", [second]))
    found = page.findings()
    assert [(each["repository"], each["code"], each["severity"], each["line"]) for each in found] == [
        ("b/x", "SP008", "error", 2),
        ("b/x", "MC008", "info", 7),
        ("a/y", "MC008", "info", 7),
    ]
    whole = found[0]
    assert {key: whole[key] for key in ("message", "path", "column", "help", "hub_message", "route", "url")} == {
        key: first[key] for key in ("message", "path", "column", "help", "hub_message", "route", "url")
    }
    assert (whole["frame"], whole["safety"], whole["title"]) == (first["frame"], "safe", "Write `gray`")
    assert whole["edits"] == [["README.md", 2, 10, 2, 14, "gray"]]
    assert (found[1]["safety"], found[1]["edits"]) == ("", [])


def test_the_summary_counts_without_scripts(tmp_path: Path) -> None:
    notes = [finding("CT003", severity="info", fix=None)] * 1_200
    unsafe = finding(fix={"safety": "unsafe", "title": "x", "edits": []})
    records = [record("acme/a"), record("acme/b", "space", notes), record("zoo/c", "dataset", []), FAILED]
    _, page = made(tmp_path, *records, record("zoo/d", "model", [unsafe]))
    text = page.text
    for words in (
        "Audit of org/* 2026-11-29 10:00 UTC · hublint 0.1.0 · 12 files read · select: MC",
        "Repositories5 1 not checked",
        "Pass 2 50% have no error or warning",
        "Errors 2 in 2 repositories",
        "Warnings 1 in 1 repository",
        "Notes 1,200 in 1 repository",
        "Fixable by hublint fix 2 1% of findings; 1 more with --unsafe-fixes",
        "Models 2 with errors 2",
        "Spaces 1 with notes only 1",
        "Datasets 1 without findings 1",
        "Not known 1 not checked 1",
        "CT003 invalid-color 1,200",
        "acme · 3 repositories",
        "acme/secret the Hub says: access is restricted",
    ):
        assert words.replace(" ", "") in text.replace(" ", ""), words
    assert text.index("Errors") < text.index("Models") < text.index("CT003") < text.index("acme/a")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_more_than_text(tmp_path: Path, text: str) -> None:
    plain, page_of_plain = made(tmp_path, record("some/thing", "kind", [_all("text")]), _failed("text"), run=_run("t"))
    whole, page = made(tmp_path, record(text, text, [_all(text)]), _failed(text), run=_run(text))
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert page.scripts == page_of_plain.scripts and len(page.scripts) == 1
    assert page.styles == page_of_plain.styles and len(page.styles) == 1
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src"):
            assert attributes.get(name, "#").startswith(("#", "https://", "data:image/svg+xml;base64,")), attributes
    assert whole.count("</script") == plain.count("</script") == len(page.blocks) + 1
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", whole)
    (found,) = page.findings()
    shown = "\n".join(map(html_shown, text.split("\n")))
    assert {found[key] for key in ("message", "help", "path", "name")} == {shown}
    assert found["url"] == "" and shown.split()[0] in page.words


def html_shown(text: str) -> str:
    return "".join(
        char
        if char.isprintable() or char in "\t\u200d\ufe0f"
        else f"\\u{ord(char):04x}"
        if ord(char) > 255
        else f"\\x{ord(char):02x}"
        for char in text
    )


def _all(text: str) -> dict[str, Any]:
    names = ("code", "name", "message", "path", "hub_message", "route", "help", "url", "frame")
    fix = {"safety": "unsafe", "title": text, "edits": [{"path": text, "text": text}]}
    return finding(fix=fix) | dict.fromkeys(names, text)


def _failed(text: str) -> Record:
    return FAILED._replace(id=text, reason=text, kind=text)


def _run(text: str) -> Any:
    return RUN._replace(targets=(text,), started=text, shard=text, selection={text: [text]}, tool={"version": text})


def test_nothing_runs_but_its_own_script(tmp_path: Path) -> None:
    _, page = made(tmp_path, record())
    rules = policy(page)
    assert rules["default-src"] == "'none'" and rules["img-src"] == "data:"
    for name, (text,) in (("style-src", page.styles), ("script-src", page.scripts)):
        assert rules[name] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert "connect-src" not in rules
    order = [each.get("http-equiv") for _, each in page.elements]
    assert order.index("Content-Security-Policy") < [tag for tag, _ in page.elements].index("style")


def test_the_script_makes_text_alone() -> None:
    script = (ASSETS / "page.js").read_text("utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc"):
        assert word not in script
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "EventSource"):
        assert word not in script
    assert (ASSETS / "page.css").stat().st_size + len(script) < 50_000
    assert "url(" not in (ASSETS / "page.css").read_text("utf-8")


def test_large_blocks_are_packed(tmp_path: Path) -> None:
    many = [finding(message=f"`{number}` is wrong", line=number) for number in range(2_500)]
    whole, page = made(tmp_path, record("a/b", "model", many), record("c/d"))
    assert whole.count('type="application/gzip"') >= 2
    found = page.findings()
    assert [each["message"] for each in found[:2_500]] == [each["message"] for each in many]
    assert [each["line"] for each in found] == [*range(2_500), 2, 2]
    data = page.blocks["data"]
    assert data["messages"] == sorted(data["messages"]) and data["paths"] == ["README.md"]
    assert len(whole) < (tmp_path / "audit.jsonl").stat().st_size / 4


def test_what_has_no_room_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_FINDINGS", 4)
    monkeypatch.setattr(listing, "MOST_REPOSITORIES", 3)
    every = [finding(severity=level) for level in ("info", "error", "warning", "info")]
    _, page = made(tmp_path, record(findings=[]), *[record(f"a/{name}", "model", every) for name in "bcde"])
    assert [each["severity"] for each in page.findings()] == ["error"] * 3
    assert [each[6:] for each in page.blocks["data"]["repositories"]] == [[[1, 1, 2], 1]] * 3
    assert "The lists leave out 13 of 16 findings, notes first, and 2 of 5 repositories;" in page.text
    assert "Notes 8 in 4 repositories".replace(" ", "") in page.text.replace(" ", "")


def test_a_run_that_was_broken_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line_of(RUN) + line_of(record()))
    html.write(str(tmp_path / "a.jsonl"), str(tmp_path / "a.html"))
    assert "The run was broken off" in Page((tmp_path / "a.html").read_text("utf-8")).text
    assert "broken off" not in made(tmp_path, record())[1].text


@pytest.mark.parametrize("records", [(), (record(findings=[]),)])
def test_nothing_was_found(tmp_path: Path, records: tuple[Record, ...]) -> None:
    _, page = made(tmp_path, *records)
    assert page.findings() == [] and len(page.blocks["data"]["repositories"]) == len(records)
    assert ("Nothing was found in 1 repository." in page.text) == bool(records)


def test_the_same_bytes_at_every_run(tmp_path: Path) -> None:
    many = [finding(message=str(number)) for number in range(3_000)]
    assert made(tmp_path, record(findings=many))[0] == made(tmp_path, record(findings=many))[0]


def test_report_writes_what_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.jsonl", record(), FAILED)
    names = {"html": "new/r.html", "sqlite": "a.db", "parquet": "a.parquet", "csv": "a.csv"}
    assert run(["audit", "report", "a.jsonl", *(word for name, to in names.items() for word in (f"--{name}", to))]) == 0
    assert capsys.readouterr().out.splitlines() == [f"written to {name}" for name in names.values()]
    heads = {"html": b"<!doctype html>", "sqlite": b"SQLite format 3", "parquet": b"PAR1", "csv": b"repository,owner"}
    assert all((tmp_path / names[name]).read_bytes().startswith(head) for name, head in heads.items())
    assert run(["audit", "report", "a.jsonl"]) == 0
    assert "1 error, 1 warning, 0 notes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.jsonl"], "none.jsonl: No such file or directory"),
        (["a.html"], "a.html"),
        (["a.jsonl", "--html", "a.jsonl"], "a.jsonl: would be read and written, or written twice"),
        (["a.jsonl", "--html", "x", "--csv", "x"], "x: would be read and written, or written twice"),
        (["a.jsonl", "--html", "folder"], "folder: is not a file"),
        (["a.jsonl", "--csv", "a.html/x"], "a.html/x"),
    ],
)
def test_report_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.jsonl", record())
    (tmp_path / "a.html").write_text("<p>\n")
    (tmp_path / "folder").mkdir()
    before = {each: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()}
    assert run(["audit", "report", *words]) == 2
    assert said in capsys.readouterr().err
    assert {each: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()} == before


def test_report_tells_that_a_run_was_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(line_of(RUN) + line_of(record()))
    assert run(["audit", "report", "a.jsonl"]) == 0
    assert "a.jsonl: the run was broken off" in capsys.readouterr().err

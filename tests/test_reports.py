"""Reports for programs: valid where there is a schema, the same in every format, the same at every run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from jsonschema import Draft4Validator

from hublint.cli.main import run
from hublint.cli.outputs import FORMATS
from hublint.engine.findings import Result
from hublint.engine.locating import line_hashes
from hublint.engine.project import Project
from hublint.engine.report import Checked, Report
from hublint.engine.reported import Crash, Place, Reported
from hublint.links import rule_url
from hublint.reporters import markdown, sarif
from hublint.reporters.style import Style
from report_readers import LEVELS, READERS, of_lines
from reports import FOLDER, SUFFIXES, check, reports, write_demo

SCHEMAS = {
    name: json.loads((Path(__file__).parent / "schemas" / f"{file}.json").read_text("utf-8"))
    for name, file in (("sarif", "sarif-2.1.0"), ("rdjson", "rdjson"), ("gitlab", "codeclimate"))
}
CODES = ("SP008", "FM006", "CT001", "SE001", "MC008")


@pytest.fixture(scope="module")
def written() -> dict[Path, str]:
    return reports()


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_the_demo_is_reported_as_before(written: dict[Path, str], suffix: str) -> None:
    path = FOLDER / f"demo.{suffix}"
    assert written[path] == path.read_text("utf-8"), "run `make docs`"


def test_every_run_gives_the_same_bytes(written: dict[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert reports() == written


def report_of(number: int, **more: Any) -> Report:
    """So many findings in up to 50 repositories, of five rules and all severities."""
    folders: dict[str, list[Reported]] = {f"{index}/": [] for index in range(50 if number > 1 else 1)}
    for index in range(number):
        line = index // 100 + 1
        place = Place(f"file{index % 3}.md", line, 1, line, 3)
        folder = folders[f"{index % len(folders)}/"]
        code = CODES[index % len(CODES)]
        folder.append(
            Reported(
                code,
                "some-name",
                LEVELS[index % 7 % 3],  # type: ignore[arg-type]
                f"what {index}",
                place,
                fingerprint=f"{index:x}",
                url=rule_url(code),
            )
        )
    checked = [Checked(prefix, "space", "", "", Result(tuple(found))) for prefix, found in folders.items()]
    return Report(checked, **more)


def rendered(format: str, report: Report) -> str:
    text: str = import_module(f"hublint.reporters.{format}").render(report, Style())
    return text


ROW = r"^\| (?P<level>\w+) \| \[(?P<code>\w+)\].* \| <code>(?P<path>.*):(?P<line>\d+)</code> \|"
COUNTS = r"^(\d+) errors?, (\d+) warnings?(?:, (\d+) notes?)? in "


@pytest.mark.parametrize("number", [0, 1, 25_000])
def test_all_formats_agree(number: int) -> None:
    report = report_of(number)
    expected = sorted((f.code, c.prefix + f.place.path, f.place.line, f.severity) for c, f in report.findings())
    assert len(expected) == number
    assert set(READERS) == set(FORMATS) - {"text", "markdown"}
    for format, read in READERS.items():
        assert sorted(read(rendered(format, report))) == expected, format
    counts = [sum(each[3] == level for each in expected) for level in LEVELS]
    for format in ("text", "markdown"):
        text = rendered(format, report)
        found = re.search(COUNTS, text, re.MULTILINE)
        assert [int(each or 0) for each in found.groups()] == counts if found else "no findings in" in text, format
        assert bool(found) == bool(number)
    shown = of_lines(ROW)(rendered("markdown", report))
    more = re.search(r"^No room for (\d+) more", rendered("markdown", report), re.MULTILINE)
    assert set(shown) <= set(expected)
    assert len(shown) + (int(more[1]) if more else 0) == number


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_take_what_is_written_and_refuse_what_is_wrong(name: str, written: dict[Path, str]) -> None:
    schema = SCHEMAS[name]
    validator = Draft4Validator(schema if name != "gitlab" else {"type": "array", "items": schema})
    document = json.loads(written[FOLDER / f"demo.{SUFFIXES[name]}"])
    crashed = Report([Checked("a/", "space", "", "", Result(crashes=(Crash("SP008", "OSError: no"),)))], unread=2)
    for each in (
        document,
        *(json.loads(rendered(name, report)) for report in (report_of(0), report_of(5_001), crashed)),
    ):
        assert [error.message for error in validator.iter_errors(each)] == []
    if name == "sarif":
        document["runs"][0]["results"][0]["level"] = "fatal"
    elif name == "gitlab":
        del document[0]["fingerprint"]
    else:
        document["diagnostics"][0]["severity"] = "FATAL"
    assert not validator.is_valid(document)


def test_sarif_has_what_github_requires(written: dict[Path, str]) -> None:
    text = written[FOLDER / "demo.sarif.json"]
    (run,) = json.loads(text)["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert {"id", "name", "shortDescription", "fullDescription", "help", "helpUri"} <= rule.keys()
        assert 0 < len(rule["fullDescription"]["text"]) <= 1_024 and len(rule["properties"]["tags"]) <= 10
        assert rule["help"]["text"] and "## What it does" in rule["help"]["markdown"]
        assert "##" not in rule["help"]["text"]
        assert ("security-severity" in rule["properties"]) == rule["id"].startswith("SE")
    for result in run["results"]:
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"].keys() == {"startLine", "startColumn", "endLine", "endColumn"}
    assert str(Path.cwd()) not in text and "/tmp" not in text


def test_rules_of_a_plugin_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx009_always.py").write_text(
        '"""Always says something.\n\n## What it does\nIt says [x](y).\n"""\n'
        "from hublint.rule import Finding, Rule, Span\n"
        "RULE = Rule('XX009', 'always', 'info', 'advice', 'repository', since='1')\n"
        "def check(repository):\n"
        "    yield Finding(repository.source('README.md'), Span(0, 3), 'see [x](http://e.example)')\n",
        "utf-8",
    )
    (tmp_path / "README.md").write_text("---\nsdk: static\n---\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--plugin", "xx009_always", "--select", "XX009", "--output-format", "sarif:out", "."]) == 0
    (log,) = json.loads(Path("out").read_text("utf-8"))["runs"]
    (rule,) = log["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("XX009", "Always says something.")
    assert log["results"][0]["message"]["text"] == "see [x] (http://e.example)"


def result_at(text: str, end: str) -> dict[str, Any]:
    (run,) = json.loads(text)["runs"]
    for result in run["results"]:
        if result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(end):
            found: dict[str, Any] = result
            return found
    raise AssertionError(end)


def test_lines_are_known_again_but_for_those_of_credentials(written: dict[Path, str], tmp_path: Path) -> None:
    write_demo(tmp_path)
    text = written[FOLDER / "demo.sarif.json"]
    prints = result_at(text, "space/README.md")["partialFingerprints"]
    assert set(prints) == {"hublint/v1", "primaryLocationLineHash"}
    assert prints["primaryLocationLineHash"] == line_hashes((tmp_path / "space" / "README.md").read_bytes())[4]
    assert set(result_at(text, "app.py")["partialFingerprints"]) == {"hublint/v1"}


# What codeql-action's own tests expect of src/fingerprints.ts (2026-11-29).
@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", "c129715d7a2bc9a3:1"),
        (" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"),
        (
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
            "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 "
            "c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1",
        ),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 "
            "a7f2ff13bc495cf2:6 a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 "
            "c129715d7a2bc9a3:1",
        ),
    ],
)
def test_line_hashes_are_those_of_code_scanning(text: str, hashes: str) -> None:
    assert list(line_hashes(text.encode()).values()) == hashes.split()


def test_what_is_silenced_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    write_demo(tmp_path)
    shown = [
        json.loads(check(tmp_path, "--output-format", "sarif", *more).stdout)["runs"][0]["results"]
        for more in ((), ("--sarif-suppressed",))
    ]
    assert [len(each) for each in shown] == [8, 9]
    (silenced,) = (each for each in shown[1] if "suppressions" in each)
    assert silenced["suppressions"][0]["kind"] == "inSource"
    assert silenced["locations"][0]["physicalLocation"]["region"]["startLine"] == 5


def test_sarif_puts_the_most_severe_first_where_github_cuts() -> None:
    for number, sorted_ in ((5_000, False), (5_001, True)):
        (run,) = json.loads(rendered("sarif", report_of(number)))["runs"]
        levels = [each["level"] for each in run["results"]]
        assert (levels == sorted(levels, key=("error", "warning", "note").index)) == sorted_
        notes = run["invocations"][0].get("toolExecutionNotifications", [])
        assert [sarif.SHOWN == 5_000 and "the most severe come first" in each["message"]["text"] for each in notes] == (
            [True] if sorted_ else []
        )


def test_a_repository_elsewhere_has_no_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(tmp_path / "there")
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b" / "c")
    formats = ("sarif", "gitlab", "rdjson", "junit", "markdown")
    options = [word for each in formats for word in ("--output-format", f"{each}:{each}")]
    assert run(["check", "--isolated", "--select", "SP008,SE", str(tmp_path / "there"), *options]) == 1
    for each in formats:
        text = Path(each).read_text("utf-8")
        assert "../../../there/space/README.md" in text and str(tmp_path) not in text, each


def test_suggestions_count_bytes(written: dict[Path, str], tmp_path: Path) -> None:
    """Each suggestion, put into the bytes of its file, is what the edits that JSON tells make of its text."""
    write_demo(tmp_path)
    found = json.loads(written[FOLDER / "demo.rdjson.json"])["diagnostics"]
    applied = 0
    for each, finding in zip(found, json.loads(written[FOLDER / "demo.json"])["findings"], strict=True):
        data = (tmp_path / finding["path"]).read_bytes()
        edits = finding.get("fix", {}).get("edits", ()) if each.get("suggestions") else ()
        after = data.decode()
        for edit in sorted(edits, key=lambda edit: (edit["line"], edit["column"]), reverse=True):
            places = ((edit["line"], edit["column"]), (edit["end_line"], edit["end_column"]))
            start, end = (_offset(data.decode().splitlines(keepends=True), *place) for place in places)
            after = after[:start] + edit["text"] + after[end:]
        for suggestion in each.get("suggestions", ()):
            spots = (suggestion["range"][name] for name in ("start", "end"))
            start, end = (_offset(data.splitlines(keepends=True), spot["line"], spot["column"]) for spot in spots)
            assert (data[:start] + suggestion["text"].encode() + data[end:]).decode() == after != data.decode()
            applied += 1
    assert applied == 5


def _offset(lines: list[Any], line: int, column: int) -> int:
    return sum(map(len, lines[: line - 1])) + column - 1


class Page(HTMLParser):
    """What GitHub's parser makes of a page: its elements, its links, its text outside of code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.inside = ""
        self.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.inside = tag
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside != "code":
            self.texts.append(data)


HOSTILE = [
    "a | b || c",
    "<img src=x onerror=alert(1)> <!-- x --> </td></table>",
    "@everyone and @org/team, #12, GH-12, org/repo#3",
    "[x](javascript:alert(1)) ![y](http://e.example/z.png) <http://e.example>",
    "https://e.example/?x www.e.example me@e.example",
    "`a`b` ``c`` ```\n# head\n```",
    "line\n\n# another\r\n| a |\n|---|",
    "**bold** _it_ ~~no~~ $x$ :smile: \\` &lt; \x1b[31m",
    "`@everyone <b>|` ends ` open",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_cell(text: str) -> None:
    for place, message in (("README.md", text), (text, "what")):
        where = Place(place, 1, 1, 1, 2)
        finding = Reported("SP008", "some-name", "error", message, where, url=rule_url("SP008"))
        report = Report([Checked("", "space", "", "", Result((finding,)))])
        page = Page(rendered("markdown", report))
        plain = Page(rendered("markdown", report_of(1)))
        assert [each for each in page.elements if each != "code"] == [each for each in plain.elements if each != "code"]
        assert len(page.links) == 1 and page.links[0].endswith("rules/SP008.md")
        assert not re.search(r"[@#]\w|GH-\d", " ".join(page.texts).replace("\u200b", " "))


def test_a_summary_fits_a_comment_whatever_is_found() -> None:
    where = Place("x/" * 2_000, 1, 1, 1, 2)
    finding = Reported("SP008", "some-name", "error", "@|<>" * 1_000, where, url=rule_url("SP008"))
    many = [Checked(f"{'é|' * 100}{index}/", "space", "", "", Result((finding,) * 3)) for index in range(500)]
    for report in (Report(many), report_of(25_000), Report([Checked("", "space", "", "", Result((finding,) * 99))])):
        assert len(rendered("markdown", report)) < 65_536
        assert len(rendered("markdown", report).encode()) < 1 << 20
    assert markdown.LONGEST < 65_536


def test_lines_come_as_soon_as_a_repository_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_demo(tmp_path)
    monkeypatch.chdir(tmp_path)
    seen: list[str] = []
    judge = Project.check

    def spied(project: Project) -> Result:
        seen.append(capsys.readouterr().out)
        return judge(project)

    monkeypatch.setattr(Project, "check", spied)
    assert run(["check", "--isolated", "--select", "SP008", ".", "--output-format", "jsonl"]) == 1
    seen.append(capsys.readouterr().out)
    types = [[json.loads(line)["type"] for line in text.splitlines()] for text in seen]
    assert types == [[], ["begin", "repository"], ["repository"], ["repository", "finding", "end"]]

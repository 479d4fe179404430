"""What people read on a console: its words, lines that fit, and characters that can be printed."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hublint.cli.main import run
from hublint.cli.progress import progress
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.findings import Result
from hublint.engine.report import Checked, Report
from hublint.engine.reported import Applied, Frame, Place, Reported
from hublint.reporters import concise, github, summary, text
from hublint.reporters.frame import shown
from hublint.reporters.style import Style, width_of
from hublint.reporters.wording import cut_lists, help_of, quoted
from hublint.reporters.wrapping import columns, wrapped
from test_rules import RULES, cases, repository_of, selected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.edits import Safety
    from hublint.rule import Severity

ENCODINGS = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
WIDE = "---\ntitle: Größe 日本語 🗣️\nemoji: 🗣️x\nsdk: gradio\ncolorFrom: Größe\ncolorTo: Grey # größer\n---\n# Größe\n"


@pytest.fixture(autouse=True)
def _no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="module")
def every_case() -> list[Checked]:
    """What each case of each rule gives, with its severities."""
    found = []
    for code in RULES:
        for name, case in cases(code).items():
            repository = repository_of(case, case["files"])
            result = check(repository, Settings.of(Config(select=selected(code, case))))
            found.append(Checked(f"{code}-{name}/", repository.kind, "the test", "", result))
    return found


def report_of(*findings: Reported, prefix: str = "", fixes: tuple[Applied, ...] = ()) -> Report:
    return Report([Checked(prefix, "space", "`sdk` in README.md", "", Result(findings), fixes)])


def finding(
    message: str = "a message", severity: Severity = "error", path: str = "README.md", **given: Any
) -> Reported:
    return Reported("SP008", "invalid-color", severity, message, Place(path, 3, 1, 3, 5), **given)


def fix(title: str, safety: Safety = "safe") -> Any:
    from hublint.engine.reported import ReportedFix

    return ReportedFix(safety, title)


# Words


@pytest.mark.parametrize("module", [text, concise, github])
def test_people_read_note(module: Any) -> None:
    printed = module.render(report_of(finding(severity="info")), Style())
    assert "info" not in printed
    assert "note[SP008]" in printed or printed.startswith("::notice ")
    assert "1 note in 1 Space" in printed


def test_json_keeps_info(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("---\nsdk: docker\ntitle: x\napp_file: app.py\n---\n")
    monkeypatch.chdir(tmp_path)
    run(["check", "--select", "SP014", "--output-format", "json"])
    assert json.loads(capsys.readouterr().out)["findings"][0]["severity"] == "info"
    run(["check", "--select", "SP014", "--statistics"])
    assert "     1 SP014 note    key-ignored-by-sdk\n" in capsys.readouterr().out
    run(["rule", "CT009"])
    assert "\nnote, on the Hub: " in capsys.readouterr().out


def test_notes_are_a_line_each_behind_the_others() -> None:
    frame = Frame("a line", 0, 1)
    one = finding("first", "info", frame=frame, help="not shown")
    printed = text.render(report_of(one, finding("second", "warning", frame=frame), one), Style())
    assert printed == (
        "./ (space, because of `sdk` in README.md)\n\n"
        "warning[SP008] invalid-color: second\n  --> README.md:3:1\n   |\n 3 | a line\n   | ^\n\n"
        "README.md:3:1: note[SP008] invalid-color: first\n"
        "README.md:3:1: note[SP008] invalid-color: first\n\n"
        "what a code means, and why: `hublint rule SP008`\n\n"
        "0 errors, 1 warning, 2 notes in 1 Space\n"
    )


@pytest.mark.parametrize(
    ("message", "help", "left"),
    [
        ("`Grey` is not a color; write `gray`", "write `gray`", ""),
        ("end with `USER 1000`", "End with USER 1000", ""),
        ("add `license: mit`, which is what LICENSE says", "add `license: mit`", ""),
        ("`Grey` is not a color", "write `gray`", "write `gray`"),
        ("underwrite `gray`", "write `gray`", "write `gray`"),
        ("listen on `0.0.0.0`", "listen on `0.0.0`", "listen on `0.0.0`"),
    ],
)
def test_help_adds_something_or_is_left_out(message: str, help: str, left: str) -> None:
    assert help_of(finding(message, help=help)) == left
    shown = left[:1].lower() + left[1:]
    assert help_of(finding(message, fix=fix(help))) == shown
    printed = text.render(report_of(finding(message, help=help)), Style())
    assert (f"= help: {left}\n" in printed) == bool(left) == ("help:" in printed)


def test_no_rule_gives_help_that_its_message_says(every_case: list[Checked]) -> None:
    said = {
        f"{each.code}: {each.message} / {each.help}"
        for _, each in Report(every_case).findings()
        if each.help and not help_of(each)
    }
    assert not said


def test_what_is_shown_as_help_is_not_in_the_message(every_case: list[Checked]) -> None:
    for _, each in Report(every_case).findings():
        help = help_of(each)
        assert not help or f" {help}".lower() not in f" {each.message}".lower().replace(";", ""), each


def test_long_lists_are_cut_to_five() -> None:
    names = [f"name-{number}" for number in range(1, 13)]
    assert cut_lists(f"must be one of [{', '.join(names)}]; write one") == (
        "must be one of [name-1, name-2, name-3, name-4, name-5 and 7 more]; write one"
    )
    colors = "one of red, yellow, green, blue, indigo, purple, pink, gray"
    assert cut_lists(colors) == colors
    assert cut_lists(f"[{', '.join(names)}, ...") == "[name-1, name-2, name-3, name-4, name-5, ..."
    prose = "this, that, and, so, it, goes, on, and on, as prose does, for long, very, very long"
    assert cut_lists(prose) == prose


def test_the_hubs_sentence_is_capped(every_case: list[Checked]) -> None:
    assert 180 < len(quoted("a sentence " * 100)) <= 200
    assert quoted("a sentence " * 100).endswith("...")
    assert all(len(quoted(each.hub_message)) <= 200 for _, each in Report(every_case).findings())


# Lines


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(every_case: list[Checked], width: int) -> None:
    for checked in every_case:
        if not checked.result.findings:
            continue
        for line in text.render(Report([checked]), Style(width=width)).splitlines():
            words = [word for word in line.split(" ") if columns(word) > width - 20]
            place = re.match(r" *--> |.+:\d+:\d+: note\[\w+\]$", line)
            bare = re.sub(r" \[[*?]\]$", "", line.strip())
            assert columns(line) <= width or place or words == [bare], line


def test_lines_are_whole_where_there_is_no_terminal(every_case: list[Checked]) -> None:
    for checked in every_case:
        for each in checked.result.findings:
            lead = "" if each.severity == "info" else f"[{each.code}] {each.name}: "
            assert f"{lead}{cut_lists(each.message)}" in text.render(Report([checked]), Style())


@pytest.mark.parametrize(
    ("given", "width", "lines"),
    [
        ("one two three", 0, ["one two three"]),
        ("one two three", 13, ["one two three"]),
        ("one two three", 12, ["one two", "  three"]),
        ("run `a b c` now", 10, ["run", "  `a b c`", "  now"]),
        ("run `a long command line` now", 12, ["run `a long", "  command", "  line` now"]),
        ("an odd ` mark is here", 12, ["an odd `", "  mark is", "  here"]),
        ("in some/very/long/path.py there", 10, ["in", "  some/very/long/path.py", "  there"]),
        ("日本語日本語 x", 8, ["日本語", "  日本語", "  x"]),
        ("日本語日 x", 10, ["日本語日 x"]),
        ("x日本語日本 y", 9, ["x日本語", "  日本 y"]),
        ("e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301", 7, ["e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301"]),
    ],
)
def test_lines_are_broken_at_words(given: str, width: int, lines: list[str]) -> None:
    assert wrapped(given, width, "  ") == lines


@pytest.mark.parametrize(
    ("given", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("🗣️", 2), ("👩‍💻", 2), ("🇩🇪", 2), ("กำ", 2), ("각", 2), ("한글", 4)],
)
def test_columns(given: str, width: int) -> None:
    assert columns(given) == width


@pytest.mark.parametrize("room", [20, 21, 33, 60, 0])
@pytest.mark.parametrize("unit", ["x", "日", "é", "\t", "e\u0301", "🗣️", "\x1b", "xy日\t"])
@pytest.mark.parametrize("length", [1, 10, 100])
def test_the_caret_is_under_what_is_guilty(room: int, unit: str, length: int) -> None:
    style = Style()
    for before, after in ((0, 0), (5, 50), (50, 5), (100, 100)):
        line = f"{unit * before}{'^' * length}{unit * after}"
        start = len(unit) * before
        found = shown(Frame(line, start, start + length), room, style.shown)
        assert columns(found.text) <= (room or 160)
        under = "".join(char * columns(char) for char in found.text)[found.start : found.end] if unit == "日" else ""
        assert not under.strip("^.")
        assert found.end - found.start <= length
        assert found.text.count("^") == found.end - found.start
        assert columns(found.text.partition("^")[0]) == found.start


def test_a_cut_line_tells_where_it_goes_on() -> None:
    line = f"{'a' * 50}guilty{'b' * 50}"
    assert shown(Frame(line, 50, 56), 30, str) == ("...aaaaaaaaaguiltybbbbbbbbb...", 12, 18)
    assert shown(Frame(line, 50, 56, (True, True)), 200, str).text == f"...{line}..."
    assert shown(Frame("a" * 300, 0, 300), 40, str) == (f"{'a' * 34}...", 0, 34)


def test_a_label_without_room_stands_below() -> None:
    one = finding(frame=Frame("colorFrom: Grey", 11, 15), label="use one of the colors that the Hub knows")
    assert "   |            ^^^^ use one of" in text.render(report_of(one), Style(width=70))
    printed = text.render(report_of(one), Style(width=40))
    assert "   |            ^^^^\n   |\n   = use one of the colors that the Hub\n     knows\n" in printed


def test_the_width_is_that_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert width_of(io.StringIO()) == width_of(None) == 0
    for given, width in (("72", 72), ("10", 40), ("0", 0), ("wide", 0), ("99999999", 0), ("-5", 0)):
        monkeypatch.setenv("COLUMNS", given)
        assert width_of(io.StringIO()) == width


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_is_asked_for_its_width(tmp_path: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    (tmp_path / "README.md").write_text("---\nsdk: gradio\ncolorFrom: Grey\n---\n")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    command = [sys.executable, "-m", "hublint", "check", "--isolated", "--color", "never", "--select", "SP008"]
    done = subprocess.run(command, cwd=tmp_path, stdout=theirs, env={**os.environ, "TERM": "xterm"}, check=False)
    os.close(theirs)
    printed = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 1
    assert "error[SP008]" in printed
    assert max(columns(line) for line in printed.splitlines()) <= 50


@pytest.mark.parametrize("arguments", [["rule"], ["rule", "SP008"], ["rule", "FM006"]], ids=" ".join)
def test_pages_of_rules_fit(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(arguments)
    whole = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "60")
    run(arguments)
    printed = capsys.readouterr().out
    assert printed.split() == whole.split()
    assert all(columns(line) <= 60 or "/" in line for line in printed.splitlines())
    assert max(map(len, whole.splitlines())) > 60


def test_complaints_fit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["check", "--select", "a rule that nobody has ever heard of"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 1 and max(map(len, lines)) <= 40


# The whole of it


@pytest.mark.parametrize("name", ["text.txt", "text-60.txt", "concise.txt", "github.txt"])
def test_the_demo_is_printed_as_before(name: str) -> None:
    """`make docs` writes these files; whoever changes a message sees here what people read."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))
    from generate import PRINTED, printed  # type: ignore[import-not-found]

    fixtures = Path(__file__).parent.parent / "fixtures"
    format, width = PRINTED[name]
    assert printed(fixtures, "demo", format, width) == (fixtures / "printed" / name).read_text("utf-8"), "`make docs`"


def test_github_gets_help_and_a_summary() -> None:
    printed = github.render(report_of(finding(help="write it", hub_message="no")), Style())
    assert printed == (
        "::error title=hublint (SP008 invalid-color),file=README.md,line=3,col=1,endLine=3,endColumn=5"
        "::a message%0Athe Hub says: no%0Ahelp: write it\n1 error, 0 warnings in 1 Space\n"
    )


# Long runs


def many(number: int, message: str = "a message {0}") -> Report:
    def checked(index: int) -> Checked:
        found = [finding(message.format(index)), *[finding(f"{index} {each}", "info") for each in range(index % 3)]]
        return Checked(f"r{index:03}/", "space", "a test", "", Result(tuple(found)))

    return Report([*map(checked, range(number)), Checked("clean/", "model", "a test", "", Result())])


def test_several_repositories_get_a_table() -> None:
    assert "repository\n" not in text.render(many(2), Style())
    printed = text.render(many(4), Style())
    assert printed.endswith(
        "errors  warnings  notes  repository\n"
        "     1         0      2  r002/\n"
        "     1         0      1  r001/\n"
        "     1         0      0  r000/\n"
        "     1         0      0  r003/\n"
        "1 repository without findings\n\n"
        "4 errors, 0 warnings, 3 notes in 4 Spaces, 1 model\n"
    )
    assert "     1         0      0  r005/\nand 10 more with findings\n1 repository without" not in printed
    assert "\nand 10 more with findings\n" in text.render(many(30), Style())


def test_the_same_of_many_repositories_is_said_ten_times() -> None:
    printed = text.render(many(31, "the same"), Style())
    assert printed.count("error[SP008] invalid-color: the same\n") == 10
    assert "the same in 21 more repositories, see --output-format concise: SP008 the same\n" in printed
    assert "the same in 1 more repository, see" in text.render(many(11, "the same"), Style())
    assert concise.render(many(31, "the same"), Style()).count("the same") == 31


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def ticks() -> Iterator[float]:
    seconds = 0.0
    while True:
        yield seconds
        seconds += 0.5


def test_a_long_run_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream, clock = Terminal(), ticks()
    assert list(progress(range(100), 100, stream, lambda: next(clock))) == list(range(100))
    lines = stream.getvalue().split("\r\033[K")
    assert lines[1] == "1 of 100 repositories, 1 a second, 2 min left"
    assert lines[-1] == "", "it is taken away"
    assert re.fullmatch(r"99 of 100 repositories, 2 a second, 1 s left", lines[-2])


@pytest.mark.parametrize(("stream", "number"), [(io.StringIO(), 100), (Terminal(), 20)])
def test_nothing_is_told_of_a_short_run_nor_to_a_file(stream: io.StringIO, number: int) -> None:
    clock = ticks()
    list(progress(range(number), number, stream, lambda: next(clock)))
    assert stream.getvalue() == ""


# Fixes


def test_what_was_fixed_is_listed() -> None:
    one, two = Applied("SP008", "invalid-color", ("README.md",)), Applied("DK003", "bind", ("Dockerfile", "run.sh"))
    report = report_of(prefix="space/", fixes=(one, two, one, one._replace(later=True)))
    assert text.render(report, Style()) == (
        "fixed space/Dockerfile: DK003 bind\n"
        "fixed space/README.md: 3 of SP008 invalid-color\n"
        "fixed space/run.sh: DK003 bind\n\n"
        "4 fixes applied (1 for what shows once the others are in); no findings in 1 Space\n"
    )
    files = tuple(Applied("SP008", "invalid-color", (f"{number:02}",)) for number in range(21))
    assert "\nfixed 1 more file\n" in text.render(report_of(fixes=files), Style())


@pytest.mark.parametrize(
    ("early", "late", "offered", "left", "sentence"),
    [
        (0, 0, 0, 0, "0 fixes would be applied"),
        (1, 0, 1, 0, "1 fix would be applied"),
        (10, 2, 10, 0, "12 fixes would be applied (2 for what shows once the others are in)"),
        (3, 0, 4, 1, "3 fixes would be applied; 1 more cannot be applied to these files as they are"),
        (3, 0, 4, 0, "3 fixes would be applied; 1 finding would be gone without a fix of its own"),
    ],
)
def test_counts_of_fixes_agree(early: int, late: int, offered: int, left: int, sentence: str) -> None:
    one = Applied("SP008", "invalid-color", ("README.md",))
    fixes = [*[one] * early, *[one._replace(later=True)] * late]
    assert summary.would_apply(fixes, offered, left) == sentence


def test_the_demo_fixes_what_it_offers_and_says_what_comes_later(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent / "fixtures")
    run(["check", "--isolated", "demo", "--quiet"])
    (offered,) = map(int, re.findall(r"\[\*\] (\d+) fixable", capsys.readouterr().out))
    run(["fix", "--isolated", "demo", "--diff"])
    sentence = capsys.readouterr().err
    every, *late = map(int, re.findall(r"\d+", sentence))
    assert every - sum(late) == offered


def test_only_what_was_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hublint.engine import writing

    for name, color in (("a", "Grey"), ("b", "Red")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(f"---\nsdk: static\ntitle: x\ncolorFrom: {color}\n---\n")
    real = writing._replace

    def replace(target: str, *given: Any) -> bool:
        if f"{os.sep}b{os.sep}" in target:
            raise OSError(28, "No space left on device")
        return real(target, *given)

    monkeypatch.setattr(writing, "_replace", replace)
    monkeypatch.chdir(tmp_path)
    assert run(["fix", ".", "--isolated", "--select", "SP008"]) == 2
    streams = capsys.readouterr()
    assert "fixed a/README.md: SP008 invalid-color\n" in streams.out
    assert "fixed b/" not in streams.out and "1 fix applied; 1 error" in streams.out
    assert "b/README.md: No space left on device (0 of 1 file written)" in streams.err


def test_json_tells_what_was_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("---\nsdk: static\ntitle: x\ncolorFrom: Grey\n---\n")
    monkeypatch.chdir(tmp_path)
    assert run(["fix", "--isolated", "--select", "SP008", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["fixed"] == [
        {"code": "SP008", "name": "invalid-color", "paths": ["README.md"]}
    ]


# Characters


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "."], 1),
        (["check", ".", "--output-format", "concise"], 1),
        (["check", ".", "--output-format", "github"], 1),
        (["check", ".", "--output-format", "json"], 1),
        (["check", ".", "--show-files"], 0),
        (["check", ".", "--diff"], 1),
        (["check", "größe-日本"], 1),
        (["check", "nichts-日本"], 2),
        (["check", ".", "--select", "日本"], 2),
        (["fix", "."], 1),
        (["preflight", "größe-日本"], 1),
        (["preflight", "größe-日本", "--output-format", "json"], 1),
        (["rule"], 0),
        (["rule", "SP009"], 0),
        (["rule", "FM014"], 0),
        (["rule", "größe"], 2),
        (["schema", "space"], 0),
        (["schema", "model"], 0),
        (["größe"], 2),
        (["--help"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_every_console_can_show_it(tmp_path: Path, encoding: str, arguments: list[str], code: int) -> None:
    (tmp_path / "größe-日本").mkdir()
    (tmp_path / "größe-日本" / "README.md").write_text(WIDE, "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "hublint", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env={**environment, **ENCODINGS[encoding]}, capture_output=True, check=False
    )
    printed = done.stdout.decode("cp1252" if encoding == "cp1252" else "ascii")
    complaints = done.stderr.decode("cp1252" if encoding == "cp1252" else "ascii")
    assert done.returncode == code, complaints
    assert "internal error" not in complaints and "Traceback" not in complaints
    assert printed if code < 2 else complaints
    if "json" in arguments or "schema" in arguments:
        json.loads(printed)


def test_what_is_escaped_is_measured_as_it_is_printed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(WIDE, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "50"}
    command = [sys.executable, "-m", "hublint", "check", "--isolated", "--select", "SP008"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert r" 5 | colorFrom: Gr\xf6\xdfe" + "\n   |            ^^^^^^^^^^^\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 50


def test_a_diff_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--isolated", "--diff", "--allow-empty", str(tmp_path)]) == 0
    assert "0 fixes would be applied" in capsys.readouterr().err

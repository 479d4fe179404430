"""A summary in Markdown, for `$GITHUB_STEP_SUMMARY` and for comments on pull requests."""

from __future__ import annotations

from itertools import takewhile

from hublint.regexes import lazy
from hublint.reporters.paths import shown
from hublint.reporters.style import printable
from hublint.reporters.summary import counted, summary
from hublint.reporters.wording import SEVERITY_WORDS, message_of
from hublint.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Reported
    from hublint.reporters.style import Style

LONGEST = 64_000  # characters: a comment on GitHub has at most 65,536, a step's summary 1 MiB
_OVERVIEW = 16_000  # of them for the table of repositories
_MESSAGE = 1_000
_SENTENCES = 10
_CODE = lazy(r"`([^`]+)`")
_TICKS = lazy(r"`+")
# Everything that Markdown, GitHub's links and emoji begin with; `@` and `#` are parted from what makes them a mention.
_SPECIAL = lazy(r"[\\`*_~\[\]<>|&!$]|:(?=//|[\w+-]+:)|[@#]|\bGH-(?=\d)|\bwww\.")
_AT = "&#64;"
_APART = "&#8203;"  # a blank without width


def render(report: Report, style: Style) -> str:
    """How many findings there are, a table of the repositories, and of each a table of its findings, worst first.

    It fits a comment; what has no room is counted.
    """
    page = _Page()
    line = summary(report) if report.checked else "nothing was checked"
    page.add(["## hublint", "", line.replace("[*] ", "").replace("[?] ", ""), ""])
    for sentence in report.ordinary[:_SENTENCES]:
        page.add([as_text(sentence), ""])
    worst = sorted((checked for checked in report.checked if checked.result.findings), key=_rank)
    if len(report.checked) > 1 and worst:
        _overview(page, worst, len(report.checked) - len(worst))
    left = sum(_findings(page, checked) for checked in worst)
    if left:
        page.lines.append(f"No room for {counted(left, 'more finding')}: `hublint check` shows all.")
    return "".join(f"{line}\n" for line in page.lines).rstrip("\n") + "\n"


class _Page:
    """Lines, and how many characters are left for more."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.room = LONGEST

    def add(self, lines: Iterable[str], spare: int = 0) -> bool:
        """Add lines if all of them fit and leave so much room; whether they did."""
        new = list(lines)
        size = sum(len(line) + 1 for line in new)
        if size + spare > self.room:
            return False
        self.lines += new
        self.room -= size
        return True


def _rank(checked: Checked) -> tuple[list[int], str]:
    return [-checked.count(severity) for severity in SEVERITIES], checked.prefix


def _overview(page: _Page, worst: list[Checked], clean: int) -> None:
    """The repositories with findings, as many as have room, and how many others there are."""
    page.add(["| repository | errors | warnings | notes |", "|---|---:|---:|---:|"])
    told = 0
    for checked in worst:
        errors, warnings, notes = (checked.count(severity) for severity in SEVERITIES)
        row = f"| {as_code(_name(checked))} {checked.kind} | {errors} | {warnings} | {notes} |"
        if not page.add([row], LONGEST - _OVERVIEW):
            break
        told += 1
    more = [f"{counted(len(worst) - told, 'more repository')} with findings"] if told < len(worst) else []
    if clean:
        more.append(f"{counted(clean, 'repository')} without findings")
    page.add(["", *([f"And {' and '.join(more)}.", ""] if more else [])])


def _findings(page: _Page, checked: Checked) -> int:
    """The table of a repository's findings; how many had no room."""
    ordered = sorted(checked.result.findings, key=lambda each: SEVERITIES.index(each.severity))
    rows = (_row(checked, finding) for finding in ordered)
    head = [f"### {as_code(_name(checked))}", "", "| | rule | where | what |", "|---|---|---|---|"]
    told = int(page.room > 0 and page.add([*head, next(rows)], 1))
    if told:
        told += sum(1 for _ in takewhile(lambda row: page.add([row], 1), rows))
        page.add([""])
    return len(ordered) - told


def _row(checked: Checked, finding: Reported) -> str:
    where = f"{shown(checked, finding.place.path)}:{finding.place.line}"
    rule = f"{f'[{finding.code}]({finding.url})' if finding.url else finding.code} {finding.name}"
    return f"| {SEVERITY_WORDS[finding.severity]} | {rule} | {as_code(where)} | {as_text(message_of(finding))} |"


def _name(checked: Checked) -> str:
    return shown(checked, "").rstrip("/") or "."


def as_text(text: str, code: Callable[[str], str] | None = None) -> str:
    """Words in which nothing is Markdown, HTML, a link or a mention, but for what stands in backticks.

    Args:
        code: shows what stands in backticks; `as_code` where it is not given.
    """
    code = code or as_code
    line = printable(text if len(text) <= _MESSAGE else f"{text[:_MESSAGE]}...")
    done, pieces = 0, []
    for found in _CODE.finditer(line):
        pieces += [_SPECIAL.sub(_apart, line[done : found.start()]), code(found[1])]
        done = found.end()
    return "".join([*pieces, _SPECIAL.sub(_apart, line[done:])])


def as_code(text: str) -> str:
    """A text as code in which nothing else is seen; what cannot be printed is escaped already."""
    return f"<code>{_SPECIAL.sub(_entities, text).replace(_AT, f'{_AT}{_APART}')}</code>"


def as_span(text: str) -> str:
    """A text in backticks, as `as_code` where HTML may not be shown; it has to be printable already."""
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    apart = text.replace("@", "@\u200b")  # a blank without width
    return f"{fence}{pad}{apart}{pad}{fence}"


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])


def _apart(found: re.Match[str]) -> str:
    return _entities(found) + (_APART if found[0][0] in "@#G" else "")

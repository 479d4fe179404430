"""Findings for people: errors and warnings with a code frame, then notes in a line each."""

from __future__ import annotations

from hublint.reporters.summary import closing, counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Frame, Reported
    from hublint.reporters.style import Style

_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
_SHOWN = 20  # findings of one rule in one file
_ALIKE = 10  # repositories in which the same finding is shown
_QUOTED = 80  # characters of a message that is said once more
_INDENT = "    "
_GLUE = "\xa0"  # a blank at which no line is broken; `Style.shown` leaves none in a text


def render(report: Report, style: Style) -> str:
    """The whole report as text: each repository's findings, then what was fixed, what is where, and a summary."""
    lines: list[str] = []
    said = _Said()
    for checked in report.checked:
        lines += _repository(checked, said, style)
    for more in said.left():
        lines += [*_wrapped(more, style), ""]
    for sentence in report.ordinary:
        lines += _wrapped(sentence, style)
    worst = min(report.findings(), key=lambda each: each[1].severity == "info", default=None)
    if worst is not None:
        code = worst[1].code
        lines += [""] if report.ordinary else []
        lines += [*_wrapped(f"what a code means, and why: `hublint rule {code}`", style), ""]
    lines += closing(report, style)
    return "".join(f"{line}\n" for line in lines)


class _Said:
    """What was said of repositories so far: the same of many is shown for the first of them."""

    def __init__(self) -> None:
        self._where: dict[tuple[str, str], tuple[int, str]] = {}

    def again(self, checked: Checked, finding: Reported) -> bool:
        """Whether it was said of many others."""
        count, last = self._where.get((finding.code, finding.message), (0, None))
        count += last != checked.prefix
        self._where[finding.code, finding.message] = count, checked.prefix
        return count > _ALIKE

    def left(self) -> Iterator[str]:
        """How many repositories were left out for each finding."""
        for (code, message), (count, _) in self._where.items():
            if count > _ALIKE:
                more = counted(count - _ALIKE, "more repository")
                what = message if len(message) <= _QUOTED else f"{message[: _QUOTED - 3]}..."
                yield f"the same in {more}, see --output-format concise: {code} {what}"


def _repository(checked: Checked, said: _Said, style: Style) -> Iterator[str]:
    """What was found in one repository."""
    shown, more = _capped([each for each in checked.result.findings if not said.again(checked, each)])
    if not shown:
        return
    head = style.shown(checked.prefix or "./")
    first, *others = _wrapped(f" ({checked.kind}, because of {checked.reason})", style, head)
    yield style(head, "bold") + first.removeprefix(head)
    yield from others
    yield ""
    for finding in shown:
        if finding.severity != "info":
            yield from _finding(checked, finding, style)
            yield ""
    notes = [finding for finding in shown if finding.severity == "info"]
    for finding in notes:
        yield from _head(finding, style, _place(checked, finding, style))
    if notes:
        yield ""
    for (path, code), count in more.items():
        text = f"{count} more of {code} in {style.shown(checked.at(path))}; --output-format concise shows all"
        yield from (style(line, "dim") for line in _wrapped(text, style))
        yield ""


def _capped(findings: list[Reported]) -> tuple[list[Reported], dict[tuple[str, str], int]]:
    """At most `_SHOWN` findings of one rule in one file, and how many more there are."""
    seen: dict[tuple[str, str], int] = {}
    shown = []
    for finding in findings:
        key = (finding.place.path, finding.code)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= _SHOWN:
            shown.append(finding)
    return shown, {key: count - _SHOWN for key, count in seen.items() if count > _SHOWN}


def _finding(checked: Checked, finding: Reported, style: Style) -> Iterator[str]:
    from hublint.reporters.wording import help_of, quoted

    yield from _head(finding, style)
    gutter = " " * len(str(finding.place.line))
    yield f" {gutter}{style('-->', 'blue')} {style(_place(checked, finding, style), 'bold')}"
    below = []
    if finding.frame is not None:
        lines, label = framed(finding, finding.frame, style)
        yield from lines
        below += [label] if label else []
    if finding.hub_message:
        below.append(f"the Hub says: {quoted(finding.hub_message)}")
    help = help_of(finding)
    if help:
        below.append(f"help: {help}")
    if below and finding.frame is not None:
        yield f" {gutter} {style('|', 'blue')}"
    for text in below:
        yield from _beside(f" {gutter} ", text, style)


def _head(finding: Reported, style: Style, place: str = "") -> Iterator[str]:
    """What is wrong, where that is if it is not told below, and whether it can be fixed."""
    from hublint.reporters.wording import SEVERITY_WORDS, message_of
    from hublint.reporters.wrapping import wrapped

    head = f"{SEVERITY_WORDS[finding.severity]}[{finding.code}]"
    mark = f" [{'*' if finding.fix.safety == 'safe' else '?'}]" if finding.fix else ""
    lead = f"{place}: {head}" if place else head
    text = f" {finding.name}: {style.shown(message_of(finding))}".replace("\t", " ")
    glued = wrapped(text + mark.replace(" ", _GLUE), style.width, _INDENT, lead)
    first, *others = (line.replace(_GLUE, " ") for line in glued)
    painted = style(head, _COLORS[finding.severity])
    lines = [(f"{style(place, 'bold')}: " if place else "") + painted + first.removeprefix(lead), *others]
    if mark:
        lines[-1] = f"{lines[-1].removesuffix(mark)}{style(mark, 'green')}"
    yield from lines


def _place(checked: Checked, finding: Reported, style: Style) -> str:
    return f"{style.shown(checked.path(finding))}:{finding.place.line}:{finding.place.column}"


def framed(finding: Reported, frame: Frame, style: Style) -> tuple[list[str], str]:
    """The lines of a code frame, and its label where that has no room beside the carets."""
    from hublint.reporters.frame import shown
    from hublint.reporters.wording import cut_lists
    from hublint.reporters.wrapping import columns

    number, bar = str(finding.place.line), style("|", "blue")
    gutter = " " * len(number)
    margin = len(gutter) + 4
    room = style.width and style.width - margin
    text, start, end = shown(frame, room, style.shown)
    label = style.shown(cut_lists(finding.label)).replace("\t", " ")
    beside = bool(label) and (not style.width or margin + end + 1 + columns(label) <= style.width)
    carets = "^" * (end - start) + (f" {label}" if beside else "")
    return [
        f" {gutter} {bar}",
        f" {style(number, 'blue')} {bar} {text}".rstrip(),
        f" {gutter} {bar} {' ' * start}{style(carets, _COLORS[finding.severity])}",
    ], "" if beside else label


def _beside(margin: str, text: str, style: Style) -> Iterator[str]:
    """A remark behind `=`."""
    from hublint.reporters.wrapping import wrapped

    lead = f"{margin}= "
    shown = wrapped(style.shown(text).replace("\t", " "), style.width and style.width - len(lead))
    yield f"{margin}{style('=', 'blue')} {shown[0]}"
    yield from (f"{' ' * len(lead)}{line}" for line in shown[1:])


def _wrapped(text: str, style: Style, lead: str = "") -> list[str]:
    from hublint.reporters.wrapping import wrapped

    return wrapped(style.shown(text).replace("\t", " "), style.width, _INDENT, lead)

"""The words in which findings are told to people; JSON has them whole."""

from __future__ import annotations

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from hublint.engine.reported import Reported
    from hublint.rule import Severity

SEVERITY_WORDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LISTED = 5  # so many of a long list are shown
_LONG = 9  # items; a shorter list is shown whole
_QUOTED = 200  # characters of a sentence of the Hub
_ITEM = r"[^\s,;:()\[\]]+"
_LIST = lazy(rf"(?<![^\s\[(])((?:{_ITEM}, ){{{_LISTED - 1}}}{_ITEM})((?:, {_ITEM}){{{_LONG - _LISTED},}})")
_NOT_A_WORD = lazy(r"[^\w.*/<>=+-]+")


def cut_lists(text: str) -> str:
    """A text in which long lists of single words are cut to their first five."""
    return _LIST.sub(_shorter, text) if text.count(", ") >= _LONG - 1 else text


def _shorter(found: re.Match[str]) -> str:
    open_end = found[2].endswith("...")
    return f"{found[1]}, ..." if open_end else f"{found[1]} and {found[2].count(', ')} more"


def quoted(sentence: str) -> str:
    """The Hub's sentence, or as much of it as people read."""
    shown = cut_lists(sentence)
    return shown if len(shown) <= _QUOTED else f"{shown[: _QUOTED - 4].rpartition(' ')[0]} ..."


def message_of(finding: Reported) -> str:
    """What is wrong."""
    return cut_lists(finding.message)


def help_of(finding: Reported) -> str:
    """The way out, empty where the message says it already."""
    if finding.help:
        help = finding.help
    elif finding.fix:
        title = finding.fix.title
        help = title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"
    else:
        return ""
    return "" if _normal(help) in _normal(finding.message) else cut_lists(help)


def told(finding: Reported) -> list[str]:
    """What is wrong, what the Hub says of it, and the way out: a line each."""
    help = help_of(finding)
    lines = [message_of(finding)]
    if finding.hub_message:
        lines.append(f"the Hub says: {quoted(finding.hub_message)}")
    if help:
        lines.append(f"help: {help}")
    return lines


def _normal(text: str) -> str:
    """A text without what does not change its meaning, between blanks."""
    return f" {_NOT_A_WORD.sub(' ', text.lower()).strip()} "

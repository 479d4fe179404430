"""Where the reports of one run go: each in its format, to standard output or to a file."""

from __future__ import annotations

import os

from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.reporters.door import DOCUMENTS, emit, passed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from hublint.engine.report import Checked, Report

FORMATS = (
    *("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"),
)  # fmt: skip
_FOR_PEOPLE = ("text", "concise")
_LOCATED = ("sarif", "rdjson")


class Output(NamedTuple):
    """One report: its format, and its file, empty for standard output."""

    format: str
    file: str = ""


def outputs(choices: Sequence[str]) -> list[Output]:
    """What `--output-format` asks for: `FORMAT`, or `FORMAT:FILE`, where FILE may be `C:\\\\x` or `-`.

    Raises:
        UsageError: a format does not exist, a file has no name or is given twice, or what a program reads would not be
            alone on standard output.
    """
    found: list[Output] = []
    for choice in choices or ("text",):
        name, colon, file = choice.partition(":")
        if name not in FORMATS:
            raise UsageError(f"no output format is called `{name}`; there are {', '.join(FORMATS)}")
        if colon and not file:
            raise UsageError(f"`{choice}` names no file; write `{name}`, or `{name}:FILE`")
        found.append(Output(name, "" if file == "-" else file))
    files = [os.path.realpath(each.file) for each in found if each.file]
    twice = next((each for each in found if each.file and files.count(os.path.realpath(each.file)) > 1), None)
    if twice:
        raise UsageError(f"{twice.file}: two outputs cannot go to one file")
    printed = [each.format for each in found if not each.file]
    document = next((name for name in printed if name in DOCUMENTS), "")
    if document and len(printed) > 1:
        raise UsageError(
            f"{' and '.join(printed)} would be mixed on standard output; give one a file: `{document}:FILE`"
        )
    return found


def located(wanted: Sequence[Output]) -> bool:
    """Whether a format needs places as other programs count them."""
    return any(each.format in _LOCATED for each in wanted)


def for_people(wanted: Sequence[Output]) -> bool:
    """Whether a report for people is printed."""
    return any(each.format in _FOR_PEOPLE and not each.file for each in wanted)


class Stream:
    """Prints what is printed line by line, each repository once; nothing where none is asked for.

    Attributes:
        target: where it prints.
    """

    def __init__(self, wanted: Sequence[Output], target: Any) -> None:
        self._on = Output("jsonl") in wanted
        self.target = target
        self._begun = False
        self._told: set[str] = set()

    def tell(self, checked: Checked) -> None:
        """Take what was found in one repository, of which nothing more will be said."""
        if self._on and checked.prefix not in self._told:
            from hublint.reporters import jsonl

            self._told.add(checked.prefix)
            self._print(jsonl.repository(checked))

    def close(self, report: Report) -> None:
        """Print what is left to be said."""
        if self._on:
            from hublint.reporters import jsonl

            for checked in report.checked:
                self.tell(checked)
            self._print(jsonl.end(report))

    def _print(self, lines: str) -> None:
        from hublint.reporters import jsonl

        emit(lines if self._begun else jsonl.begin() + lines, self.target, "jsonl")
        self._begun = True


def show(report: Report, wanted: Sequence[Output], stream: Any, color: str, instead: str = "") -> None:
    """Write all reports but what is printed line by line.

    Args:
        instead: the format in the place of those for people.

    Raises:
        UsageError: a report cannot be printed or written.
    """
    from importlib import import_module

    from hublint.reporters.style import Style

    for format, file in wanted:
        if (format, file) == ("jsonl", ""):
            continue
        name = instead if instead and format in _FOR_PEOPLE else format
        module = import_module(f"hublint.reporters.{name}")
        if file:
            _write(file, passed(module.render(report, Style()), name))
        else:
            emit(module.render(report, Style.of(color, stream)), stream, name)


def _write(file: str, text: str) -> None:
    """Put a text into a file in one step, so that nobody reads half of it; what is not a regular file is written to."""
    from hublint.engine.writing import WriteError, put
    from hublint.repository.tree import read_file

    target = os.path.realpath(file)
    data = text.encode("utf-8", "backslashreplace")
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.lexists(target) and not os.path.isfile(target):
            with open(target, "wb") as special:
                special.write(data)
        else:
            put(target, file, read_file(target), data)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{file}: `{os.path.dirname(file)}` is not a folder") from None
    except WriteError as error:
        raise UsageError(str(error)) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: {getattr(error, 'strerror', None) or error}") from None

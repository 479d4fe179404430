"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types

from hublint.documents.source import Source
from hublint.links import DOCS
from hublint.reporters.wording import help_of, message_of, quoted
from hublint.repository.tree import read_file
from hublint.server.positions import Lines

if TYPE_CHECKING:
    from hublint.engine.reported import Place, Reported
    from hublint.rule import Severity
    from hublint.server.checking import Judged

SOURCE = "hublint"
_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
# As TOML's reader and `engine.config` say it.
_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_QUOTED = re.compile(r"`([^`]+)`")


def diagnostics_of(judged: Judged) -> list[types.Diagnostic]:
    """What was found in a document."""
    lines = judged.document.lines()
    return [diagnostic(finding, lines) for finding in judged.findings]


def diagnostic(finding: Reported, lines: Lines) -> types.Diagnostic:
    """One finding, with the way out on a line of its own."""
    said = [message_of(finding)]
    if finding.hub_message:
        said.append(f"the Hub says: {quoted(finding.hub_message)}")
    help = help_of(finding)
    if help:
        said.append(f"help: {help}")
    return types.Diagnostic(
        range=range_of(finding.place, lines),
        message="\n".join(said),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(href=finding.url) if finding.url else None,
        source=SOURCE,
        data={"fingerprint": finding.fingerprint},
    )


def range_of(place: Place, lines: Lines) -> types.Range:
    """Where something stands, as the client counts."""
    start = lines.at_place(place.line, place.column)
    end = lines.at_place(place.end_line, place.end_column)
    return types.Range(types.Position(*start), types.Position(*max(start, end)))


def problem_diagnostic(path: str, sentence: str) -> types.Diagnostic:
    """What is wrong with a configuration file, at the line that the sentence is about."""
    source = Source(path, read_file(path) or b"")
    lines = Lines(source, hidden=True)
    start, end = _guilty(source, sentence)
    return types.Diagnostic(
        range=types.Range(types.Position(*lines.at(start)), types.Position(*lines.at(end))),
        message=f"{sentence}\nUntil this is mended, the last settings that could be read hold.",
        severity=types.DiagnosticSeverity.Error,
        code="configuration",
        code_description=types.CodeDescription(href=f"{DOCS}/configuration.md"),
        source=SOURCE,
    )


def _guilty(source: Source, sentence: str) -> tuple[int, int]:
    """The line that a sentence names, else that of the first word which it quotes and which stands in the file."""
    told = _LINE.search(sentence)
    if told:
        start = source.offset(int(told[1]), int(told[2]))
        return min(start, source.line_span(int(told[1])).end), source.line_span(int(told[1])).end
    for quoted_word in _QUOTED.findall(sentence):
        word = quoted_word.rpartition(".")[2]
        found = re.search(rf"(?m)^[ \t\[\"']*{re.escape(word)}\b", source.text) or re.search(
            rf"(?<![\w-]){re.escape(word)}(?![\w-])", source.text
        )
        if found:
            return found.start(), found.end()
    return 0, source.line_span(1).end

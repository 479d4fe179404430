"""From findings as the rules yield them to what may be shown: credentials covered, places and fingerprints told."""

from __future__ import annotations

from hashlib import sha256

from hublint.engine.findings import Result
from hublint.engine.masking import Mask
from hublint.engine.reported import Frame, Place, Reported, ReportedEdit, ReportedFix
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hublint.documents.source import Source, Span
    from hublint.engine.reported import Crash
    from hublint.repository.repository import Repository
    from hublint.rule import Finding, Rule, Severity

_ITEM = lazy(r"\[\d+\]")
_FRAME = 400  # so much of a line is kept around what is guilty in it


class Judged(NamedTuple):
    """A finding as a rule yielded it, with the rule and what became of it; it never leaves the engine."""

    rule: Rule
    severity: Severity
    finding: Finding
    silenced: str = ""


def covered(
    repository: Repository, judged: Iterable[Judged], crashes: Iterable[Crash], located: bool = False
) -> Result:
    """Findings in their order as they may be shown, every credential that the repository holds covered.

    Args:
        located: whether it is told, too, where they stand as other programs count.
    """
    mask = Mask(repository)
    fingerprint = _Fingerprints(mask)
    judged = list(judged)
    every = [_reported(repository, each, mask, fingerprint) for each in judged]
    if located and judged:
        from hublint.engine.locating import Locator

        locate = Locator(mask)
        pairs = zip(every, judged, strict=True)
        every = [reported._replace(located=locate(each.finding)) for reported, each in pairs]
    return Result(
        tuple(each for each in every if not each.silenced),
        tuple(each for each in every if each.silenced),
        tuple(crash._replace(error=mask(crash.error)) for crash in crashes),
        tuple(sorted(repository.sources.read)),
    )


def _reported(
    repository: Repository, judged: Judged, mask: Mask, fingerprint: Callable[[Judged], tuple[str, str]]
) -> Reported:
    rule, severity, finding, silenced = judged
    own = finding.source
    fix = None
    if finding.fix is not None:
        edits: tuple[ReportedEdit, ...] = ()
        if not any(mask.hides(edit.text) for edit in finding.fix.edits):
            edits = tuple(
                ReportedEdit(
                    _place(edit.path, own if edit.path == own.path else repository.source(edit.path), edit.span),
                    edit.text,
                )
                for edit in finding.fix.edits
            )
        fix = ReportedFix(finding.fix.safety, mask(finding.fix.title), edits, finding.fix.encoding)
    return Reported(
        rule.code,
        rule.name,
        severity,
        mask(finding.message),
        _place(finding.path, finding.source, finding.span),
        mask(finding.route),
        mask(finding.label),
        mask(finding.help),
        mask(finding.hub_message),
        _frame(finding, mask) if finding.source.text else None,
        fix,
        *fingerprint(judged),
        silenced,
        url=rule.url,
    )


def _place(path: str, source: Source | None, span: Span) -> Place:
    if source is None:
        return Place(path, 1, 1, 1, 1)
    return Place(path, *source.position(span.start), *source.position(span.end))


def _frame(finding: Finding, mask: Mask) -> Frame:
    source = finding.source
    line, column = source.position(finding.span.start)
    text = mask(source.line(line))
    start = column - 1
    end = min(start + max(finding.span.end - finding.span.start, 1), max(len(text), start + 1))
    if len(text) <= _FRAME:
        return Frame(text, start, end)
    cut = max(0, start - _FRAME // 2)
    window = text[cut : cut + _FRAME]
    return Frame(window, start - cut, min(end - cut, _FRAME), (cut > 0, cut + _FRAME < len(text)))


class _Fingerprints:
    """Makes fingerprints: of code, path, key route and what stands there without its blanks, and a counter of equals;
    and what they are without path and counter.

    Where there is no route, the line stands for it. Numbers of list items are left out of a route: they change with
    every item that is put in above.
    """

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._seen: dict[tuple[str, ...], int] = {}

    def __call__(self, judged: Judged) -> tuple[str, str]:
        finding = judged.finding
        source, span = finding.source, finding.span
        text = source.text[slice(*span)] if finding.route else source.line(source.position(span.start).line)
        route = _ITEM.sub("[]", finding.route)
        parts = (judged.rule.code, finding.path, self._mask(route), " ".join(self._mask(text).split()))
        number = self._seen[parts] = self._seen.get(parts, 0) + 1
        return _digest(*parts, str(number))[:32], _digest(parts[0], *parts[2:])[:16]


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

"""The part of an HTML report that needs no scripts: what was found, as numbers and bars."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from hublint.audit.results.listing import shown
from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hublint.audit.results.tally import Count, Tally

_BARS = 12
_RULES = 500
_TARGETS = 3
_NAME = 80  # characters of a rule's name
_LEVELS = ("error", "warning", "info")
_KINDS = {"model": "Models", "dataset": "Datasets", "space": "Spaces", "": "Not known"}
_PLURALS = {"error": "errors", "warning": "warnings", "info": "notes"}
_STATES = {
    "error": "with errors",
    "warning": "with warnings",
    "info": "with notes only",
    "clean": "without findings",
    "failed": "not checked",
}


def title(tally: Tally) -> str:
    """What was looked at, in a few words."""
    targets = [shown(target) for target in tally.run.targets]
    if not targets:
        return "Audit"
    more = f" and {len(targets) - _TARGETS} more" if len(targets) > _TARGETS else ""
    return f"Audit of {', '.join(targets[:_TARGETS])}{more}"


def overview(tally: Tally, left_out: str = "") -> str:
    """The summary as HTML; `left_out` says what the lists below lack."""
    lines = [
        '<div class="title">',
        f"<h1>{_text(title(tally))}</h1>",
        f"<p>{_text(' · '.join(_about(tally)))}</p>",
        "</div>",
        *_banners(tally, left_out),
        *_tiles(tally),
        '<div class="cards">',
        *_kinds(tally),
        *_rules(tally),
        *_owners(tally),
        *_worst(tally),
        *_failed(tally),
        "</div>",
    ]
    return "\n".join(lines) + "\n"


def _about(tally: Tally) -> Iterator[str]:
    run = tally.run
    if run.started:
        yield f"{shown(run.started)[:16].replace('T', ' ')} UTC"
    yield f"hublint {shown(run.tool.get('version', ''))}".rstrip()
    yield f"{_number(tally.files)} files read"
    yield from tally.changed.lines()
    if run.shard:
        yield f"shard {shown(run.shard)}"
    for name, value in run.selection.items():
        yield f"{shown(name)}: {shown(', '.join(map(str, value)) if isinstance(value, list) else value)}"


def _banners(tally: Tally, left_out: str) -> Iterator[str]:
    if not tally.complete:
        yield '<p class="banner">The run was broken off: this is what was done until then.</p>'
    if left_out:
        yield f'<p class="banner">{_text(left_out)}</p>'
    checked = tally.total.repositories - sum(kind.failed for kind in tally.kinds.values())
    if checked and not tally.total.findings:
        yield f'<p class="banner good">Nothing was found in {_repositories(checked)}.</p>'


def _tiles(tally: Tally) -> Iterator[str]:
    total = tally.total
    failed = sum(kind.failed for kind in tally.kinds.values())
    checked = total.repositories - failed
    clean = sum(kind.clean + kind.info for kind in tally.kinds.values())
    yield '<dl class="tiles">'
    yield _tile("", "Repositories", total.repositories, f"{_number(failed)} not checked" if failed else "all checked")
    yield _tile("clean", "Pass", clean, f"{_share(clean, checked)} have no error or warning")
    for level, count in zip(_LEVELS, total[:3], strict=True):
        yield _tile(level, _PLURALS[level].capitalize(), count, f"in {_repositories(tally.having[level])}")
    more = f"; {_number(tally.unsafe)} more with `--unsafe-fixes`" if tally.unsafe else ""
    yield _tile("", "Fixable by `hublint fix`", tally.safe, f"{_share(tally.safe, total.findings)} of findings{more}")
    yield "</dl>"


def _tile(tone: str, name: str, number: int, more: str) -> str:
    name, more = (_code(part) for part in (name, more))
    return f'<div class="tile {tone}"><dt>{name}</dt><dd>{_number(number)}</dd><dd>{more}</dd></div>'


def _kinds(tally: Tally) -> Iterator[str]:
    """A bar of each kind: how many repositories are how bad."""
    if not tally.kinds:
        return
    yield '<section class="card wide"><h2>Repositories</h2>'
    yield "<p>Each counts once, by the worst that was found in it.</p>"
    present = [state for state in _STATES if any(getattr(kind, state) for kind in tally.kinds.values())]
    yield '<ul class="legend">'
    yield from (f'<li class="{state}">{_STATES[state]}</li>' for state in present)
    yield "</ul>"
    yield from _table("bars tall", "Repositories by kind", ("Kind", "Share", "Repositories"))
    for name, kind in tally.kinds.items():
        total = kind.repositories
        said = ", ".join(f"{_number(getattr(kind, each))} {_STATES[each]}" for each in present if getattr(kind, each))
        link = _filter("repositories", "kind", name or "unknown")
        yield _bar(
            f'<a href="{link}"><b>{_text(_KINDS.get(name, name))}</b></a><br><span class="name">{_text(said)}</span>',
            [(state, getattr(kind, state)) for state in present],
            total,
            _number(total),
        )
    yield "</tbody></table></section>"


def _rules(tally: Tally) -> Iterator[str]:
    if not tally.rules:
        return
    rows = list(tally.rules.items())
    longest = rows[0][1].findings
    yield '<section class="card"><h2>Rules</h2>'
    yield "<p>Which rules found most.</p>"
    yield from _legend(count for _, count in rows)
    yield from _table("bars", "Findings by rule", ("Rule", "Share", "Findings"))
    for rule, count in rows[:_BARS]:
        link = _filter("findings", "rule", rule.code)
        name = f'<a href="{link}"><span class="code">{_text(rule.code)}</span> {_text(rule.name[:_NAME])}</a>'
        yield _bar(name, _levels(count), longest, _number(count.findings))
    yield "</tbody></table>"
    yield '<details class="more"><summary>All rules as a table</summary>'
    yield from _table("plain", "All rules", ("Rule", "Errors", "Warn&shy;ings", "Notes", "Reposi&shy;tories"), "number")
    for rule, count in rows[:_RULES]:
        what = f'<span class="code">{_text(rule.code)}</span> {_text(rule.name[:_NAME])}'
        if rule.url.startswith("https://"):
            what = f'<a href="{escape(rule.url)}" rel="noreferrer">{what}</a>'
        yield f'<tr><th scope="row">{what}</th>{_numbers(count)}</tr>'
    yield "</tbody></table></details></section>"


def _owners(tally: Tally) -> Iterator[str]:
    rows = [(owner, count) for owner, count in tally.owners.items() if count.findings]
    if len(tally.owners) < 2 or not rows:
        return
    longest = max(count.findings for _, count in rows[:_BARS])
    yield '<section class="card"><h2>Owners</h2>'
    yield f"<p>Of {_number(len(tally.owners))}, those with most errors, then warnings, then notes.</p>"
    yield from _legend(count for _, count in rows[:_BARS])
    yield from _table("bars", "Findings by owner", ("Owner", "Share", "Findings"))
    for owner, count in rows[:_BARS]:
        name = _text(owner) or "<i>none</i>"
        link = f'<a href="{_filter("findings", "owner", shown(owner))}">{name}</a>' if owner else name
        more = f' <span class="name">· {_repositories(count.repositories)}</span>'
        yield _bar(link + more, _levels(count), longest, _number(count.findings))
    yield "</tbody></table></section>"


def _worst(tally: Tally) -> Iterator[str]:
    if not tally.worst:
        return
    wide = "" if len(tally.owners) < 2 else " wide"
    yield f'<section class="card{wide}"><h2>Repositories with most to do</h2>'
    yield "<p>Those with most errors, then warnings, then notes.</p>"
    yield from _table("plain", "Repositories", ("Repository", "Errors", "Warn&shy;ings", "Notes"), "number")
    for name, kind, count in tally.worst[:_BARS]:
        link = f"#/{quote(shown(kind) or 'repository')}/{quote(shown(name))}"
        tag = f' <span class="tag">{_text(kind)}</span>' if kind else ""
        numbers = _numbers(count, repositories=False)
        yield f'<tr><th scope="row"><a href="{escape(link)}">{_text(name)}</a>{tag}</th>{numbers}</tr>'
    yield "</tbody></table></section>"


def _failed(tally: Tally) -> Iterator[str]:
    failed = sum(kind.failed for kind in tally.kinds.values())
    if not failed:
        return
    yield f'<section class="card wide"><h2>Not checked</h2><p>Nothing is said of {_repositories(failed)}.</p>'
    yield '<details class="more"><summary>Which, and why</summary>'
    yield from _table("plain", "Not checked", ("Repository", "Why"))
    for name, reason in tally.failed:
        yield f'<tr><th scope="row">{_text(name)}</th><td>{_text(reason)}</td></tr>'
    yield "</tbody></table>"
    if failed > len(tally.failed):
        yield f'<p class="hint">and {_number(failed - len(tally.failed))} more</p>'
    yield "</details></section>"


def _legend(counts: Iterable[Count]) -> Iterator[str]:
    totals = [sum(numbers) for numbers in zip(*(count[:3] for count in counts), strict=True)]
    yield '<ul class="legend">'
    for level, total in zip(_LEVELS, totals, strict=True):
        if total:
            yield f'<li class="{level}">{_PLURALS[level]}</li>'
    yield "</ul>"


def _table(style: str, caption: str, heads: Sequence[str], numbers: str = "") -> Iterator[str]:
    hidden = ' class="sr"' if style != "plain" else ""
    first, *others = heads
    cells = "".join(f'<th scope="col" class="{numbers}">{head}</th>' for head in others)
    yield f'<table class="{style}"><caption class="sr">{caption}</caption>'
    yield f'<thead{hidden}><tr><th scope="col">{first}</th>{cells}</tr></thead><tbody>'


def _bar(name: str, parts: Iterable[tuple[str, int]], whole: int, number: str) -> str:
    """A row with a bar of so many parts of a whole."""
    drawn, start = "", 0.0
    for tone, count in parts:
        width = 100 * count / max(whole, 1)
        if count:
            drawn += f'<rect class="{tone}" x="{start:.3f}%" width="{max(width, 0.8):.3f}%" height="100%"/>'
        start += width
    return f'<tr><th scope="row">{name}</th><td><svg aria-hidden="true">{drawn}</svg></td><td>{number}</td></tr>'


def _levels(count: Count) -> list[tuple[str, int]]:
    return list(zip(_LEVELS, count[:3], strict=True))


def _numbers(count: Count, repositories: bool = True) -> str:
    return "".join(f'<td class="number">{_number(number)}</td>' for number in (count if repositories else count[:3]))


def _filter(view: str, key: str, value: str) -> str:
    return escape(f"#/{view}?{key}={quote(value, safe='')}")


def _repositories(number: int) -> str:
    return f"{_number(number)} {counted(number, 'repository').partition(' ')[2]}"


def _number(number: int) -> str:
    return f"{number:,}"


def _share(part: int, whole: int) -> str:
    if not whole or part in (0, whole):
        return "100%" if whole and part == whole else "0%"
    return f"{min(max(round(100 * part / whole), 1), 99)}%"


def _code(text: str) -> str:
    head, *rest = _text(text).split("`")
    return head + "".join(f"<code>{part}</code>" if number % 2 == 0 else part for number, part in enumerate(rest))


def _text(text: object) -> str:
    return escape(shown(text))

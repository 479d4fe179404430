"""A report in one HTML file, which loads nothing: a summary that needs no scripts, and lists to search in."""

from __future__ import annotations

import base64
import hashlib
import io
from html import escape
from importlib.resources import files
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from hublint.audit.placing import replacing
from hublint.audit.records import Record, read
from hublint.audit.results.listing import Listing, shown
from hublint.audit.results.overview import overview, title
from hublint.audit.results.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

    from hublint.audit.records import End, Run

    Lines = Callable[[], Iterable[Run | Record | End]]

_ICON = (
    '<svg viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="7" fill="#ffd21e"/>'
    '<path d="M7 13.5l4.2 4.2L19.4 9" fill="none" stroke="#1b1e25" stroke-width="3" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)
_THEME = (
    '<svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" '
    'stroke-width="1.6"/><path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor"/></svg>'
)
_EXPLORE = """<section id="explore" aria-labelledby="heading" hidden>
<div class="heading"><h2 id="heading" tabindex="-1">Findings</h2><p id="count" role="status"></p>
<button type="button" class="button" id="clear" hidden>Clear filters</button></div>
<div class="filters" role="search" aria-label="Filters">
<input id="search" type="search" aria-label="Search" autocomplete="off" spellcheck="false">
<div class="levels" id="levels" role="group" aria-label="Levels">
<button type="button" class="error" data-level="error" aria-pressed="false">errors</button>
<button type="button" class="warning" data-level="warning" aria-pressed="false">warnings</button>
<button type="button" class="info" data-level="info" aria-pressed="false">notes</button>
</div>
<select id="rule" aria-label="Rule"><option value="">All rules</option></select>
<select id="kind" aria-label="Kind"><option value="">All kinds</option></select>
<select id="owner" aria-label="Owner"><option value="">All owners</option></select>
<select id="fix" aria-label="Fix"><option value="">Fixable or not</option><option value="any">Fixable</option>\
<option value="safe">Safe fix</option><option value="unsafe">Unsafe fix</option>\
<option value="none">Not fixable</option></select>
</div>
<div class="list" id="list"></div>
<div class="pager" id="pager" role="group" aria-label="Pages"></div>
</section>
<section id="repository" hidden>
<p class="crumbs"><a href="#">Summary</a> · <a href="#/repositories">All repositories</a></p>
<div id="content"></div>
</section>
<p class="banner" id="trouble" role="alert" hidden></p>
<noscript><p class="banner">The lists of findings and repositories need scripts; what is above is complete without.</p>\
</noscript>
"""


def write(source: str, target: str) -> None:
    """Write a report of an audit's file, which is read twice.

    Raises:
        UsageError: a file cannot be read or written.
    """
    with replacing(target) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as file:
        page(lambda: read(source), file)


def page(lines: Lines, file: IO[str]) -> None:
    """Write a report of some lines.

    Args:
        lines: gives them, each time that it is called.
    """
    tally = Tally.of(lines())
    counts = dict(zip(("error", "warning", "info"), tally.total, strict=False))
    with TemporaryFile("w+", encoding="ascii") as spool:
        listing = Listing(counts, tally.touched, spool)
        for line in lines():
            if isinstance(line, Record):
                listing.add(line)
        data = listing.close()
        spool.seek(0)
        assets = files("hublint.audit.results") / "assets"
        style, script = ((assets / name).read_text("utf-8") for name in ("page.css", "page.js"))
        file.write(_head(title(tally), style, script))
        summary = overview(tally, _left_out(tally, listing))
        file.write(f'<section id="summary" aria-label="Summary">\n{summary}</section>')
        file.write(f"\n{_EXPLORE}</main>\n{_foot(tally)}\n")
        file.write(data)
        copyfileobj(spool, file)
        file.write(f"<script>{script}</script>\n</body>\n</html>\n")


def _head(name: str, style: str, script: str) -> str:
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            *("img-src data:", "base-uri 'none'", "form-action 'none'"),
        )
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="hublint">
<link rel="icon" href="data:image/svg+xml;base64,{base64.b64encode(_icon_file()).decode()}">
<title>{escape(name)} - hublint</title>
<style>{style}</style>
</head>
<body>
<header class="top"><div class="wrap">
<a class="brand" href="#">{_ICON}hublint <span>audit</span></a>
<nav aria-label="Lists" hidden><a href="#/findings">Findings</a><a href="#/repositories">Repositories</a></nav>
<button type="button" class="button icon" id="theme" aria-label="Light or dark" hidden>{_THEME}</button>
</div></header>
<main class="wrap">
"""


def _icon_file() -> bytes:
    return _ICON.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _left_out(tally: Tally, listing: Listing) -> str:
    """What the lists lack of what was counted."""
    findings = tally.total.findings - listing.findings
    told = []
    if findings:
        told.append(f"{findings:,} of {tally.total.findings:,} findings, notes first")
    if listing.left_out:
        told.append(f"{listing.left_out:,} of {tally.total.repositories:,} repositories")
    if not told:
        return ""
    return f"The lists leave out {', and '.join(told)}; the numbers and bars count all. SQLite and Parquet hold all."


def _foot(tally: Tally) -> str:
    made = f"Made by hublint {shown(tally.run.tool.get('version', ''))}".rstrip()
    text = f"{escape(made)}. This file loads nothing and sends nothing."
    return f'<footer class="wrap"><p class="foot">{text}</p></footer>'

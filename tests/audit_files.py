"""Files of audits for the tests of what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hublint.audit.records import Record, Run, Writer

RUN = Run("2026-11-29T10:00:00Z", ("org/*",), "", {"select": ["MC"]})
FAILED = Record("acme/secret", "", "hub", status="failed", reason="the Hub says: access is restricted")
# Texts that are no words: markup, formulas, characters that move others, halves of characters.
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]></style></template>",
    "'\" onclick=alert(1) x='",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "\u202eevil\u2066 \x1b[31m red \x00 end",
    "half \udc80 of one",
    "line\none\r\ntwo\u2028three",
    "🙂 é ﷽ x̴̡̧",
    "a, \"b\"; 'c'\td",
    "w" * 3000,
    "`code` and `open",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
]


def finding(code: str = "SP008", **values: Any) -> dict[str, Any]:
    """A finding as a record has it."""
    place = {"path": "README.md", "line": 2, "column": 10, "end_line": 2, "end_column": 14}
    return {
        "code": code,
        "name": "invalid-color",
        "severity": "error",
        "message": "`Gray` is not one of the Hub's colors; write `gray`",
        **place,
        "hub_message": '"colorTo" must be one of [red, yellow]',
        "route": "colorTo",
        "help": "all colors are in the documentation",
        "fix": {"safety": "safe", "title": "Write `gray`", "edits": [{**place, "text": "gray"}]},
        "url": f"https://github.com/hublint/hublint/blob/main/docs/rules.md#{code.lower()}",
        "frame": "   |\n 2 | colorTo: Gray\n   |          ^^^^",
        "fingerprint": "f" * 32,
        **values,
    }


def record(id: str = "acme/demo", kind: str = "model", findings: list[dict[str, Any]] | None = None) -> Record:
    """A repository, with an error and a warning if nothing else is asked for."""
    if findings is None:
        findings = [finding(), finding("MC008", name="unknown-license", severity="warning", fingerprint="a" * 32)]
    return Record(id, kind, "hub", "0123abc" * 5, files=3, findings=tuple(findings))


def written(path: Path, *records: Record, run: Run = RUN) -> Path:
    """A file with these repositories."""
    with Writer(path.open("wb"), run) as writer:
        for each in records:
            writer.write(each)
    return path

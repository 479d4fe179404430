"""A fenced code block that is never closed, so that the rest of the card becomes code.

## What it does
Finds fences (three or more backticks or tildes) that nothing closes before the end of the card, and blocks that reach
over headings up to the closing fence of a later block. Where only code follows, nothing is lost and the finding is
information.

## Why it matters on the Hub
Markdown runs an unclosed block to the end of the file: headings, tables, links and images below it are shown as plain
text in a code box.

## Example
```markdown README.md
---
license: mit
---

# Usage

~~~python
print("hello")

## Limitations

English only.
```

## Use instead
```markdown README.md
---
license: mit
---

# Usage

~~~python
print("hello")
~~~

## Limitations

English only.
```

## Evidence
https://spec.commonmark.org/0.31.2/#fenced-code-blocks: an unclosed block ends with the document or with the list item
or quote that holds it; a closing fence has nothing after it.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import lines, markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.markdown import CodeBlock
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT006",
    name="unclosed-code-fence",
    severity="warning",
    effect="ignored",
    subject="text",
    since="0.1.0",
    only_if=("```", "~~~"),
)

_BEFORE = " \t>*+-.)0123456789"
_OPENING = r"(?m)^ {0,3}(?:`{3,}|~{3,})[A-Za-z]"
_HEADING = r"(?m)^ {0,3}#{2,6}[ \t]+\S[^\n]*(?:\n[ \t]*(?:\n|`{3}|~{3})|\Z)"
_PROSE = r"(?m)^ {0,3}(?:!?\[[^\]\n]+\]\([^)\n]+\)|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
_SHOWN_MARKDOWN = frozenset(("", "markdown", "md", "mdx", "text", "txt", "plaintext", "jinja", "jinja2", "handlebars"))


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each block that swallows text."""
    if not _is_suspicious(card):
        return
    read = markdown(card)
    for block in read.blocks if read else ():
        if not block.fenced:
            continue
        line = card.position(block.span.end).line
        if not block.closed and _has_prose(block):
            yield Finding(
                card,
                card.line_span(card.position(block.span.start).line),
                f"this code block is never closed, so the text up to line {line} is shown as code",
                help="add a closing fence on a line of its own, as long as the opening one",
            )
        elif not block.closed:
            yield Finding(
                card,
                card.line_span(card.position(block.span.start).line),
                "this code block is never closed; add a closing fence on a line of its own",
                severity="info",
            )
        elif _reaches_over(block):
            yield Finding(
                card,
                card.line_span(card.position(block.span.start).line),
                f"this code block is closed by the fence of a later one, so the headings up to line {line} are "
                "shown as code",
                help="add a closing fence above the first heading",
            )


def _is_suspicious(card: Card) -> bool:
    """Whether the fences, read line by line, do not pair up as an opening one and a bare closing one each."""
    opened = ""
    indent = 0
    for line in lines(card):
        if "```" not in line and "~~~" not in line:
            continue
        fence = line.lstrip(_BEFORE)
        if not fence.startswith(("```", "~~~")):
            continue
        rest = fence.lstrip(fence[0])
        marks = fence[: len(fence) - len(rest)]
        before = len(line) - len(fence)
        if not opened:
            if marks[0] != "`" or "`" not in rest:
                opened, indent = marks, before
        elif rest.strip() or marks[0] != opened[0] or len(marks) < len(opened) or before > indent + 3:
            return True
        else:
            opened = ""
    return bool(opened)


def _has_prose(block: CodeBlock) -> bool:
    """Whether what an unclosed block holds was not all meant as code."""
    return any(re.search(sign, block.content) for sign in (_OPENING, _HEADING, _PROSE))


def _reaches_over(block: CodeBlock) -> bool:
    """Whether a closed block holds a heading and, below it, a fence that was to open another block."""
    if block.info.lower() in _SHOWN_MARKDOWN:
        return False
    heading = re.search(_HEADING, block.content)
    return heading is not None and re.search(_OPENING, block.content[heading.start() :]) is not None

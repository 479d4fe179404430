r"""A formula between delimiters that the Hub does not take for math.

## What it does
Finds formulas between single dollars, in `\( ... \)` and in `\[ ... \]`. Only what is surely math counts: TeX commands,
exponents, indices, single variables. Prices, shell variables, code and escaped brackets are left alone. A card gets one
finding, with the number of formulas.

## Why it matters on the Hub
The Hub renders `$$ ... $$` as a display formula and `\\( ... \\)`, with two backslashes, as an inline formula. Other
delimiters are shown as text, and Markdown takes the underscores and backslashes in them for its own.

## Example
```markdown README.md
---
license: mit
---

The loss is weighted with $\lambda_1 = 0.5$.
```

## Use instead
```markdown README.md
---
license: mit
---

The loss is weighted with \\(\lambda_1 = 0.5\\).
```

## Fix safety
Safe: the formula stays, its delimiters change. Where a `.github` folder shows that GitHub renders the README too, the
fix is unsafe, since GitHub wants single dollars.

## Evidence
"Can I write LaTeX in my model card?" in https://huggingface.co/docs/hub/model-cards (2026-08-22): "You have to use the
following delimiters". Authors found single dollars unrendered: https://github.com/huggingface/blog/pull/766. Blanks
inside `\\( ... \\)` are fine: the page only forbids them between backslashes and parenthesis.
"""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.rule import Edit, Finding, Fix, Rule
from hublint_rules.text._card_text import body, markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT004",
    name="wrong-math-delimiters",
    severity="warning",
    effect="ignored",
    subject="text",
    since="0.1.0",
    fix="safe",
    only_if=("$", "\\(", "\\["),
)

_LONGEST = 200_000
# What is math already comes first, so that nothing inside it is looked at. Each part begins with its sign and then
# looks at what is before that, since `re` finds a sign much faster than a place.
_FORMULA = lazy(
    r"\$\$[\s\S]*?\$\$"
    r"|\\\\\([\s\S]{0,500}?\\\\\)"
    r"|\$(?<![\\$\w]\$)(?P<dollar>[^\s$](?:[^$\r\n]{0,300}?[^\s\\$])??)\$(?![\w$])"
    r"|\\\((?<!\\\\\()(?P<round>[^\r\n]{1,300}?)(?<!\\)\\\)"
    r"|\\\[(?<!\\\\\[)(?P<square>[^\[\]]{1,2000}?)(?<!\\)\\\]"
)
_COMMAND = r"\\(?:[A-Za-z]{2,}|[{}|,;!])"
_SCRIPT = r"[A-Za-z0-9)}\]|]\s*\^\s*[\w{\\(*+-]|(?<![A-Za-z0-9])[A-Za-z]_(?:[A-Za-z0-9](?![A-Za-z0-9_])|\{)|[)}]_[\w{]"
_VARIABLE = r"[A-Za-z]'{0,2}"
_SIMPLE = r"[A-Za-z(|][A-Za-z0-9 =<>+\-*/().,|']*"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first of a card's formulas that stay text."""
    text = body(card)
    if len(text) > _LONGEST:
        return
    found = [match for match in _FORMULA.finditer(text) if _is_unrendered(match)]
    read = markdown(card) if found else None
    if read is None:
        return
    start = card.body.start
    formulas = [match for match in found if read.is_prose(start + match.start(), start + match.end())]
    if not formulas:
        return
    on_github = any(path.startswith(".github/") for path in repository.files)
    edits = []
    for match in formulas:
        span = Span(start + match.start(), start + match.end())
        content = match[match.lastgroup or 0]
        right = f"$${content}$$" if match.lastgroup == "square" else rf"\\({content.strip()}\\)"
        edits.append(Edit(card.path, span, right))
    first = formulas[0]
    shown = " ".join(first[0].split())
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    more = f", nor {len(formulas) - 1} more" if len(formulas) > 1 else ""
    wanted = "$$ ... $$" if first.lastgroup == "square" else r"\\( ... \\)"
    yield Finding(
        card,
        edits[0].span,
        f"`{shown}` is not shown as a formula{more}; write it as `{wanted}`",
        label=rf"write {edits[0].text}" if len(edits[0].text) <= 60 and "\n" not in edits[0].text else "",
        fix=Fix("Use the Hub's delimiters", tuple(edits), "unsafe" if on_github else "safe"),
    )


def _is_unrendered(match: re.Match[str]) -> bool:
    kind = match.lastgroup
    if kind is None:
        return False
    content = match[kind].strip()
    if kind == "square":
        return re.search(r"\\[A-Za-z]{2,}", content) is not None and "](" not in content
    if re.search(_COMMAND, content) or re.search(_SCRIPT, content):
        return re.search(r"[`<>]{2}|://|\{\{", content) is None and not re.search(
            r"[A-Za-z]{4,} +[A-Za-z]{4,} ", _bare(content)
        )
    return kind == "dollar" and (re.fullmatch(_VARIABLE, content) is not None or _is_simple(content))


def _is_simple(content: str) -> bool:
    """Whether this is an equation or call of one-letter names, such as `n = 5` or `O(n)`."""
    if not re.fullmatch(_SIMPLE, content) or re.search(r"[A-Za-z]{3}", content):
        return False
    return re.search(r"[A-Za-z)]\s*[=<>]\s*[-A-Za-z0-9(.]|\b[A-Za-z]\([A-Za-z0-9, ]+\)", content) is not None


def _bare(content: str) -> str:
    """The formula without its commands and the words in their braces."""
    return re.sub(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?", "", content)

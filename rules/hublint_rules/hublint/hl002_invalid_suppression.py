"""A `hublint:` comment that hublint does not understand.

## What it does
Reports comments with an unknown verb, `ignore` comments that name no rule, names that no rule has, an `until=` that
is not followed by a date, and an `ignore-file` that silences all since its rule does not stand in brackets. A comment
names a rule by its code or name, or several by the beginning of their codes (`SE`).

## Why it matters on the Hub
The author believes that a finding is silenced, and it is not.

## Example
```yaml
sdk: gradio
colorFrom: blue # hublint: ignore
```

## Use instead
```yaml
sdk: gradio
colorFrom: blue
```

## Evidence
Advice.
"""

from __future__ import annotations

from hublint.repository.comments import VERBS, nearest_rule
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.comments import Review, Suppression


RULE = Rule(
    code="HL002",
    name="invalid-suppression",
    severity="warning",
    effect="advice",
    subject="suppressions",
    since="0.1.0",
)


def check(review: Review) -> Iterator[Finding]:
    """Yield a finding for each comment that cannot do what it says."""
    for comment in review.comments:
        if comment.verb not in VERBS:
            yield Finding(
                comment.source,
                comment,
                f"`{comment.verb}` is not a word of hublint's comments; write `ignore[CODE]` or `ignore-file[CODE]`",
            )
        elif not comment.dated:
            yield Finding(
                comment.source,
                comment,
                f"`until={comment.until}` is not a date, so this comment silences nothing; write `until=YYYY-MM-DD`",
            )
        elif not comment.valid:
            yield Finding(comment.source, comment, "this comment names no rule; write `ignore[CODE] reason`")
        else:
            if named := _without_brackets(comment, review):
                yield Finding(
                    comment.source,
                    comment,
                    f"this comment silences every rule in the file, not {named} alone; write `ignore-file[{named}]`",
                )
            for code in comment.codes or ():
                if not review.knows(code):
                    near = nearest_rule(code, review.known)
                    way = f"did you mean `{near}`?" if near else "`hublint rule` lists them"
                    yield Finding(comment.source, comment, f"no rule is called `{code}`; {way}")


def _without_brackets(comment: Suppression, review: Review) -> str:
    """The rule that a comment for all rules begins its reason with, empty where it begins with none."""
    first = comment.reason.split(maxsplit=1)[0].strip(",;:.()") if comment.codes is None and comment.reason else ""
    return first if any(first in names for names in review.known) else ""

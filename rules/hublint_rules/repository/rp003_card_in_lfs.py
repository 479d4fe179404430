"""A README.md that .gitattributes hands to Git LFS.

## What it does
Asks .gitattributes, as git does, whether README.md at the root has the filter `lfs`; the finding is on the pattern that
decides.

## Why it matters on the Hub
The next commit of README.md stores a pointer of three lines in its place: the Hub finds neither metadata nor text in
it.

## Example
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
*.md filter=lfs diff=lfs merge=lfs -text
```
```markdown README.md
---
license: mit
---
```

## Use instead
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
```
```markdown README.md
---
license: mit
---
```

## Fix safety
Safe: a last line takes README.md out of LFS again, other files keep what they have.

## Evidence
A model zoo whose cards were tracked and lost their metadata: https://github.com/espnet/espnet_model_zoo/pull/95.
Matching: https://git-scm.com/docs/gitattributes, compared with `git check-attr`.
"""

from __future__ import annotations

from hublint.repository.repository import README
from hublint.rule import Finding, Rule
from hublint_rules._adding_line import adding_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP003",
    name="card-in-lfs",
    severity="error",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    fix="safe",
    only_if=(".gitattributes",),
)

_ATTRIBUTES = ".gitattributes"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding where git would replace README.md by a pointer."""
    if _ATTRIBUTES not in repository.files or README not in repository.files:
        return
    source = repository.source(_ATTRIBUTES)
    if source is None or not any(_may_fit(line) for line in source.text.removeprefix("\ufeff").split("\n")):
        return
    from hublint.repository.git.gitattributes import Attributes

    given = Attributes(repository).get(README, "filter")
    if given is None or given.value != "lfs":
        return
    pattern = source.text[slice(*given.line.span)]
    line = f"{README} !filter !diff !merge !text"
    yield Finding(
        given.line.source,
        given.line.span,
        f"`{pattern}` puts README.md into Git LFS, so the Hub sees only a pointer and reads no metadata",
        help="keep README.md out of LFS, and commit it once more with `git add --renormalize README.md`",
        fix=adding_line(repository, _ATTRIBUTES, line, "Take README.md out of LFS"),
    )


def _may_fit(line: str) -> bool:
    """Whether a line of .gitattributes may speak of README.md; decides most lines without reading them as git does."""
    pattern = line.split(maxsplit=1)[0] if line.strip() else "#"
    if any(character in pattern for character in '?[\\"'):
        return True
    return all(piece in README for piece in pattern.lstrip("/").replace("**/", "*").split("*"))

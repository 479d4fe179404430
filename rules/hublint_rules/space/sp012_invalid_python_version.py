"""A `python_version` that is not a Python version, or that is no longer maintained.

## What it does
Checks `python_version` of Gradio and Streamlit Spaces as it is written in the file: `3.x` or `3.x.y`. An unquoted
`3.10`, which is the number 3.1, is ambiguous-scalar (FM006).

## Why it matters on the Hub
The Space's image is built for exactly that Python. Versions that do not exist cannot be built; versions past their end
of life get no security fixes, and current releases of Gradio and of many libraries no longer install on them. Without
`python_version` a Space gets 3.10 or 3.13: the documentation and the build logs of this year differ. Nothing is claimed
that depends on which of them it is, and 3.10 is left alone.

## Example
```yaml
sdk: gradio
python_version: "python3.12"
```

## Use instead
```yaml
sdk: gradio
python_version: "3.12"
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "any valid Python 3.x or 3.x.x version", and 3.10
by default; the public build logs of two Gradio Spaces of 2026 show Python 3.13. End of life by PEP 494, 537, 569 and
596 and https://devguide.python.org/versions/ (2026-11).
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP012",
    name="invalid-python-version",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "streamlit"),
    only_if=("python_version",),
)

# Last month with security fixes, by minor version; 3.10, which may be the Hub's default, is left out on purpose.
_END_OF_LIFE = "2009-06 2012-04 2016-02 2017-09 2019-03 2020-09 2021-12 2023-06 2024-10 2025-10".split()


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a Python that does not exist or is not maintained."""
    node = card.get("python_version")
    if node is None or node.value is None or is_placeholder(node.value):
        return
    text = node.content.strip() if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and not text:
        return
    found = re.fullmatch(r"3\.(\d{1,2})(?:\.\d{1,2})?", text)
    if found is None:
        yield Finding(
            card,
            card.place("python_version"),
            f"{shown(text or node.value)} is not a Python version; write one such as `3.12` or `3.12.4`, in quotes",
            severity="warning" if text == "3" else None,
        )
    elif int(found[1]) < len(_END_OF_LIFE):
        yield Finding(
            card,
            card.place("python_version"),
            f"`{text}` has had no security fixes since {_END_OF_LIFE[int(found[1])]}; move to Python `3.12` or newer",
            help='write `"3.10"` if you mean that: YAML drops the zero of a bare 3.10' if text == "3.1" else "",
            severity="warning",
        )

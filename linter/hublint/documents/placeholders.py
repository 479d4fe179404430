"""Values that a template left to be filled in."""

from __future__ import annotations

import re

from hublint.regexes import lazy

# Jinja and cookiecutter `{{ x }}`, the Hub's card templates `{x}` and `[... Needed]`, OpenEnv's `__HF_COLOR__`.
_WHOLE = lazy(
    r"\{\{.*\}\}|\{%.*%\}|\{[A-Za-z_][\w .-]*\}|__[A-Z][A-Z0-9_]*__|<[A-Za-z_][\w .-]*>|\$\{?[A-Z_]+\}?"
    r"|\[More Information Needed\]|\[(?:Needs More Information|This (?:needs|should|shoudl)[^\]]*)\]",
    re.DOTALL,
)
_MARK = lazy(r"\{|__|<|\$|\[")
_WITHIN = lazy(r"\[This (?:needs|should|shoudl) [^\]]{0,1000}\]|\[More Information Needed\]")


def is_placeholder(value: object) -> bool:
    """Whether a value is template text, as a whole or with a template's instruction in it.

    `{{ x }}` without quotes is YAML for a mapping in a mapping; that counts too.
    """
    if isinstance(value, str):
        if not _MARK.search(value):
            return False
        text = value.strip()
        begin = text.find("{{")
        return (begin >= 0 and text.find("}}", begin + 2) >= 0) or bool(_WHOLE.fullmatch(text) or _WITHIN.search(text))
    return (
        isinstance(value, dict) and len(value) == 1 and ("[object Object]" in value or list(value.values()) == [None])
    )

"""Whether a Space surely installs a version of a tool whose default is the one of today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.space.serving.start import Start

_FILES = re.compile(
    r"(?:^|/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|environment\.ya?ml|package\.json"
    r"|uv\.lock|poetry\.lock|Pipfile\.lock|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$"
)
_LARGEST = 2_000_000
_BINDING = ("==", "===", "~=", "<", "<=", "^", "~", "@", "")


def is_since(start: Start, package: str, since: tuple[int, ...]) -> bool:
    """Whether no version before `since` can be meant.

    Every mention counts that a file of requirements or a RUN makes: without version the newest is installed. Unknown,
    hence False, where nothing mentions the package, and where a lock file may pin an older version.
    """
    texts = [each.raw for each in start.files.dockerfile.instructions if each.name == "RUN"]
    texts += re.findall(r"\b(?:npx|bunx|uvx)\b[^\n;&|]*", start.source.text)
    for path in start.files.repository.files:
        if _FILES.search(path) is None:
            continue
        source = start.files.repository.source(path)
        if source is None or source.is_binary or len(source.raw) > _LARGEST:
            return False
        texts.append(source.text)
    name = re.escape(package)
    mention = re.compile(
        rf"(?<![\w./-]){name}(?![\w/-])(?:\[[\w, -]*\])?[\"']?\s*"
        r"(?::\s*[\"']|=\s*[\"'](?=[^\"']*\d)|version\s*=?\s*[\"'])?"
        r"(===?|~=|!=|[<>]=?|@|\^|~|)\s*([\^~]?\d[\d.]*)?"
    )
    found = [match for text in texts for match in mention.finditer(text)]
    if any(re.match(r"\s*,\s*[<=~!]", match.string[match.end() : match.end() + 20]) for match in found):
        return False
    return bool(found) and all(_allows(match[1], match[2], since) for match in found)


def _allows(operator: str, version: str | None, since: tuple[int, ...]) -> bool:
    if version is None or operator not in _BINDING:
        return operator in ("", ">=", ">")
    numbers = tuple(int(part) for part in version.strip("^~.").split(".") if part)
    return numbers[: len(since)] >= since[: len(numbers)] if len(numbers) < len(since) else numbers >= since

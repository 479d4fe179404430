"""Which files of a model repository the Hub counts as downloads.

Source: https://huggingface.co/docs/hub/models-download-stats (2026-11) and `countDownloads` of npm
@huggingface/tasks, which the table `libraries` holds: queries such as `path:"config.json" OR path_extension:"pt"`.
"""

from __future__ import annotations

import re

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# What is counted for a library that has no query of its own.
DEFAULT = ("config.json", "config.yaml", "hyperparams.yaml", "params.json", "meta.yaml")
# "diffusers has its own more complex query", says the package, and does not show it.
_NOT_TOLD = frozenset(("diffusers",))
_TERM = lazy(r'(path|path_extension|path_filename):"([^"]*)"')


def query_of(library: str) -> str:
    """The query of a library, that of the default files where it has none; empty where it is not public."""
    import hublint_schemas

    if library in _NOT_TOLD:
        return ""
    counted: dict[str, str] = hublint_schemas.table("libraries")["counted"]
    return counted.get(library) or " OR ".join(f'path:"{path}"' for path in DEFAULT)


def counts(query: str, paths: Iterable[str]) -> bool:
    """Whether one of the files is counted by a query; a query of unknown form counts everything."""
    alternatives = _alternatives(query)
    if not all(alternatives):
        return True
    return any(all(_fits(*term, path) for term in terms) for path in paths for terms in alternatives)


def named(query: str) -> list[str]:
    """The files that a query counts as people name them: `config.json`, `*.nemo`."""
    return [_name(dict(terms)) for terms in _alternatives(query) if terms]


def _alternatives(query: str) -> list[list[tuple[str, str]]]:
    return [_terms(part) for part in re.split(r"\s+OR\s+", query.replace("(", " ").replace(")", " "))]


def _name(term: dict[str, str]) -> str:
    return term.get("path") or f"{term.get('path_filename', '*')}.{term.get('path_extension', '*')}"


def _terms(text: str) -> list[tuple[str, str]]:
    parts = [_TERM.fullmatch(part.strip()) for part in re.split(r"\s+AND\s+", text)]
    return [(part[1], part[2]) for part in parts if part is not None] if all(parts) else []


def _fits(field: str, value: str, path: str) -> bool:
    if field == "path":
        return path == value
    stem, _, extension = path.rpartition("/")[2].rpartition(".")
    return value in (extension, path.rpartition("/")[2]) if field == "path_extension" else stem == value

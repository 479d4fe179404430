"""A path or glob of `configs` that no file fits.

## What it does
Looks for the files that each subset's `data_files` and `data_dir` name, exactly as the datasets library does: globs,
hidden files, `data_dir`, and the extensions that it reads. Where the data are made by a program and not kept in this
folder the rule is silent: it speaks only if files of the same kind are here. It is a note where a folder around the
repository, within its git checkout, has the file: the card was then written for another place.

## Why it matters on the Hub
`load_dataset` raises for the subset, and for all of them where it is the first one; the dataset viewer shows an error.
A glob without a match beside others that have one is passed over in silence: data are lost.

## Example
```yaml
configs:
- config_name: default
  data_files:
  - split: train
    path: data/tarin.csv
  - split: test
    path: data/test.csv
```
```text data/train.csv
a,b
```
```text data/test.csv
a,b
```

## Use instead
```yaml
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train.csv
  - split: test
    path: data/test.csv
```
```text data/train.csv
a,b
```
```text data/test.csv
a,b
```

## Evidence
PyPI datasets 5.2.0 (data_files.py, load.py, builder.py) over fsspec 2026.9.0; tests compare the rule with the library
over hundreds of repositories. https://huggingface.co/docs/hub/datasets-manual-configuration (2026-08-22).
"""

from __future__ import annotations

import re

from hublint.dataset.data_files import PatternError, files_of, has_magic, is_url
from hublint.dataset.data_formats import builder_of, is_supported
from hublint.dataset.subsets import holds_data, subsets_of
from hublint.documents.placeholders import is_placeholder
from hublint.repository.assembling import lies_around
from hublint.rule import Finding, Rule
from hublint_rules._wording import listed, shown
from hublint_rules.datafiles._near import matched, near, repaired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.dataset.data_files import DataFiles
    from hublint.dataset.subsets import Pattern, Subset
    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF001",
    name="data-files-match-nothing",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    only_if=("configs",),
)

# Looking for what a pattern may have meant takes time; one cause usually explains all of many.
_MOST_LIKENED = 8


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each path, glob and folder of a subset that stands for no file."""
    if not card.data.get("configs"):
        return
    dead = 0
    for subset in subsets_of(repository):
        if subset.patterns is None:
            yield from _folder(repository, card, subset)
            continue
        for pattern in subset.patterns:
            finding = _pattern(repository, card, subset, pattern, dead < _MOST_LIKENED)
            if finding is not None:
                dead += 1
                yield finding


def _folder(repository: Repository, card: Card, subset: Subset) -> Iterator[Finding]:
    """A subset that names a folder only."""
    if not subset.folder or is_placeholder(subset.folder):
        return
    try:
        found = files_of(repository).by_split(subset.folder)
    except PatternError:  # DF003
        return
    if not found and holds_data(repository):
        message = f"the folder {shown(subset.folder)} of the subset {shown(subset.name)} holds no data files"
        hub = (
            f"doesn't contain data files matching the patterns for config '{subset.name}',"
            " check `data_files` and `data_fir` parameters in the `configs` YAML field in README.md."
        )
        yield Finding(card, card.place("configs", subset.number, "data_dir"), message, hub_message=hub)


def _pattern(repository: Repository, card: Card, subset: Subset, pattern: Pattern, liken: bool) -> Finding | None:
    files, place, text = files_of(repository), card.place(*pattern.route), pattern.text
    if is_placeholder(text):
        return None
    if is_url(text):
        message = f"{shown(text)} is outside the repository; datasets takes data files only from the repository itself"
        return Finding(card, place, message, hub_message="Data files don't belong to") if _is_elsewhere(text) else None
    try:
        found = files.matching(text, subset.folder)
    except PatternError:
        meant = shown(repaired(text))
        message = f"{shown(text)} is not a valid pattern: `**` must be alone between slashes, as in {meant}"
        return Finding(card, place, message, hub_message="Invalid pattern: '**' can only be an entire path component")
    supported = [path for path in found if is_supported(path)]
    if supported:
        return _first_subset(repository, card, subset, pattern)
    if found:
        message = f"{shown(text)} matches files with {_extensions(found)}, which datasets does not read"
    else:
        meant = near(files, text, subset.folder) if liken else ""
        if not meant and not text.startswith("/") and not _has_such_files(repository, text):
            return None
        message = f"{shown(text)} matches no file of the repository{_way_out(files, text, meant, liken)}"
        if not meant and (around := lies_around(repository, text)):
            message = f"{shown(text)} matches no file of the repository, unless `{around}` is put there"
            return Finding(card, place, message, severity="info")
    return Finding(card, place, message, severity="warning" if _has_others(files, subset, pattern) else None)


def _extensions(paths: Iterable[str]) -> str:
    extensions = sorted({path.rpartition("/")[2].partition(".")[2] for path in paths})
    return listed([f".{each}" for each in extensions if each]) or "no extension"


def _has_others(files: DataFiles, subset: Subset, pattern: Pattern) -> bool:
    """Whether the split of a glob gets its files from another pattern."""
    others = (other for other in subset.patterns or () if other.split == pattern.split)
    return has_magic(pattern.text) and any(matched(files, other.text, subset.folder) for other in others)


def _is_elsewhere(text: str) -> bool:
    return re.match(r"(?:https?|ftp|s3|gs|az|abfs)://(?!(?:www\.)?(?:huggingface\.co|hf\.co)/)", text) is not None


def _first_subset(repository: Repository, card: Card, subset: Subset, pattern: Pattern) -> Finding | None:
    """The library tells the format from the first subset's `data_files`, for which it forgets `data_dir`."""
    files = files_of(repository)
    if subset is not subsets_of(repository)[0] or not subset.folder or matched(files, pattern.text):
        return None
    if has_magic(pattern.text) and any(matched(files, other.text) for other in subset.patterns or ()):
        return None
    joined = f"{subset.folder.strip('/')}/{pattern.text}"
    return Finding(
        card,
        card.place(*pattern.route),
        f"{shown(pattern.text)} is looked for at the root first, as this is the first subset, and is not there; "
        f"write {shown(joined)} without `data_dir`",
    )


def _has_such_files(repository: Repository, text: str) -> bool:
    """Whether the files would have to be here: others of the card's are, or others of the same format."""
    builder = builder_of(text.rstrip("*[]0123456789-"))
    return holds_data(repository, builder) or repository.once(_has_some)


def _has_some(repository: Repository) -> bool:
    """Whether any pattern of the card stands for a file."""
    files = files_of(repository)
    return any(
        matched(files, pattern.text, other.folder)
        for other in subsets_of(repository)
        for pattern in other.patterns or ()
        if not is_url(pattern.text)
    )


def _way_out(files: DataFiles, text: str, meant: str, liken: bool) -> str:
    if re.search(r"\{[^{}]*,[^{}]*\}", text):
        return ": datasets does not expand `{a,b}`; list the paths"
    if meant:
        return f"; did you mean {shown(meant)}?"
    hidden = _hidden(files, text) if liken else ""
    if hidden:
        return f": {shown(hidden)} begins with a dot or `__`, which the pattern must spell out"
    return ""


def _hidden(files: DataFiles, text: str) -> str:
    """A file or folder that only its leading dot keeps out of a glob."""
    if not has_magic(text):
        return ""
    for other in (text.replace("**", ".*/**"), re.sub(r"\*(?=[^*]*$)", ".*", text), f".*/{text}", f"__*/{text}"):
        found = matched(files, other)
        if found:
            return next((part for part in found[0].split("/") if part.startswith((".", "__"))), "")
    return ""

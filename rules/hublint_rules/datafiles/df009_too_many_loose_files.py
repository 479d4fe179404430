"""A folder of more files than the Hub takes, or data in more files than are of use.

## What it does
Counts what git would take. More than 10,000 files directly in one folder are an error. Files and subfolders that are
together more than 10,000 are a warning, as are more than 100,000 files in a repository; more than 10,000 images in a
dataset, each a file of its own, are a hint.

## Why it matters on the Hub
The Hub refuses a push with more than 10,000 files in a folder, often after hours of upload. Many small files are slow
to upload, to list and to stream: each is a request of its own.

## Example
```listing
README.md 2000
train/{00000..10000}.jpg 90000
```

## Use instead
```listing
README.md 2000
data/train-{00000..00003}-of-00004.parquet 230000000
```

## Evidence
"Your push was rejected because it contains too many files per directory. Each directory in your git repo can only
contain up to 10000 files." (https://github.com/huggingface/datasets/issues/7956, 2026-01-21). The other two limits are
those recommended at https://huggingface.co/docs/hub/storage-limits (2026-08-22): "Entries per folder <10k", "Files per
repo <100k". https://huggingface.co/docs/hub/datasets-image advises Parquet for small images and WebDataset for large
ones; the number of 10,000 images is advice.
"""

from __future__ import annotations

from collections import Counter

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card, at_file
from hublint_rules._wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF009",
    name="too-many-loose-files",
    severity="error",
    effect="refused",
    subject="repository",
    since="0.1.0",
    kinds=("dataset", "model", "space"),
)

_MOST_IN_REPOSITORY, _MOST_IMAGES = 100_000, 10_000
_MOST_FINDINGS = 10
_IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff")
_REFUSAL = (
    "Your push was rejected because it contains too many files per directory. "
    "Each directory in your git repo can only contain up to 10000 files."
)

_MOST_IN_FOLDER = 10_000  # what the Hub takes in one folder


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each of the first folders over the limit, or else at most one for the whole repository."""
    if len(repository.files) <= _MOST_IN_FOLDER:
        return
    full = list(_full_folders(repository))
    for number, (folder, files, subfolders) in enumerate(full[:_MOST_FINDINGS], 1):
        left = len(full) - number if number == _MOST_FINDINGS else 0
        yield _about_folder(folder, files, subfolders, f" (and {counted(left, 'more folder')} like it)" if left else "")
    if not full:
        yield from _about_repository(repository)


def _full_folders(repository: Repository) -> Iterator[tuple[str, int, int]]:
    """Each folder of too many entries, with its files and subfolders; .gitignore is asked where it matters."""
    files = Counter(path.rpartition("/")[0] for path in repository.files)
    subfolders = Counter(folder.rpartition("/")[0] for folder in repository.folders)
    suspects = {folder for folder in files if files[folder] + subfolders[folder] > _MOST_IN_FOLDER}
    if not suspects:
        return
    left_out = ignores(repository)
    taken = Counter(
        folder for path in repository.files if (folder := path.rpartition("/")[0]) in suspects and path not in left_out
    )
    for folder in sorted(suspects):
        if taken[folder] + subfolders[folder] > _MOST_IN_FOLDER:
            yield folder, taken[folder], subfolders[folder]


def _about_folder(folder: str, files: int, subfolders: int, more: str) -> Finding:
    name = f"`{folder}/`" if folder else "the repository's root"
    refused = files > _MOST_IN_FOLDER
    held = f"{files:,} files" if refused else f"{files:,} files and {subfolders:,} folders"
    rule = "the Hub refuses a push with more than 10,000" if refused else "the Hub recommends at most 10,000 entries"
    return Finding(
        *at_file(folder or "README.md"),
        f"{name} holds {held}: {rule}{more}",
        help="spread them over subfolders, or pack them: tables as Parquet, images and sounds as Parquet or WebDataset",
        hub_message=_REFUSAL if refused else "",
        severity=None if refused else "warning",
    )


def _about_repository(repository: Repository) -> Iterator[Finding]:
    is_dataset = repository.kind == "dataset"
    total = images = 0
    for like, count in _groups(repository):
        if like not in ignores(repository):
            total += count
            images += count if is_dataset and like.lower().endswith(_IMAGES) else 0
    if total > _MOST_IN_REPOSITORY:
        yield Finding(
            *at_card(repository),
            f"the repository holds {total:,} files: the Hub recommends at most 100,000, and ideally far fewer",
            help="pack them: tables as Parquet, images and sounds as Parquet or WebDataset",
            severity="warning",
        )
    elif images > _MOST_IMAGES:
        yield Finding(
            *at_card(repository),
            f"{images:,} images are single files, each of which takes a request; "
            "they load faster from Parquet (small ones) or WebDataset (large ones)",
            severity="info",
        )


def _groups(repository: Repository) -> Iterator[tuple[str, int]]:
    """One path, and how many there are, of each folder's files with one extension, as .gitignore has many patterns."""
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for path in repository.files:
        folder, _, name = path.rpartition("/")
        group = folder, name[name.rfind(".") :] if "." in name else ""
        counts[group] = counts.get(group, 0) + 1
        first.setdefault(group, path)
    for group, count in counts.items():
        yield first[group], count

"""A set of numbered files, such as `-00001-of-00003`, of which one is missing.

## What it does
Groups files that are numbered `NAME-00001-of-00003` and looks for numbers that are missing: among a model's weights,
unless an index names the files (then RP007 speaks), and among a dataset's data, where at least half of the set is
there. Numbers may begin with 0 or 1.

## Why it matters on the Hub
Weights of which a part is missing cannot be loaded. Data are loaded without a word, only less of them.

## Example
```listing
model-Q4_K_M-00001-of-00003.gguf 4000
model-Q4_K_M-00002-of-00003.gguf 4000
```

## Use instead
```listing
model-Q4_K_M-00001-of-00003.gguf 4000
model-Q4_K_M-00002-of-00003.gguf 4000
model-Q4_K_M-00003-of-00003.gguf 4000
```

## Evidence
llama.cpp opens every split that the first one counts (https://github.com/ggml-org/llama.cpp, `llama_model_loader`,
2026-11). PyPI datasets 5.2.0: of `train-00000-of-00003.parquet` and `train-00002-of-00003.parquet` the split `train` is
made, without the rows of the third (run, 2026-11).
"""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.texts import VENDORED
from hublint.repository.weights import is_weights
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP016",
    name="shard-missing",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model", "dataset"),
    only_if=("-of-",),
)

# What follows is the hash that push_to_hub gave to each file, if it is not the same for all.
_SHARD = lazy(r"^(.*[-_.])?(\d{1,6})-of-(\d{1,6})((?:-[0-9a-f]{16,64})?)(\.[A-Za-z0-9_.-]+)?$")
_DATA = frozenset("parquet arrow json jsonl csv tsv txt tar zip gz zst tfrecord tfrecords".split())
_INDEX = ".index.json"
_MOST = 100_000


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each set with a hole."""
    for (folder, stem, suffix, total), numbered in _sets(repository).items():
        first = min(numbered.values())
        is_model = repository.kind == "model"
        missing = _missing(set(numbered), total, int(is_model))
        if not missing or (not is_model and len(numbered) * 2 < total) or (is_model and _has_index(repository, folder)):
            continue
        width = len(first.rpartition("-of-")[0]) - len(first.rpartition("-of-")[0].rstrip("0123456789"))
        names = [f"{stem}{number:0{width}}-of-{_total(first)}{suffix}" for number in missing]
        yield Finding(
            *at_file(first),
            f"of {total} files, {listed(names, 5)} {'is' if len(names) == 1 else 'are'} missing: "
            + ("the weights cannot be loaded" if is_model else "the rows in there are lost without a word"),
            help="upload what is missing, or number the files anew",
            severity=None if is_model else "warning",
        )


def _sets(repository: Repository) -> dict[tuple[str, str, str, int], dict[int, str]]:
    """The files of each set by their number, by folder, name, ending and the number of files that there should be."""
    found: dict[tuple[str, str, str, int], dict[int, str]] = {}
    for path in repository.files:
        folder, _, name = path.rpartition("/")
        shard = _SHARD.search(name) if "-of-" in name else None
        if shard is None or not VENDORED.isdisjoint(folder.split("/")) or not _counts(repository, path, shard[5] or ""):
            continue
        total = int(shard[3])
        if 1 < total <= _MOST:
            key = folder, shard[1] or "", shard[5] or "", total
            found.setdefault(key, {})[int(shard[2])] = path
    return found


def _counts(repository: Repository, path: str, suffix: str) -> bool:
    if repository.kind == "model":
        return is_weights(path)
    return not suffix or suffix.rpartition(".")[2].lower() in _DATA


def _missing(numbers: set[int], total: int, usual: int) -> list[int]:
    """The numbers that are missing; `usual` is where such sets begin, if neither end is there to tell."""
    if max(numbers) > total or {0, total} <= numbers:
        return []
    begin = 0 if 0 in numbers else 1 if total in numbers else usual
    return [number for number in range(begin, begin + total) if number not in numbers]


def _total(path: str) -> str:
    digits = path.rpartition("-of-")[2]
    return digits[: len(digits) - len(digits.lstrip("0123456789"))]


def _has_index(repository: Repository, folder: str) -> bool:
    """Whether an index beside the weights names them."""
    start = f"{folder}/" if folder else ""
    return any(
        path.endswith(_INDEX) and path.startswith(start) and "/" not in path[len(start) :] for path in repository.files
    )

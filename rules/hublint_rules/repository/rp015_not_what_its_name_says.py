"""A weight or data file that is empty, cut off, a mere Git LFS pointer or of another format than its name says.

## What it does
Looks at the first and last bytes of a model's weights and of the files that make a dataset's splits: the marks of
Parquet, GGUF, NumPy and zip, the length that the header of safetensors describes, CSV files and splits of 0 bytes.
A Git LFS pointer in the place of one of these, of a vocabulary or of any other file that is not text is reported where
nothing in .gitattributes hands that path to Git LFS, so that git pushes the pointer's text; not in a clone from the
Hub, of one that is on a remote's branch. Files that are known by name and size only are left alone.

## Why it matters on the Hub
The file is uploaded as it is, and whoever loads it gets an error: `HeaderTooLarge`, `MetadataIncompleteBuffer`,
"Parquet magic bytes not found in footer", `EmptyDataError`. A pushed pointer whose content the Hub lacks is refused.

## Example
```text model.safetensors
version https://git-lfs.github.com/spec/v1
oid sha256:0000000000000000000000000000000000000000000000000000000000000000
size 4000
```

## Use instead
```text .gitattributes
*.safetensors filter=lfs diff=lfs merge=lfs -text
```
```text model.safetensors
version https://git-lfs.github.com/spec/v1
oid sha256:0000000000000000000000000000000000000000000000000000000000000000
size 4000
```

## Evidence
safetensors 0.8.0 (PyPI): a file that is not exactly as long as its header says is refused; tests/test_heads.py loads
such files with it. `datasets` 5.2.0: a CSV or Parquet file of 0 bytes raises, a split of which all files are empty
raises, an empty JSON Lines or text file beside others does not (run, 2026-11). huggingface/transformers#27923: a
pointer where weights should be; huggingface/diffusers#6285: "Your push was rejected because an LFS pointer pointed to
a file that does not exist". What was uploaded over HTTP may be a pointer in git without a line of .gitattributes, and
the Hub serves its content: `unet/model.onnx_data` of stabilityai/stable-diffusion-xl-base-1.0 (2026-11-29).
"""

from __future__ import annotations

from hublint.dataset.data_formats import builder_of
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.repository.git.pointers import SIZES, is_committed_as_text, may_be_on_hub, pointed_size
from hublint.repository.marks import problem_of
from hublint.repository.texts import BINARY, VOCABULARIES
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP015",
    name="not-what-its-name-says",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model", "dataset"),
)

_BUILDERS_OF_TEXT = frozenset(("json", "text"))
_NAMED = 5
# Where pointers stand in the place of data, they do so in most places.
_MOST_SMALL = 2_000


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each kind of fault, with the files that have it."""
    pointers: list[str] = []
    problems: dict[str, list[str]] = {}
    read = dict.fromkeys(_weights(repository) if repository.kind == "model" else _data(repository))
    small = 0
    for path in (*read, *(path for path in repository.files if path not in read and _is_no_prose(path))):
        small += repository.files[path] in SIZES
        if small <= _MOST_SMALL and pointed_size(repository, path) is not None:
            if is_committed_as_text(repository, path) and not may_be_on_hub(repository, path):
                pointers.append(path)
        elif path in read:
            problem = problem_of(repository, path) or _emptiness(repository, path)
            if problem:
                problems.setdefault(problem, []).append(path)
    if pointers:
        yield Finding(
            *at_file(pointers[0]),
            f"{_these(pointers)} a Git LFS pointer, the text of three lines that stands for the content, and no line "
            "of .gitattributes covers it, so the Hub does not get the content",
            help="get the content with `git lfs pull` where it came from, and track the file with `git lfs track`",
        )
    for problem, paths in problems.items():
        yield Finding(*at_file(paths[0]), f"`{paths[0]}` {problem}{_others(paths)}", help=_remedy(repository.kind))


def _is_no_prose(path: str) -> bool:
    """Whether nobody writes the text of a pointer into a file of that name."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() in BINARY or name in VOCABULARIES


def _these(paths: list[str]) -> str:
    return f"`{paths[0]}` is" if len(paths) == 1 else f"{listed(paths, _NAMED)} are each"


def _others(paths: list[str]) -> str:
    return f"; so do {listed(paths[1:], _NAMED)}" if len(paths) > 1 else ""


def _remedy(kind: str) -> str:
    loader = "whatever loads the model" if kind == "model" else "`load_dataset`"
    return f"{loader} raises an error; write the file again, or upload it anew"


def _weights(repository: Repository) -> list[str]:
    from hublint.model.library import weights_of

    return weights_of(repository)


def _data(repository: Repository) -> list[str]:
    return list(dict.fromkeys(path for paths in _splits(repository) for path in paths))


def _splits(repository: Repository) -> Iterator[list[str]]:
    """The files of each split that `datasets` makes."""
    for subset in subsets_of(repository):
        yield from splits_of(repository, subset).values()


def _emptiness(repository: Repository, path: str) -> str:
    """What is wrong with a text file of 0 bytes: a CSV always raises, others where their split has nothing else."""
    builder = builder_of(path) if repository.kind == "dataset" else ""
    if builder == "csv" and _is_blank(repository, path):
        return "is empty"
    if builder not in _BUILDERS_OF_TEXT or repository.files[path] != 0:
        return ""
    splits = [paths for paths in _splits(repository) if path in paths]
    alone = any(all(repository.files[other] == 0 for other in paths) for paths in splits)
    return "is empty, and its split has no other data" if alone else ""


def _is_blank(repository: Repository, path: str) -> bool:
    """Whether a file has no bytes, or a few that are blank lines."""
    if repository.files[path] not in range(1, 16):
        return repository.files[path] == 0
    source = repository.glance(path)
    return source is not None and not source.is_binary and not source.text.strip("\r\n")

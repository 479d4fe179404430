"""A JSON or text file that the datasets library cannot read.

## What it does
Reads the JSON, JSON Lines and text files that the subsets load, a megabyte and 10,000 rows of a file, 64 files of a
subset, and finds the first place that is not JSON, and bytes that are not UTF-8. What datasets takes is fine: objects
over several lines, several objects in one line, NaN. Silent where the card sets an encoding. Where the card sets
`field`, each file must be an object with that key. A file called `.gz`, a CSV file too, must be gzip.

## Why it matters on the Hub
`load_dataset` raises, as does the dataset viewer, for all files of the subset. JSON Lines in Latin-1 load, and the
error comes as soon as a row is read: a warning.

## Example
```text train.jsonl
{"q": "a", "n": 1}
{"q": "b", "n": 2},
```

## Use instead
```text train.jsonl
{"q": "a", "n": 1}
{"q": "b", "n": 2}
```

## Evidence
PyPI datasets 5.2.0 (json.py, text.py) over pyarrow 26 and pandas 3, and what it did with such files (2026-11-29):
tests/test_load_files.py. Reports: https://github.com/huggingface/dataset-viewer/issues/2461,
https://github.com/huggingface/dataset-viewer/issues/3053 (UnicodeDecodeError: 1,211 datasets).
"""

from __future__ import annotations

from hublint.dataset.heads import head_of, is_gzip
from hublint.dataset.loading import loads_of
from hublint.documents.source import Span
from hublint.documents.tables import bounds
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.heads import Head
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF016",
    name="unparsable-data",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(
        ".csv.gz",
        ".tsv.gz",
        ".json",
        ".ndjson",
        ".txt",
    ),
)

_READ = ("json", "text")
_MARKS = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each file that cannot be read, once."""
    seen: set[str] = set()
    for load in loads_of(repository, "csv", *_READ):
        for path in load.paths[: bounds.FILES]:
            if path in seen:
                continue
            seen.add(path)
            if is_gzip(repository, path) is False:
                message = "this is not gzip, as its name says: `load_dataset` raises; rename the file, or compress it"
                yield Finding(*at_file(path), message, hub_message="Not a gzipped file")
                continue
            if load.form.builder not in _READ:  # DF010's
                continue
            head = head_of(repository, path, load.form.builder, load.parameters)
            if head is not None and head.lacks_field:
                message = (
                    f"the card has the rows looked for under the key {shown(load.parameters['field'])}, which this "
                    "file has not: `load_dataset` raises; remove `field`, or write the rows under that key"
                )
                yield Finding(head.source, Span(0, 1), message)
            elif head is not None:
                yield from _problem(head, load.form.builder)


def _problem(head: Head, builder: str) -> Iterator[Finding]:
    source = head.source
    if head.broken is not None:
        at = min(head.broken.offset, max(len(source.text) - 1, 0))
        line = source.position(at).line
        message = f"line {line} is not JSON as datasets reads it: {head.broken.why}; `load_dataset` raises"
        yield Finding(source, Span(at, min(at + 1, len(source.text))), message, hub_message="JSON parse error")
    elif source.encoding in _MARKS:
        message = (
            f"this file is {_MARKS[source.encoding]}, and datasets reads UTF-8: `load_dataset` raises; save it as UTF-8"
        )
        yield Finding(source, Span(0, 1), message)
    elif not source.is_utf8 and not source.is_binary:
        yield _undecodable(source, builder)


def _undecodable(source: Source, builder: str) -> Finding:
    at = next(index for index, character in enumerate(source.text) if "\udc80" <= character <= "\udcff")
    is_list = builder == "json" and source.text.startswith("[")
    loads = builder == "json" and not is_list
    way_out = "save it as UTF-8" + ("" if is_list else ", or set `encoding` in the card's `configs`")
    return Finding(
        source,
        Span(at, at + 1),
        f"the byte 0x{ord(source.text[at]) - 0xDC00:02x} is not UTF-8, as which datasets reads this file: "
        f"{'the row cannot be read' if loads else '`load_dataset` raises'}; {way_out}",
        hub_message="'utf-8' codec can't decode byte",
        severity="warning" if loads else None,
    )

"""A CSV file that the datasets library cannot read.

## What it does
Reads the CSV and TSV files that the subsets load, up to two megabytes each, and finds the first byte that is not
UTF-8, the first row with more fields than the header and the first row have, and quotes that nothing closes. Silent
where the card sets parameters of the reader.

## Why it matters on the Hub
`load_dataset` raises UnicodeDecodeError or ParserError, and the dataset viewer shows an error. Files saved by Excel are
often in Windows-1252 or UTF-16; a comma inside a text needs quotes around the field.

## Example
```text cities.csv
city,country
Orleans,France
Paris, Texas,USA
```

## Use instead
```text cities.csv
city,country
Orleans,France
"Paris, Texas",USA
```

## Evidence
PyPI datasets 5.2.0 over pandas 3 (csv.py reads strict UTF-8 with the C parser); tests compare the rule with pandas.
"""

from __future__ import annotations

from hublint.dataset.data_formats import format_of
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.documents.source import Span
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF010",
    name="csv-not-utf8",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_LARGEST = 2 * 1024 * 1024
_MOST = 20
_MARKS = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each file that cannot be read, up to a number of files."""
    paths: dict[str, str] = {}
    for subset in subsets_of(repository):
        if subset.parameters:
            continue
        found = [path for each in splits_of(repository, subset).values() for path in each]
        form = format_of(found)
        if form.builder == "csv":
            separator = "\t" if form.arguments else ","
            paths.update((path, separator) for path in found if path.endswith((".csv", ".tsv")))
    small = [path for path in paths if repository.files[path] <= _LARGEST]
    for path in small[:_MOST]:
        source = repository.source(path)
        if source is not None and not source.is_pointer:
            finding = _encoding(source) or _ragged(source, paths[path])
            if finding is not None:
                yield finding


def _encoding(source: Source) -> Finding | None:
    if source.encoding in _MARKS:
        message = f"this file is {_MARKS[source.encoding]}, and datasets reads CSV as UTF-8; save it as UTF-8"
        return Finding(source, Span(0, 1), message, hub_message="UnicodeDecodeError: 'utf-8' codec can't decode byte")
    if source.is_utf8:
        return None
    at = next(index for index, character in enumerate(source.text) if "\udc80" <= character <= "\udcff")
    message = (
        f"the byte 0x{ord(source.text[at]) - 0xDC00:02x} is not UTF-8, and datasets reads CSV as UTF-8; save it as "
        "UTF-8, or set `encoding` in the card's `configs`"
    )
    return Finding(source, Span(at, at + 1), message, hub_message="UnicodeDecodeError: 'utf-8' codec can't decode byte")


def _ragged(source: Source, separator: str) -> Finding | None:
    """The first row with too many fields; the C parser lets the row below the header have more, for an index."""
    from hublint.documents.tables import csv

    if source.is_binary:
        return None
    most = last = 0
    try:
        for number, (line, row) in enumerate(csv.rows(source.text, separator)):
            if number > 1 and len(row) > most:
                return Finding(
                    source,
                    source.line_span(line),
                    f"this row has {len(row)} fields where {most} are expected; put quotes around fields that hold "
                    f"{'a tab' if separator != ',' else 'a comma'}, or set `sep` in the card's `configs`",
                    hub_message=f"Expected {most} fields in line {line}, saw {len(row)}",
                )
            most, last = max(most, len(row)), line
    except ValueError:
        return None
    if not csv.ends_in_quotes(source.text, separator):
        return None
    return Finding(
        source,
        source.line_span(last),
        'a field of this row begins with `"`, and nothing closes it up to the end of the file; close it, or upload '
        "the whole file",
        hub_message="Error tokenizing data. C error: EOF inside string",
    )

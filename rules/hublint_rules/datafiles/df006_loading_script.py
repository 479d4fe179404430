"""A loading script, which datasets 4 and later do not run.

## What it does
Looks at the root of the repository for a Python file that bears the repository's name, and for one that defines a
dataset builder (`GeneratorBasedBuilder`, `ArrowBasedBuilder`, `BuilderConfig`). Also finds `trust_remote_code=True` in
the `load_dataset` calls that the card shows.

## Why it matters on the Hub
The mere presence of `NAME.py` in the repository `owner/NAME` makes `load_dataset` raise, whatever other files there
are, and the dataset viewer refuses the repository. A script of another name is dead code, and what it would have loaded
cannot be loaded. `trust_remote_code` only gives an error message in the log.

## Example
```yaml
license: mit
```
```python loader.py
import datasets


class Squares(datasets.GeneratorBasedBuilder):
    def _generate_examples(self):
        yield 0, {"square": 0}
```

## Use instead
```yaml
license: mit
configs:
- config_name: default
  data_files: squares.csv
```
```text squares.csv
square
0
```

## Evidence
PyPI datasets 5.2.0, load.py: dataset_module_factory raises where `NAME.py` exists, load_dataset drops
`trust_remote_code`; 3.6.0 still ran scripts. DatasetWithScriptNotSupportedError in huggingface/dataset-viewer
(2026-08-20). The name is taken from the git remote, else from the folder.
"""

from __future__ import annotations

from hublint.dataset.loading_scripts import loading_scripts, name_of_script
from hublint.dataset.subsets import holds_data
from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF006",
    name="loading-script",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_OLD = lazy(r"\bdatasets\s*(?:<=?|==|~=)\s*[1-4]\b(?!\.[1-9])")
_CALL = lazy(r"load_dataset(?:_builder)?\(([^()]{0,300}?)\btrust_remote_code\s*=\s*True")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each loading script, and for each call of the card that asks to run one."""
    for path, where in loading_scripts(repository).items():
        if where is None or path == name_of_script(repository):
            yield _named(repository, path, where)
        else:
            yield _other(repository, path, where)
    if repository.card is not None:
        yield from _advice(repository.card)


def _named(repository: Repository, path: str, where: ast.ClassDef | None) -> Finding:
    source, place = at_file(path)
    return Finding(
        repository.source(path) or source,
        where if where is not None else place,
        f"`{path}` has the repository's name, so datasets 4 and later take it for a loading script and refuse the "
        "repository; publish the data as Parquet, CSV or JSON Lines, and remove or rename the file",
        hub_message=f"Dataset scripts are no longer supported, but found {path}",
    )


def _other(repository: Repository, path: str, where: ast.ClassDef) -> Finding:
    source, _ = at_file(path)
    return Finding(
        repository.source(path) or source,
        where,
        f"`{where.name}` in `{path}` is a loading script, which datasets 4 and later do not run; publish the data as "
        "Parquet, CSV or JSON Lines",
        severity="warning" if holds_data(repository) else None,
    )


def _advice(card: Card) -> Iterator[Finding]:
    start, end = card.body
    if "trust_remote_code" not in card.text:
        return
    if _OLD.search(card.text, start, end):  # the card says that an old version is wanted
        return
    for found in _CALL.finditer(card.text, start, end):
        at = found.start() + found[0].rindex("trust_remote_code")
        yield Finding(
            card,
            Span(at, found.end()),
            "`trust_remote_code=True` does nothing in datasets 4 and later but log an error; leave it out",
            severity="warning",
            hub_message="`trust_remote_code` is not supported anymore.",
        )

"""What a training run needs to go on, and nobody needs to use the model.

## What it does
Looks in models for the state of optimizers, schedulers and random numbers that no .gitignore leaves out. A folder
such as `checkpoint-1000` with such a state is named as a whole where there are weights at the root. All of it is one
finding.

## Why it matters on the Hub
An optimizer's state is about twice as large as the weights, and everyone who clones the repository or takes a
snapshot of it downloads it.

## Example
```json config.json
{"model_type": "bert"}
```
```text optimizer.pt
state
```

## Use instead
```json config.json
{"model_type": "bert"}
```

## Evidence
Advice; the names are those of `Trainer` in transformers 5.23.0 (PyPI, trainer.py): `optimizer.pt`, `scheduler.pt`,
`rng_state.pth`, `checkpoint-<step>`; tests of them are in fixtures/rules/RP006.yml."""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed
from hublint_rules.repository._files import by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP006",
    name="training-leftovers",
    severity="info",
    effect="advice",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(
        "optimizer.",
        "scheduler.",
        "scaler.pt",
        "rng_state",
        "random_states",
    ),
)

_STATE = lazy(
    r"^(?:optimizer\.(?:pt|bin)|scheduler\.(?:pt|bin)|scaler\.pt|rng_state(?:_\d+)?\.pth|random_states_\d+\.pkl)$"
)
_CHECKPOINT = lazy(r"(?:[^/]+/)*?checkpoint-\d+/")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield at most one finding, on the first of them."""
    from hublint.model.library import weights_of

    found = [
        path
        for name, paths in by_name(repository).items()
        if name[:1] in "osr" and _STATE.search(name)
        for path in paths
        if path not in ignores(repository)
    ]
    if not found:
        return
    # A checkpoint is of use where there are no other weights.
    whole = any("/" not in path for path in weights_of(repository))
    leftovers = sorted({checkpoint[0] if whole and (checkpoint := _CHECKPOINT.match(path)) else path for path in found})
    yield Finding(
        *at_file(leftovers[0].rstrip("/")),
        f"{listed(leftovers, 3)} {'is' if len(leftovers) == 1 else 'are'} needed only to continue the training",
        help="add it to .gitignore; `save_only_model=True` of `TrainingArguments` does not write it",
    )

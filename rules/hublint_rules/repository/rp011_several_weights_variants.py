"""Several models lie in one repository, each in a folder of its own.

## What it does
Looks for folders that each hold a whole model: a `config.json` beside weights. Parts of one model are silent: those
that `model_index.json` or `modules.json` name, checkpoints of a training, and the same model in other formats.

## Why it matters on the Hub
Downloads, likes, tags and the model card belong to the repository, so nobody sees which of its models they are about,
and `from_pretrained` finds a model in a folder with `subfolder=` only. A collection groups repositories.

## Example
```yaml
license: mit
```
```text small/config.json
{"model_type": "bert"}
```
```text small/model.safetensors
weights
```
```text large/config.json
{"model_type": "bert"}
```
```text large/model.safetensors
weights
```

## Use instead
```yaml
license: mit
```
```text config.json
{"model_type": "bert"}
```
```text model.safetensors
weights
```

## Evidence
Advice of https://huggingface.co/docs/hub/model-release-checklist (2026-08): separate repositories for different model
weights, grouped in a collection.
"""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules.repository._files import by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP011",
    name="several-weights-variants",
    severity="info",
    effect="advice",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    default=False,
    only_if=("config.json",),
)

_WEIGHTS = lazy(r"(?:model|pytorch_model)(?:-\d+-of-\d+)?\.(?:safetensors|bin)$")
_PARTS = ("model_index.json", "modules.json")
_CHECKPOINT = lazy(r"(?:^|/)(?:checkpoint|step|epoch)[-_]?\d+(?:/|$)")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding where there are two models or more, on the second."""
    names = by_name(repository)
    if any(part in names for part in _PARTS):
        return
    configured = {path.rpartition("/")[0] for path in names.get("config.json", ())}
    weighted = {path.rpartition("/")[0] for path in repository.files if _WEIGHTS.match(path[path.rfind("/") + 1 :])}
    models = sorted(folder for folder in configured & weighted if not _CHECKPOINT.search(folder))
    if len(models) > 1:
        listed = ", ".join(f"`{folder or '.'}`" for folder in models[:3]) + (", ..." if len(models) > 3 else "")
        yield Finding(
            *at_file(f"{models[1]}/config.json"),
            f"{len(models)} models are in one repository ({listed}); give each its own, and group them in a collection",
        )

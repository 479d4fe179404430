"""A file that a model's own configuration names, that its library opens, and that is not in the repository.

## What it does
Follows `auto_map` in config.json and the configurations of tokenizer and processor to Python files, and those to the
modules beside them that they import; modules.json of sentence-transformers to the configuration of each module that
needs one, and to the weights of those that have some, such as `2_Dense`; model_index.json of diffusers to the folders
of the components. `auto_map` of another repository (`owner/name--module.Class`), components that are `null` and modules
without a configuration (`2_Normalize`) are fine.
Where transformers has a class of its own for this type of model, so that it also loads without the file, it is a
warning.

## Why it matters on the Hub
`from_pretrained` fetches these files and fails: "does not appear to have a file named modeling_x.py". `push_to_hub`
does not upload code that was not registered with `register_for_auto_class`.

## Example
```json config.json
{"model_type": "flash", "auto_map": {"AutoModel": "modeling_flash.FlashModel"}}
```
```text model.safetensors
weights
```

## Use instead
```json config.json
{"model_type": "flash", "auto_map": {"AutoModel": "modeling_flash.FlashModel"}}
```
```text model.safetensors
weights
```
```python modeling_flash.py
class FlashModel: ...
```

## Evidence
PyPI transformers 5.24.0 (dynamic_module_utils.py: the module and all its relative imports are fetched first),
sentence-transformers 6.2.0 (`Pooling` and others have no defaults for what their configuration holds; `Dense` raises
"Could not find 'model.safetensors' or 'pytorch_model.bin'", base/modules/module.py), diffusers 0.42.1
(every component that is not `null` is loaded), read 2026-11; huggingface/transformers#29714,
huggingface/sentence-transformers#2458. transformers 5.24.0 (run, 2026-11-29): with an absent module of a tokenizer, a
BERT loads without `trust_remote_code`, a model of an own type does not load at all.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.model.named_files import absent_files
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP014",
    name="named-file-absent",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(".json",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each file that is named and absent."""
    for named in absent_files(repository):
        source = repository.source(named.by)
        if source is None:
            continue
        at = source.text.find(named.word)
        what = "folder" if "." not in named.path.rpartition("/")[2] else "file"
        yield Finding(
            source,
            Span(at, at + len(named.word)) if at >= 0 else Span(0, 0),
            f"`{named.by}` names the {what} `{named.path}`, which is not in the repository: {named.reader} fails",
            help=f"upload `{named.path}`, or correct `{named.by}`",
            severity="warning" if named.optional else None,
        )

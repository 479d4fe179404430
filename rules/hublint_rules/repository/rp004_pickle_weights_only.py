"""A model whose weights are there as Python pickles only.

## What it does
Looks for weights in pickle formats (`pytorch_model.bin`, `.pt`, `.pth`, `.ckpt`, `.pkl`, `.joblib`) in a model that has
none in any other format. Files that `save_pretrained` writes are warned about, since it can write safetensors instead;
the others are a hint.

## Why it matters on the Hub
Loading a pickle runs whatever code is in it. The Hub scans pickles and shows a mark beside them, transformers does not
load them with torch below 2.6, and many people take safetensors only.

## Example
```json config.json
{"model_type": "bert"}
```
```text pytorch_model.bin
weights
```

## Use instead
```json config.json
{"model_type": "bert"}
```
```text model.safetensors
weights
```

## Evidence
Advice; `check_torch_load_is_safe` in transformers 5.23.0 (PyPI);
https://huggingface.co/docs/hub/security-pickle and https://huggingface.co/docs/hub/security-malware (2026-08);
for scikit-learn https://scikit-learn.org/stable/model_persistence.html.
"""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP004",
    name="pickle-weights-only",
    severity="warning",
    effect="advice",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(
        ".bin",
        ".pt",
        ".pth",
        ".ckpt",
        ".pkl",
        ".pickle",
        ".joblib",
    ),
)

_SAVED = lazy(r"(?:^|/)(?:pytorch_model|adapter_model|diffusion_pytorch_model|pytorch_lora_weights)[\w.-]*\.bin$")
_PICKLE = lazy(r"\.(?:pt|pth|ckpt|pkl|pickle|joblib)$")
# MindSpore's .ckpt is protobuf; the files of these libraries have no other format.
_OTHER_FORMATS = ("mindspore", "flair", "stanza", "fairseq")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield at most one finding, on the first such file."""
    from hublint.model.library import weights_of

    weights = weights_of(repository)
    saved = [path for path in weights if _SAVED.search(path)]
    pickles = [path for path in weights if _PICKLE.search(path)]
    if not (saved or pickles) or len(saved) + len(pickles) < len(weights) or _library(repository) in _OTHER_FORMATS:
        return
    first = min(saved or pickles, key=lambda path: (path.count("/"), path))
    if first in ignores(repository):
        return
    count = len(saved) + len(pickles)
    what = f"`{first}` is a pickle file, which can run code when it is loaded"
    if count > 1:
        what = (
            f"`{first}` and {counted(count - 1, 'more file')} are pickle files, which can run code when they are loaded"
        )
    if first.endswith((".pkl", ".pickle", ".joblib")):
        message = "save the model without pickle"
        help = "skops saves scikit-learn models without pickle: `skops.io.dump`"
    else:
        message = "upload safetensors too"
        help = "safetensors hold no code: " + (
            "`save_pretrained` writes them" if saved else "`safetensors.torch.save_file` writes them"
        )
    yield Finding(*at_file(first), f"{what}; {message}", help=help, severity=None if saved else "info")


def _library(repository: Repository) -> object:
    return repository.card.data.get("library_name") if repository.card else None

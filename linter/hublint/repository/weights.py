"""Which files hold a model's weights, by their names."""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.texts import VENDORED

_ENDINGS = frozenset(
    "safetensors gguf ggml bin pt pth ckpt onnx h5 msgpack keras tflite nemo mlmodel joblib pkl skops pdparams npz "
    "engine rkllm litertlm sentis mxq pte ot llamafile".split()
)
# What training and tokenizing leave beside weights, under the same endings.
_OTHERS = lazy(
    r"(?:^|/)(?:optimizer|scheduler|scaler|rng_state|training_args|random_states|imatrix|tokenizer|vocab|spm)[^/]*$"
    r"|^runs/"
)


def is_weights(path: str) -> bool:
    """Whether a file, or what lies in an .mlpackage, holds weights; `texts` tells which names are not text."""
    if path.rpartition(".")[2] not in _ENDINGS and ".mlpackage/" not in path:
        return False
    return not _OTHERS.search(path) and VENDORED.isdisjoint(path.split("/"))

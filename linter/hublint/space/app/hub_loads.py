"""What an app's code loads from the Hub by ids that are written out."""

from __future__ import annotations

from hublint.model.hub_ids import is_repo_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python import Call, PythonSource

# What is called (its last name), and the argument with the id by name and place.
_MODELS = {
    "from_pretrained": (("pretrained_model_name_or_path", 0), ("repo_id", -1), ("model_id", -1)),
    "from_single_file": (),
    "pipeline": (("model", 1),),
    "SentenceTransformer": (("model_name_or_path", 0),),
    "CrossEncoder": (("model_name_or_path", 0), ("model_name", -1)),
    "InferenceClient": (("model", 0),),
    "AsyncInferenceClient": (("model", 0),),
    "WhisperModel": (("model_size_or_path", 0),),
}
_DOWNLOADS = ("hf_hub_download", "snapshot_download")
_DATASETS = {"load_dataset": (("path", 0),), "load_dataset_builder": (("path", 0),)}


def load_of(module: PythonSource, call: Call) -> tuple[str, str]:
    """What a call loads, `model` or `dataset`, and its id; empty texts where it loads nothing or that is not known."""
    method, kind = call.method, "model"
    if method in _DOWNLOADS:
        given = call.argument("repo_type")
        known = module.value(given) if given is not None else None
        if given is not None and (known is None or known.value not in (None, "model", "dataset")):
            return "", ""
        kind = "dataset" if known is not None and known.value == "dataset" else "model"
        arguments: tuple[tuple[str, int], ...] = (("repo_id", 0),)
    elif method in _DATASETS:
        kind, arguments = "dataset", _DATASETS[method]
    else:
        arguments = _MODELS.get(method, ())
    for name, position in arguments:
        expression = call.argument(name, position)
        if expression is not None:
            value = module.value(expression)
            known_id = value is not None and value.env is None and value.option is None
            text = value.value if value is not None and known_id else None
            return (kind, text) if isinstance(text, str) and "/" in text and is_repo_id(text) else ("", "")
    return "", ""

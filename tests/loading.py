"""What `load_dataset` does with a folder of files, and what the rules say of it."""

from __future__ import annotations

import importlib.util
import os
import random
import tempfile
import time
from pathlib import Path

import pytest

from repositories import findings, make

Files = dict[str, "str | bytes"]

ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f6173855"
    "0000000049454e44ae426082"
)
needs_datasets = pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None and not os.environ.get("CI"), reason="datasets is not installed"
)


def chance(what: str = "") -> random.Random:
    """Another one at every run, but in CI, for each thing that is drawn; HUBLINT_TEST_SEED repeats a run."""
    chosen = os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6))
    print(f"HUBLINT_TEST_SEED={chosen}")
    return random.Random(f"{chosen} {what}")


def load(files: Files) -> str:
    """What `load_dataset` raises for a folder of files; empty where it loads all splits of all subsets."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HF_HUB_OFFLINE", "1")
        environment.setenv("HF_DATASETS_OFFLINE", "1")
        return _raised(files)


def _raised(files: Files) -> str:
    import datasets

    datasets.disable_progress_bars()
    datasets.logging.set_verbosity(datasets.logging.CRITICAL)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        repository = Path(temporary, "repo")
        for name, text in files.items():
            place = repository / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            for subset in datasets.get_dataset_config_names(str(repository)):
                datasets.load_dataset(str(repository), subset, cache_dir=f"{temporary}/cache")
        except Exception as error:
            return f"{type(error).__name__}: {error.__cause__ or error}"
    return ""


def foretold(files: Files, *rules: str) -> list[str]:
    """The errors that the rules find."""
    found = findings(make("dataset", files), *rules)
    return [f"{each.place.path}:{each.place.line} {each.message}" for each in found if each.severity == "error"]

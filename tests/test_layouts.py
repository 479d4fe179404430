"""Layouts that datasets is published in: silent where they load, and each with a sample that does not.

tests/test_load_borders.py holds LeRobot, WebDataset, pictures and many subsets against `load_dataset`; sounds and
sessions of agents need more libraries there, so that here they are judged alone.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from folder_borders import BORDERS
from repositories import findings, make

if TYPE_CHECKING:
    from loading import Files

CARD: Files = {"README.md": "---\nlicense: mit\ntask_categories:\n- other\n---\n# Data\n\nRows of one kind.\n"}
SOUNDS: Files = {f"{split}/{name}.wav": b"RIFF" + bytes(60) for split in ("train", "test") for name in "ab"}
TABLE = "file_name,text\na.wav,x\nb.wav,y\n"


def session(*events: dict[str, object]) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


CLAUDE = session(
    {"type": "user", "message": {"role": "user", "content": "hi"}, "uuid": "1", "sessionId": "s"},
    {"type": "assistant", "message": {"role": "assistant", "content": [{"type": "text"}]}, "uuid": "2", "cost": 1.5},
)
CODEX = session(
    {"timestamp": "2026-07-01T10:00:00Z", "type": "session_meta", "payload": {"id": "a", "cwd": "/x"}},
    {"timestamp": "2026-07-01T10:00:01Z", "type": "response_item", "payload": {"type": "message", "role": "user"}},
)
PI = session(
    {"type": "session", "version": 3, "id": "a", "timestamp": "2026-07-01T10:00:00Z", "cwd": "/x"},
    {"type": "message", "id": "b", "parentId": None, "message": {"role": "user"}, "tokens": 3},
)
# Files that load, what is changed so that they do not, and the rule that says so.
LAYOUTS: dict[str, tuple[Files, Files, str]] = {
    "sounds": (SOUNDS, {"train/metadata.csv": "text\nx\ny\n"}, "DF011"),
    "sounds with metadata": (
        {**SOUNDS, "train/metadata.csv": TABLE, "test/metadata.csv": TABLE},
        {"test/metadata.csv": TABLE.replace("text", "label")},
        "DF011",
    ),
    "Claude Code": ({"a.jsonl": CLAUDE, "b.jsonl": CLAUDE * 2}, {"b.jsonl": CLAUDE + '{"type": "user",\n'}, "DF016"),
    "Codex": ({"s/a.jsonl": CODEX, "s/b.jsonl": CODEX * 2}, {"s/b.jsonl": CODEX + "{'type': 1}\n"}, "DF016"),
    "Pi": ({"x/a.jsonl": PI, "y/b.jsonl": PI * 2}, {"y/b.jsonl": PI + "]\n"}, "DF016"),
    "a benchmark": (
        {"eval.yaml": "name: B\n", "test.jsonl": '{"q": "a"}\n{"q": "b"}\n'},
        {"test.jsonl": "", "data.jsonl": '{"q": "a"}\n{"q": "b"}\n'},
        "RP015",
    ),
}


def said(files: Files) -> dict[str, str]:
    found = findings(make("dataset", {**CARD, **files}), "DF", "DC", "RP", "FM")
    return {each.code: each.message for each in found if each.severity in ("error", "warning")}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    sound, broken, code = LAYOUTS[name]
    assert not said(sound)
    assert code in said({**sound, **broken})


@pytest.mark.parametrize(
    ("border", "code"),
    [
        ("robots", "DF020"),
        ("samples_of_webdataset", "DF018"),
        ("metadata_of_splits", "DF011"),
        ("many_subsets", "DF014"),
    ],
)
def test_layouts_that_are_loaded_elsewhere(border: str, code: str) -> None:
    for seed in range(5):
        assert not said(BORDERS[border](random.Random(seed), False)).keys() - {"DC006"}
        assert code in said(BORDERS[border](random.Random(seed), True))

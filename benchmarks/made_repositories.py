"""Repositories that are made up: as many models, datasets and Spaces as on average, with cards as long as those of the
Hub, and slips in half of them."""

from __future__ import annotations

import bisect
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

# Characters of the metadata and of the text in 1,191 collected READMEs (2026-08): the least, each tenth, and nearly the
# most.
_METADATA = {
    "model": (10, 12, 12, 23, 32, 37, 65, 78, 116, 164, 2_000),
    "dataset": (240, 286, 312, 327, 338, 353, 376, 403, 468, 705, 6_000),
    "space": (80, 95, 115, 136, 153, 183, 239, 291, 379, 794, 2_800),
}
_TEXT = {
    "model": (0, 365, 1_053, 1_401, 1_863, 2_523, 3_109, 3_476, 4_106, 5_491, 19_800),
    "dataset": (300, 1_220, 1_663, 2_522, 2_822, 3_891, 4_805, 5_844, 7_312, 9_507, 46_000),
    "space": (30, 98, 189, 1_221, 2_000, 3_498, 4_182, 4_861, 6_201, 8_705, 30_900),
}
_SHARES = (("dataset", 0.43), ("model", 0.82), ("space", 1.0))
_KEYS = {
    "model": (
        "license: {license}", "language:\n- en", "tags:\n- text-classification\n- pytorch",
        "library_name: transformers", "datasets:\n- org/reviews", "base_model: org/encoder",
        "metrics:\n- accuracy\n- f1", "pipeline_tag: {task}",
    ),
    "dataset": (
        "annotations_creators:\n- found", "language_creators:\n- found", "language:\n- en\n- de",
        "license:\n- {license}", "multilinguality:\n- multilingual", "size_categories:\n- 1K<n<10K",
        "source_datasets:\n- original", "task_categories:\n- {task}", "task_ids:\n- sentiment-classification",
        "pretty_name: Reviews {number}",
    ),
    "space": (
        "title: Demo {number}", "emoji: 🐢", "colorFrom: {colour}", "colorTo: blue", "sdk: gradio",
        "sdk_version: 5.49.1", "app_file: app.py", "pinned: false", "license: {license}",
        "short_description: What a review says",
    ),
}  # fmt: skip
_MORE = {
    "model": (
        "model-index:\n- name: model\n  results:",
        "  - task:\n      type: text-classification\n    dataset:\n      name: Reviews\n      type: org/reviews\n"
        "    metrics:\n    - type: accuracy\n      value: 0.{number}\n      name: Accuracy",
    ),
    "dataset": ("dataset_info:\n  features:", "  - name: column_{number}\n    dtype: string"),
    "space": ("tags:", "- demo-{number}"),
}
_WORDS = (
    "the data come from reviews that people wrote about shops and their answers each line has a text and a label which "
    "two readers gave where they did not agree a third one was asked models that learn from it know what a review says "
    "but not why and they should not be used to judge people"
).split()
_CODE = '```python\nfrom transformers import pipeline\n\npipe = pipeline("text-classification", model="org/m")\n```'
_TABLE = "| name | value |\n|---|---|\n| accuracy | 0.91 |\n| f1 | 0.88 |"
_APP = 'import gradio as gr\n\ndemo = gr.Interface(lambda text: text, "text", "text")\n{key}demo.launch()\n'


class Made(NamedTuple):
    """One repository: the text of each of its files."""

    name: str
    kind: str
    files: dict[str, str]

    @property
    def metadata(self) -> str:
        """The YAML at the top of its card."""
        return self.files["README.md"].split("---\n", 2)[1]


def repositories(count: int, seed: int = 1) -> Iterator[Made]:
    """So many repositories, the same ones for the same seed."""
    random = Random(seed)
    for number in range(count):
        kind = _SHARES[bisect.bisect([share for _, share in _SHARES], random.random())][0]
        card = f"---\n{_metadata(random, kind, number)}---\n\n{_text(random, _length(random, _TEXT[kind]))}"
        yield Made(f"{number:06}", kind, {"README.md": card, **_beside(random, kind)})


def write(folder: Path, made: Iterator[Made]) -> None:
    """Folders of repositories by kind, and beside them their metadata alone, for tools that read YAML only."""
    for each in made:
        place = folder / "repositories" / each.kind / each.name
        for path, text in each.files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text, "utf-8")
        metadata = folder / "metadata" / each.kind
        metadata.mkdir(parents=True, exist_ok=True)
        (metadata / f"{each.name}.yaml").write_text(each.metadata, "utf-8")


def _length(random: Random, tenths: tuple[int, ...]) -> int:
    tenth = random.randrange(10)
    return random.randint(tenths[tenth], tenths[tenth + 1])


def _metadata(random: Random, kind: str, number: int) -> str:
    slips = random.random() < 0.5
    values = {
        "license": "Apache 2.0" if slips and random.random() < 0.5 else "apache-2.0",
        "task": "text-clasification" if slips else "text-classification",
        "colour": "turquoise" if slips else "green",
        "number": str(number),
    }
    length = _length(random, _METADATA[kind])
    opening, item = _MORE[kind]
    lines, size = [], 0
    for part in itertools.chain(_KEYS[kind], [opening], itertools.repeat(item)):
        if lines and size >= length:
            break
        values["number"] = f"{number}{len(lines)}"
        lines.append(part.format(**values))
        size += len(lines[-1]) + 1
    if lines[-1] == opening:
        lines.append(item.format(**values))
    return "".join(f"{line}\n" for line in lines)


def _text(random: Random, length: int) -> str:
    parts = ["# Reviews"]
    size = 0
    while size < length:
        chance = random.random()
        if chance < 0.1:
            parts.append(f"## Part {len(parts)}")
        elif chance < 0.15:
            parts.append(_CODE)
        elif chance < 0.18:
            parts.append(_TABLE)
        elif chance < 0.2:
            parts.append("[More Information Needed]")
        else:
            sentence = " ".join(random.choices(_WORDS, k=random.randint(20, 80)))
            link = " See [the paper](https://example.org/paper.pdf)." if random.random() < 0.4 else ""
            sign = " 🎉" if random.random() < 0.1 else ""
            parts.append(f"{sentence.capitalize()}.{link}{sign}")
        size += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def _beside(random: Random, kind: str) -> dict[str, str]:
    """The files beside a card; one Space in twenty has a key in its code, which is made up as well."""
    if kind == "model":
        return {"config.json": json.dumps({"model_type": "bert", "hidden_size": 768, "vocab_size": 30522})}
    if kind == "dataset":
        return {"data/train.csv": "text,label\n" + "".join(f"a review,{number % 2}\n" for number in range(50))}
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    key = f'KEY = "hf_{"".join(random.choices(letters, k=34))}"\n' if random.random() < 0.05 else ""
    return {"app.py": _APP.format(key=key), "requirements.txt": "transformers==4.57.0\n"}

"""New blocks are written by ruamel.yaml, in the file's indentation, and read alike by every YAML reader."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hublint.documents.yaml.layout import BlockStyle
from hublint.documents.yaml.parsing import parse

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.sampled_from(
    "no|y|3.10|1e3|012|0o17|12:30|1_0|~||<<|=|2020-01-01|a: b|a:|# x|x #y|- x| x|x |@x|a?|?|a,b|{{x}}|---|...|🤗|é|it's"
    '|q"q|C:\\x|a\tb|\x07|\u2028|one\ntwo|one\n\n # two\n|\none|one \ntwo|one\n\n|one\r\ntwo|http://x.y/z'.split("|")
)
TEXTS = st.one_of(WORDS, st.text(max_size=6), st.just("long word " * 30 + "end"))
NUMBERS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False))
DATA = st.recursive(
    st.one_of(TEXTS, NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
STYLES = st.builds(
    BlockStyle,
    item_indent=st.sampled_from((0, 2, 4)),
    flow_lists=st.booleans(),
    key_indent=st.sampled_from((1, 2, 4)),
)


@settings(max_examples=300, deadline=None)
@given(DATA, STYLES)
def test_every_reader_reads_the_same(value: Any, style: BlockStyle) -> None:
    text = style.block({"key": value}, 0) + "\n"
    root = parse(text)
    assert root is not None and repr(root.value) == repr({"key": value}), text
    assert repr(yaml.safe_load(text)) == repr({"key": value}), text
    assert YAML(typ="safe").load(text) == {"key": value}, text


def test_layout_is_the_files_own() -> None:
    value = {"configs": [{"name": "no", "files": ["a", "3.10"]}, ["x"]], "text": "one\ntwo", "n": {"m": None}}
    assert BlockStyle().block(value, 0) == (
        'configs:\n- name: "no"\n  files:\n  - a\n  - "3.10"\n- - x\ntext: |-\n  one\n  two\n"n":\n  m: null'
    )
    assert BlockStyle(item_indent=2, flow_lists=True, key_indent=4).block(value, 0) == (
        'configs:\n  - name: "no"\n    files: [a, "3.10"]\n  - [x]\ntext: |-\n    one\n    two\n"n":\n    m: null'
    )


def test_what_stands_twice_is_written_twice() -> None:
    same = ["a"]
    assert BlockStyle().block({"b": same, "c": same}, 0) == "b:\n- a\nc:\n- a"


CARD = (
    "---\nlicense: {}\nsize_categories:\n- n<1K\ntask_ids:\n- parsing\npretty_name: Demo\nlanguage: en\n---\n# Demo\n"
)


@pytest.mark.parametrize(
    ("card", "selected", "fixed", "imported"),
    [
        (CARD.format("mit"), "FM,MC", "license: mit\n", False),
        (CARD.format("MIT"), "MC008", "license: mit\n", False),
        (CARD.format("mit"), "DC003", "task_categories:\n- token-classification\n", True),
    ],
    ids=["nothing to fix", "a scalar", "a block"],
)
def test_ruamel_is_imported_only_where_a_block_is_written(
    card: str, selected: str, fixed: str, imported: bool, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text(card, "utf-8")
    program = (
        "import sys\n"
        "from hublint.cli.main import run\n"
        f"run(['fix', '.', '--repo-type', 'dataset', '--select', {selected!r}])\n"
        "print('ruamel.yaml' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str(imported), done.stdout
    assert fixed in (tmp_path / "README.md").read_text("utf-8")

"""What the rules on a dataset's files foretell, compared with what `load_dataset` does with the same folder."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile

import pytest

from loading import ALL, PIXEL, Files, foretold, load, needs_datasets
from loading import chance as drawn
from repositories import findings, make

SOME = 30

pytestmark = needs_datasets


@pytest.fixture(scope="module")
def chance() -> random.Random:
    return drawn()


LINES = '{"q": "a"}\n{"q": "b"}\n'
# What else lies in a repository than its data.
OTHERS: Files = {
    "test_generate.py": "print(1)\n",
    "train.py": "print(1)\n",
    "scripts/train.sh": "ls\n",
    "scripts/val_check.py": "print(1)\n",
    "eval/run.sh": "ls\n",
    "dev/notes.txt": "notes\n",
    "requirements-dev.txt": "numpy\n",
    "assets/train_curve.png": PIXEL,
    "val_loss.png": PIXEL,
    "test_results.json": '{"ok": 1}\n',
    "logs/train.log": "x\n",
    "docs/test_plan.md": "x\n",
    "tests/a.py": "print(1)\n",
    "tests/test_a.py": "print(1)\n",
    "configs/train.yaml": "a: 1\n",
    "train.ipynb": "{}\n",
    "logo.png": PIXEL,
    "LICENSE": "x\n",
}
DATA = ["data.jsonl", "train.jsonl", "test.jsonl", "data/a.jsonl", "data/train-00000-of-00001.jsonl", "dev.jsonl"]


def test_names_of_what_is_not_data(chance: random.Random) -> None:
    pytest.importorskip("PIL")
    raised = hidden = 0
    for _ in range(10 * SOME if ALL else SOME):
        files: Files = dict.fromkeys(chance.sample(DATA, chance.randint(1, 3)), LINES)
        files |= {name: OTHERS[name] for name in chance.sample(list(OTHERS), chance.randint(1, 4))}
        if chance.random() < 0.2:
            files["README.md"] = "---\nconfigs:\n- config_name: default\n  data_dir: data\n---\n"
            files["data/a.jsonl"] = LINES
        error, ours = load(files), foretold(files, "DF005", "DF014", "DF015")
        as_text = any("datasets tells text from" in each for each in ours)  # which it reads as lines
        assert error or not ours or as_text, (files.keys(), ours)
        assert ours or not error, (files.keys(), error)
        raised += bool(error)
        hidden += bool(findings(make("dataset", files), "DF015"))
    assert raised > 3 and hidden > 3


# A file and whether the library raises.
TEXTS: list[tuple[str, str | bytes, bool]] = [
    ("train.json", '[{"a":1},{"a":2},]', True),
    ("train.json", '[{"a":NaN},{"a":2}]', False),
    ("train.json", "[{'a':1},{'a':2}]", True),
    ("train.json", '[{"a":"x\ty"},{"a":"2"}]', False),
    ("train.json", '[{"a":"x\\qy"},{"a":"2"}]', True),
    ("train.json", '[{"a":01},{"a":2}]', False),
    ("train.json", b'[{"a":"\xe9"},{"a":"f"}]', True),
    ("train.json", '[{"a":1}, // c\n{"a":2}]', True),
    ("train.json", '[{"a":1},{"a":2}] x', True),
    ("train.json", '[{"a":1},{"a":2}]\n[{"a":3}]', True),
    ("train.json", '[{"a":1},{"a":2}', True),
    ("train.json", '[{"a":Infinity},{"a":2}]', False),
    ("train.json", '[{"a":"\\ud800"},{"a":"x"}]', False),
    ("train.json", ' \n[{"a":1},{"a":2}]', False),
    ("train.json", '[{"a":1},null]', False),
    ("train.json", '[{"a":1,"a":2},{"a":2}]', False),
    ("train.jsonl", '{"a":1},\n{"a":2}\n', True),
    ("train.jsonl", "{'a':1}\n{'a':2}\n", True),
    ("train.jsonl", '{"a":"x\ty"}\n{"a":"2"}\n', True),
    ("train.jsonl", '{"a":"x\\qy"}\n{"a":"2"}\n', True),
    ("train.jsonl", '{"a":1,"a":2}\n{"a":3}\n', True),
    ("train.jsonl", '{"a":1}\n{"a":3,"a":4}\n', True),
    ("train.jsonl", "[1,2]\n[3,4]\n", True),
    ("train.jsonl", '[{"a":1}]\n[{"a":2}]\n', True),
    ("train.jsonl", '// x\n{"a":1}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":1}\n{"a":2', True),
    ("train.jsonl", '{"a":"x"}\n{"a":"y', True),
    ("train.jsonl", '{"a":1 "b":2}\n{"a":2,"b":1}\n', True),
    ("train.jsonl", '{"a":NaN}\n{"a":2.5}\n', False),
    ("train.jsonl", '{"a":Infinity}\n{"a":2.5}\n', False),
    ("train.jsonl", '{"a":None}\n{"a":2.5}\n', True),
    ("train.jsonl", '{"a":True}\n{"a":false}\n', True),
    ("train.jsonl", '{"a":1}\n3\n{"a":2}\n', True),
    ("train.jsonl", '{"a":1}\nhello\n{"a":2}\n', True),
    ("train.jsonl", '{"a":1}\n[1]\n{"a":2}\n', True),
    ("train.jsonl", '# data\n{"a":1}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":1},\n{"a":2},\n{"a":3}\n', True),
    ("train.jsonl", '{\n "a":1\n}\n{\n "a":2\n}\n', False),
    ("train.json", '{\n "a":1,\n "b":[1,2]\n}\n', False),
    ("train.json", '{\n "a":{"0":1,"1":2},\n "b":{"0":1,"1":5}\n}\n', False),
    ("train.json", '{\n "a":1,\n "b":[1,2],\n}\n', False),
    ("train.json", "hello\n", True),
    ("train.jsonl", "a,b\n1,2\n", True),
    (
        "train.jsonl",
        b'\xff\xfe{\x00"\x00a\x00"\x00:\x001\x00}\x00\n\x00{\x00"\x00a\x00"\x00:\x002\x00}\x00\n\x00',
        True,
    ),
    (
        "train.json",
        b'\xff\xfe[\x00{\x00"\x00a\x00"\x00:\x001\x00}\x00,\x00{\x00"\x00a\x00"\x00:\x002\x00}\x00]\x00\n\x00',
        True,
    ),
    ("train.json", '\ufeff[{"a":1},{"a":2}]\n', False),
    ("train.jsonl", '\ufeff{"a":1}\n{"a":2}\n', False),
    ("train.jsonl", '{"a":1}\r\n{"a":2}\r\n', False),
    ("train.jsonl", '{"a":"x\u2028y"}\n{"a":"2"}\n', False),
    ("train.jsonl", '{"a":"x\ry"}\n{"a":"2"}\n', True),
    ("train.json", '[{"a":"x\ny"},{"a":"2"}]\n', False),
    ("train.txt", b"\xe9\nb\n", True),
    ("train.txt", b"\xff\xfe\xe9\x00\n\x00b\x00\n\x00", True),
    ("train.txt", b"a\x00b\nc\n", False),
    ("train.jsonl", b'{"a":"\xe9"}\n{"a":"f"}\n', False),
    ("train.jsonl", '{"a":-}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":.5}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":+1}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":1.}\n{"a":2}\n', True),
    ("train.jsonl", '{"a":-Infinity}\n{"a":2}\n', False),
    ("train.jsonl", "{a:1}\n{a:2}\n", True),
    ("train.jsonl.gz", '{"a":1}\n{"a":2}\n', True),
]


@pytest.mark.parametrize(("path", "text", "raises"), TEXTS)
def test_what_is_not_json(path: str, text: str | bytes, raises: bool) -> None:
    assert bool(load({path: text})) == raises
    assert bool(foretold({path: text}, "DF016")) == raises


TWO = "a,b\n1,2\n3,4\n"
OBJECTS = '[{"a": 1}, {"a": 2}]'


def parquet(rows: int) -> bytes:
    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"a": [1, 2]}).slice(0, rows), buffer)
    return buffer.getvalue()


TYPED = "---\ndataset_info:\n  features:\n  - name: text\n    dtype: string\n---\n"
EMPTY: list[tuple[Files, bool]] = [
    ({"train.csv": "a,b\n", "test.csv": TWO}, True),
    ({"train.csv": TWO, "test.csv": "a,b\n"}, True),
    ({"train-0.csv": TWO, "train-1.csv": "a,b\n"}, False),
    ({"train-0.csv": "a,b\n", "train-1.csv": TWO}, True),
    ({"train.json": "[]"}, True),
    ({"train.json": OBJECTS, "test.json": "[]"}, True),
    ({"train-0.json": OBJECTS, "train-1.json": "[]"}, False),
    ({"train.jsonl": "\n"}, True),
    ({"train.jsonl": '{"a": 1}\n{"a": 2}\n', "test.jsonl": "\n\n"}, True),
    ({"train.json": "{}"}, True),
    ({"train.jsonl": "{}\n{}\n"}, True),
    ({"README.md": TYPED, "train.csv": "text\n"}, True),
    ({"train.txt": "\n"}, False),
    ({"train.parquet": parquet(0)}, True),
    ({"train.parquet": parquet(2), "test.parquet": parquet(0)}, True),
    ({"train-0.parquet": parquet(2), "train-1.parquet": parquet(0)}, True),
    ({"train-0.parquet": parquet(2), "train-1.parquet": parquet(1)}, False),
]


@pytest.mark.parametrize(("files", "raises"), EMPTY)
def test_empty_splits(files: Files, raises: bool) -> None:
    assert bool(load(files)) == raises
    assert bool(foretold(files, "DF023")) == raises


def packed(path: str, *names: str) -> Files:
    """An archive whose members are pictures and what else their names say."""
    buffer = io.BytesIO()
    contents = [(name, PIXEL if name.lower().endswith(".png") else b'{"a": 1}') for name in names]
    if path.endswith(".zip"):
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in contents:
                archive.writestr(name, content)
    else:
        with tarfile.open(fileobj=buffer, mode="w:gz" if path.endswith("gz") else "w") as tape:
            for name, content in contents:
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tape.addfile(member, io.BytesIO(content))
    return {path: buffer.getvalue()}


LONG = "x" * 120
ARCHIVES: list[tuple[Files, bool]] = [
    (packed("train.tar", "a.png", "a.txt", "b.png", "b.txt"), False),
    (packed("train.tar", "1.json", "1.1.png", "1.2.png", "2.json", "2.1.png"), True),
    (packed("train.tar", "images/a.png", "images/b.png", "labels/a.txt", "labels/b.txt"), True),
    (packed("train.tar", "a.PNG", "a.txt", "b.png", "b.txt"), True),
    (packed("train.tar", "a.png", "a.txt", "b.png", "c.png", "c.txt"), True),
    (packed("train.tar", *(f"{key}.{end}" for key in "abcdef" for end in ("png", "txt")), "g.png"), False),
    (packed("train.tar", "a.png"), False),
    (packed("train.tar", "n1/a.png", "n1/b.png", "n2/c.png"), False),
    (packed("train.tar", "./a.png", "./a.txt", "./b.png", "./b.txt"), False),
    (packed("train.tar", "README", "a.png", "a.txt", "b.png", "b.txt"), False),
    (packed("train.tar", "README.md", "a.png", "a.txt", "b.png", "b.txt"), True),
    (packed("train.tar", "._a.png", "a.png", "a.txt", "b.png", "b.txt"), False),
    (packed("train.tar", "a.png", "a.png", "b.png"), True),
    (packed("train.tar", "a.b/x.png", "a.b/x.txt", "a.b/y.png", "a.b/y.txt"), False),
    (packed("train.tar", f"{LONG}.png", f"{LONG}.txt", f"{LONG}y.png", f"{LONG}y.txt"), False),
    (packed("train.tar", f"{LONG}.png", f"{LONG}y.txt", f"{LONG}y.png"), True),
    (packed("train.tar.gz", "a.png", "b.txt"), True),
    ({**packed("train.tar", "a.png", "b.txt"), **packed("test.tar", "a.png", "a.txt", "b.png", "b.txt")}, False),
    ({**packed("train.tar", "a.png", "a.txt", "b.png", "b.txt"), **packed("test.tar", "a.png", "b.txt")}, True),
    ({**packed("a.tar", "a.png", "a.txt", "b.png", "b.txt"), **packed("b.tar", "a.png", "b.txt")}, False),
    ({"data.json": OBJECTS, **packed("images.zip", "a.png", "b.png")}, True),
    ({"data.jsonl": LINES, **packed("images.zip", "a.png", "b.png")}, True),
    ({"data.csv": TWO, **packed("images.zip", "a.png", "b.png")}, True),
    ({"data.parquet": parquet(2), **packed("images.zip", "a.png", "b.png")}, True),
    ({"data.parquet": parquet(2), **packed("code.zip", "a.py")}, True),
    ({"train.json": OBJECTS, **packed("images.zip", "a.png", "b.png")}, False),
    ({"data.json": OBJECTS, **packed("a.zip", "a.png"), **packed("b.zip", "b.png")}, False),
    ({"data.json": OBJECTS, "more.json": OBJECTS, **packed("a.zip", "a.png", "b.png")}, True),
    ({"metadata.csv": "file_name,t\na.png,1\nb.png,2\n", **packed("images.zip", "a.png", "b.png")}, False),
    ({"data.json": OBJECTS, **packed("images.tar.gz", "a.png")}, False),
    (packed("train.zip", "stop/a.png", "stop/b.png", "exit/c.png"), True),
    (packed("train.zip", "a.png", "b.png"), False),
    (packed("train.zip", "stop/a.png", "stop/b.png"), False),
    (packed("train.zip", "train/stop/a.png", "train/exit/c.png"), True),
    (packed("data.zip", "stop/a.png", "exit/c.png"), True),
    (packed("train.zip", "stop/a.png", "stop/b.png", "__MACOSX/exit/a.png"), False),
    (packed("train.zip", "a.png", "exit/c.png", "stop/c.png"), False),
    ({**packed("train.zip", "stop/a.png", "exit/c.png"), **packed("test.zip", "stop/a.png", "exit/c.png")}, True),
]


@pytest.mark.parametrize(("files", "raises"), ARCHIVES)
def test_archives(files: Files, raises: bool) -> None:
    pytest.importorskip("PIL")
    assert bool(load(files)) == raises
    assert bool(foretold(files, "DF018", "DF021", "DF022")) == raises

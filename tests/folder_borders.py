"""Where `datasets` raises and where it does not, for what no single column shows: each border makes a folder by chance.

Each function makes one folder on the side that it is asked for: one at which the library raises, or one that it loads.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

from dataset_folders import card, laid_out, parquet, text_of
from loading import PIXEL

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from loading import Files

    Border = Callable[[random.Random, bool], Files]

FORMS = ("csv", "jsonl", "json", "parquet")
GOOD = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
WIDER = [{"a": 1, "b": "x", "why": 1.5}, {"a": 2, "b": "y", "why": 2.5}]


def a_new_column(chance: random.Random, fires: bool) -> Files:
    """A column more in a later file; or one less, or another order."""
    later = WIDER if fires else chance.choice([[{"a": 3}, {"a": 4}], [{"b": "z", "a": 3}, {"b": "w", "a": 4}]])
    return laid_out(chance, chance.choice(FORMS), [GOOD, later]).files


def the_wider_one_first(chance: random.Random, fires: bool) -> Files:
    """The card's order decides, and without it that of the names as text."""
    form = chance.choice(FORMS)
    first, second = (GOOD, WIDER) if fires else (WIDER, GOOD)
    if chance.random() < 0.5:
        return {f"part-10.{form}": text_of(form, first), f"part-2.{form}": text_of(form, second)}
    listed = f"configs:\n- config_name: default\n  data_files: [z.{form}, a.{form}]\n"
    return {**card(listed), f"z.{form}": text_of(form, first), f"a.{form}": text_of(form, second)}


def the_schema_of_the_card(chance: random.Random, fires: bool) -> Files:
    """`features` that are the union of the files' columns, or lack one."""
    form = chance.choice(FORMS)
    why = "" if fires else "  - name: why\n    dtype: float64\n"
    info = f"dataset_info:\n  features:\n  - name: a\n    dtype: int64\n  - name: b\n    dtype: string\n{why}"
    names = chance.choice([("train", "test"), ("a", "b"), ("data/x", "data/y")])
    return {**card(info), f"{names[0]}.{form}": text_of(form, GOOD), f"{names[1]}.{form}": text_of(form, WIDER)}


def rows_under_a_key(chance: random.Random, fires: bool) -> Files:
    """`field` in the card, and files that have their rows there; or not, or of another kind."""
    key = chance.choice(["data", "rows", "train"])
    second = chance.choice([{key: WIDER}, {"other": GOOD}, GOOD]) if fires else {"version": 2, key: GOOD}
    told = f"configs:\n- config_name: default\n  field: {key}\n  data_files: [a.json, b.json]\n"
    return {**card(told), "a.json": json.dumps({"version": 1, key: GOOD}), "b.json": json.dumps(second, indent=1)}


def types_of_parquet(chance: random.Random, fires: bool) -> Files:
    """Types that Arrow casts, and such that it does not; an index that pandas left in one shard."""
    import pyarrow

    first = parquet([{"a": 1}, {"a": 2}], {"a": chance.choice([pyarrow.int64(), pyarrow.int32()])})
    if fires:
        second = chance.choice(
            [
                parquet([{"a": [1]}, {"a": [2]}]),
                parquet([{"a": {"x": 1}}, {"a": {"x": 2}}]),
                parquet([{"a": 1, "__index_level_0__": 0}, {"a": 2, "__index_level_0__": 1}]),
            ]
        )
        if chance.random() < 0.4:
            first = parquet([{"a": chance.choice([1.5, True])}, {"a": None}])
            second = parquet([{"a": chance.choice([date(2020, 1, 2), datetime(2020, 1, 2)])}, {"a": None}])
    elif chance.random() < 0.4:
        kind = chance.choice([pyarrow.list_(pyarrow.int64(), 2), pyarrow.large_list(pyarrow.int64())])
        rows = [{"a": [1, 2]}, {"a": [3, 4]}]
        first, second = chance.sample([parquet(rows), parquet(rows, {"a": kind})], 2)
    else:
        second = chance.choice(
            [
                parquet([{"a": 1}, {"a": 2}], {"a": pyarrow.int16()}),
                parquet([{"a": 1.0}, {"a": 2.0}], {"a": pyarrow.float32()}),
                parquet([{"a": True}, {"a": False}]),
                parquet([{"a": "1"}, {"a": "2"}]),
                parquet([{"a": "1"}, {"a": "2"}], {"a": pyarrow.dictionary(pyarrow.int32(), pyarrow.string())}),
                parquet([{"a": datetime(2020, 1, 2)}, {"a": None}]),
            ]
        )
    return laid_out(chance, "parquet", [first, second]).files


def beyond_the_head(chance: random.Random, fires: bool) -> Files:
    """Many numbers and a text at the end make a column of text, which takes the texts of the next file."""
    form, rows = chance.choice(["csv", "jsonl"]), chance.randint(300, 600)
    last = [] if fires else [{"a": "A12"}]
    if form == "jsonl":
        first: list[dict[str, object]] = [{"a": 1 if fires else None}] * rows
    else:
        first = [{"a": 1}] * rows
    return laid_out(chance, form, [[*first, *last], [{"a": "B7"}, {"a": "C8"}]]).files


def parameters_of_the_card(chance: random.Random, fires: bool) -> Files:
    """What the card has the reader do, where the files are alike only so."""
    told, good, bad = chance.choice(
        [
            ('sep: ";"', "a;b\n1;x\n2;y\n", "a;b;c\n1;x;2\n2;y;3\n"),
            ("delimiter: '|'", "a|b\n1|x\n2|y\n", "a|b|c\n1|x|2\n2|y|3\n"),
            ("names: [a, b]", "1,x\n2,y\n", "u,x\nv,y\n"),
            ("skiprows: 1", "# made\na,b\n1,x\n2,y\n", "# made\na,b,c\n1,x,2\n2,y,3\n"),
            ("names: [a, b]\n  skiprows: 1", "c,d\n1,x\n2,y\n", "c,d\nu,x\nv,y\n"),
        ]
    )
    text = f"configs:\n- config_name: default\n  {told}\n  data_files: '*.csv'\n"
    return {**card(text), "a.csv": good, "b.csv": bad if fires else good}


def other_parameters(chance: random.Random, fires: bool) -> Files:
    """Parameters by which files are alike that would not be without them; without them, they are not."""
    told, first, second = chance.choice(
        [
            ("usecols: [a]", "a,b\n1,x\n2,y\n", "a,c\n1,x\n2,y\n"),
            ('thousands: ","', "a,b\n1,2\n3,4\n", 'a,b\n"1,200",2\n3,4\n'),
            ("header: null\n  names: [u, v]", "a,b\n1,x\n2,y\n", "c,d\n1,x\n2,y\n"),
            ('na_values: ["-"]', "a\n1\n2\n", "a\n-\n3\n"),
        ]
    )
    parameters = "" if fires else f"  {told}\n"
    return {
        **card(f"configs:\n- config_name: default\n{parameters}  data_files: '*.csv'\n"),
        "a.csv": first,
        "b.csv": second,
    }


STRAYS = ["test_generate.py", "scripts/train.sh", "eval/run.sh", "test/conftest.py", "dev/setup.cfg", "train.ipynb"]


def a_stray_word_hides_all(chance: random.Random, fires: bool) -> Files:
    """Code whose name has a split's word, beside data without one; the card lists the data, or only their folder."""
    form = chance.choice(FORMS)
    data = chance.choice(["data", "rows", "data/part1"])
    files: Files = {f"{data}.{form}": text_of(form, GOOD), chance.choice(STRAYS): "x = 1\n"}
    if not fires:
        if chance.random() < 0.5:
            return {**card(f"configs:\n- config_name: default\n  data_files: '{data}.{form}'\n"), **files}
        return {f"data/train-00000-of-00001.{form}": text_of(form, GOOD), chance.choice(STRAYS): "x = 1\n"}
    if form == "csv" and chance.random() < 0.5:
        files |= card("configs:\n- config_name: default\n  sep: ','\n")
    elif chance.random() < 0.3:
        files |= {**card("configs:\n- config_name: default\n  data_dir: data\n"), f"data/b.{form}": text_of(form, GOOD)}
    return files


def a_folders_word_beats_names(chance: random.Random, fires: bool) -> Files:
    """`eval/run.sh` hides train.jsonl and test.jsonl; a name of code beside them does not."""
    form = chance.choice(FORMS)
    files: Files = {f"{split}.{form}": text_of(form, GOOD) for split in ("train", "test")}
    within = [f"{word}/{name}" for word in ("eval", "dev", "test") for name in ("run.sh", "a.py", "x.cfg")]
    other = chance.choice(within) if fires else chance.choice(["train.py", "eval.py", "scripts/run.sh", "src/a.py"])
    return {**files, other: "x = 1\n"}


def unlike_splits(chance: random.Random, fires: bool) -> Files:
    """Splits of two formats; or of one, beside prose without a split's word."""
    first, second = chance.sample(["csv", "jsonl", "parquet"], 2)
    second = second if fires else first
    prose = {} if fires else {chance.choice(["docs/a.txt", "notes.txt", "LICENSE"]): "words\n"}
    return {f"train.{first}": text_of(first, GOOD), f"test.{second}": text_of(second, GOOD), **prose}


def nothing_in_a_file(chance: random.Random, fires: bool) -> Files:
    """0 bytes: a CSV or Parquet file, or all of a split; beside others a file of lines may be empty."""
    if fires:
        form = chance.choice(["csv", "parquet", "jsonl", "txt"])
        if form in ("jsonl", "txt"):
            return {f"train.{form}": b"\n".join([b'{"a": 1}'] * 2), f"test.{form}": b""}
        return {f"train.{form}": text_of(form, GOOD), f"{chance.choice(['test', 'train-1'])}.{form}": b""}
    form = chance.choice(["jsonl", "txt", "png"])
    if form == "png":
        return {"train/a.png": PIXEL, "train/b.png": b"", "train/c.png": PIXEL}
    text = b'{"a": 1}\n{"a": 2}\n'
    return {
        f"train-{number}.{form}": each for number, each in enumerate(chance.choice([(text, b""), (text, b"", text)]))
    }


def a_split_without_rows(chance: random.Random, fires: bool) -> Files:
    """A header only, `[]`, or 0 rows of Parquet, as a split of its own or beside other files of it."""
    form = chance.choice(["csv", "json", "parquet"])
    nothing = {"csv": b"a,b\n", "json": b"[]", "parquet": parquet(GOOD, count=0)}[form]
    full = text_of(form, GOOD)
    if fires:
        names = chance.choice([("train", "test"), ("data/train-00000-of-00001", "data/test-00000-of-00001")])
        return {f"{names[0]}.{form}": full, f"{names[1]}.{form}": nothing}
    if form == "parquet":
        return {f"train.{form}": full, f"test.{form}": parquet(GOOD, count=1)}
    return {f"train-0.{form}": full, f"train-1.{form}": nothing}


def packed(names: list[str], kind: str) -> bytes:
    """An archive of small files."""
    buffer = io.BytesIO()
    contents = [(name, PIXEL if name.lower().endswith("png") else b'{"a": 1}') for name in names]
    if kind == "zip":
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in contents:
                archive.writestr(name, content)
        return buffer.getvalue()
    form = tarfile.PAX_FORMAT if kind == "pax" else tarfile.USTAR_FORMAT if kind == "v7" else tarfile.GNU_FORMAT
    with tarfile.open(fileobj=buffer, mode="w:gz" if kind == "gz" else "w", format=form) as tape:
        for name, content in contents:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tape.addfile(member, io.BytesIO(content))
    return old_headers(buffer.getvalue()) if kind == "v7" else buffer.getvalue()


def old_headers(data: bytes) -> bytes:
    """A tar archive without the mark `ustar`, as programs wrote it before there was one."""
    made = bytearray(data)
    for at in range(0, len(made), 512):
        if made[at + 257 : at + 262] == b"ustar":
            made[at + 257 : at + 512] = bytes(255)
            made[at + 148 : at + 156] = b" " * 8
            made[at + 148 : at + 156] = b"%06o\0 " % sum(made[at : at + 512])
    return bytes(made)


SOUND = [
    ["a.png", "a.txt", "b.png", "b.txt"],
    ["s/1.png", "s/1.json", "s/2.png", "s/2.json"],
    ["x.png", "y.png", "z.png"],
]
ODD = [
    ["a.png", "b.png", "a.txt", "b.txt"],
    ["a.PNG", "a.txt", "b.png", "b.txt"],
    ["1.json", "1.1.png", "1.2.png", "2.json", "2.1.png"],
    ["images/a.png", "images/b.png", "labels/a.txt", "labels/b.txt"],
    ["a.png", "a.txt", "b.png"],
]


def samples_of_webdataset(chance: random.Random, fires: bool) -> Files:
    """Only the first archive of the last split is looked at."""
    kind = chance.choice(["gnu", "pax", "v7", "gz"])
    sound, odd = packed(chance.choice(SOUND), kind), packed(chance.choice(ODD), kind)
    last = chance.choice(["test", "validation"])
    if fires:
        return chance.choice([{"train.tar": odd}, {"train.tar": packed(SOUND[0], kind), f"{last}.tar": odd}])
    return chance.choice(
        [{"train.tar": sound}, {"train.tar": odd, f"{last}.tar": sound}, {"train-0.tar": sound, "train-1.tar": odd}]
    )


def metadata_of_splits(chance: random.Random, fires: bool) -> Files:
    """Metadata of two splits have the same columns with the same types, in any order."""
    kind = chance.choice(["csv", "jsonl"])
    first = [{"file_name": "a.png", "t": "x"}, {"file_name": "b.png", "t": "y"}]
    if fires:
        second = chance.choice(
            [
                [{"file_name": "a.png", "u": "x"}, {"file_name": "b.png", "u": "y"}],
                [{"file_name": "a.png", "t": 1}, {"file_name": "b.png", "t": 2}],
                [{"file_name": "a.png"}, {"file_name": "b.png"}],
            ]
        )
    else:
        second = chance.choice([first, [{"t": "x", "file_name": "a.png"}, {"t": "y", "file_name": "b.png"}]])
    files: Files = {f"{split}/{name}.png": PIXEL for split in ("train", "test") for name in "ab"}
    return {**files, f"train/metadata.{kind}": text_of(kind, first), f"test/metadata.{kind}": text_of(kind, second)}


def the_cards_figures(chance: random.Random, fires: bool) -> Files:
    """`splits` of dataset_info against the rows; what is said of another subset is not read."""
    form = chance.choice(["csv", "jsonl", "parquet", "json"])
    count = chance.choice([1, 3, 40]) if fires else 2
    info = f"  splits:\n  - name: train\n    num_bytes: {chance.randint(1, 9999)}\n    num_examples: {count}\n"
    if not fires and chance.random() < 0.4:
        name, wrong = chance.choice(["main", "other"]), info.replace("num_examples: 2", "num_examples: 77")
        subset = f"configs:\n- config_name: main\n  data_files: train.{form}\n"
        told = f"dataset_info:\n{wrong}" if name == "main" else f"dataset_info:\n- config_name: other\n{wrong}"
        return {**card(subset + told), f"train.{form}": text_of(form, GOOD)}
    return {**card(f"dataset_info:\n{info}"), f"train.{form}": text_of(form, GOOD)}


def splits_of_the_card(chance: random.Random, fires: bool) -> Files:
    """A split that no file makes, or that the card lacks."""
    form = chance.choice(FORMS)
    made = chance.choice([["train"], ["train", "test"]])
    told = list(made)
    if fires:
        told = [*made, "extra"] if chance.random() < 0.5 else ["validation"]
    listed = "".join(f"  - name: {name}\n    num_examples: 2\n" for name in told)
    return {**card(f"dataset_info:\n  splits:\n{listed}"), **{f"{split}.{form}": text_of(form, GOOD) for split in made}}


def names_of_labels(chance: random.Random, fires: bool) -> Files:
    """A label of CSV that class_label does not name, by its text or its number."""
    names = chance.choice([["neg", "pos"], ["a", "b"], ["no", "yes"]])
    cells = chance.choice([["other", names[0]], [names[0].upper(), names[1]], ["0", "2"], ["7", "1"]])
    if not fires:
        cells = chance.choice([names, ["0", "1"], ["0", "-1"], [names[1], names[1]], [f" {names[0]}", names[1]]])
    told = "".join(f"          '{number}': {name!r}\n" for number, name in enumerate(names))
    info = (
        "dataset_info:\n  features:\n  - name: text\n    dtype: string\n  - name: label\n    dtype:\n"
        f"      class_label:\n        names:\n{told}"
    )
    rows = [{"text": "t", "label": cell} for cell in cells]
    return {**card(info), f"{chance.choice(['train', 'data'])}.csv": text_of("csv", rows)}


def a_zip_beside_a_table(chance: random.Random, fires: bool) -> Files:
    """LLaVA's layout, and what makes it load: a split's word, `configs`, metadata, another archive."""
    form = chance.choice(["json", "jsonl", "csv", "parquet"])
    table = text_of(form, [{"image": "a.png", "q": "x"}, {"image": "b.png", "q": "y"}])
    pictures = packed(["a.png", "b.png"] if chance.random() < 0.5 else ["images/a.png", "images/b.png"], "zip")
    if fires:
        return {f"{chance.choice(['data', 'rows', 'llava'])}.{form}": table, "images.zip": pictures}
    return chance.choice(
        [
            {f"train.{form}": table, "images.zip": pictures},
            {
                **card(f"configs:\n- config_name: default\n  data_files: data.{form}\n"),
                f"data.{form}": table,
                "i.zip": pictures,
            },
            {"metadata.csv": "file_name,t\na.png,1\nb.png,2\n", "images.zip": packed(["a.png", "b.png"], "zip")},
            {f"data.{form}": table, "images.tar.gz": packed(["a.png", "b.png"], "gz")},
        ]
    )


def a_zip_of_classes(chance: random.Random, fires: bool) -> Files:
    """Folders in an archive are labels that no name tells; not where there is one, or none, or metadata."""
    name = chance.choice(["train", "data", "images"])
    top = chance.choice(["", "all/"])
    if fires:
        return {f"{name}.zip": packed([f"{top}stop/a.png", f"{top}stop/b.png", f"{top}exit/c.png"], "zip")}
    return chance.choice(
        [
            {f"{name}.zip": packed(["a.png", "b.png"], "zip")},
            {f"{name}.zip": packed([f"{top}stop/a.png", f"{top}stop/b.png"], "zip")},
            {f"{name}.zip": packed(["a.png", "exit/c.png"], "zip")},
        ]
    )


def text_that_is_not_json(chance: random.Random, fires: bool) -> Files:
    """Broken lines and documents; and odd ones that are read."""
    if fires:
        name, text = chance.choice(
            [
                ("train.jsonl", b'{"a":1},\n{"a":2}\n'),
                ("train.jsonl", b'{"a":1}\n{"a":2'),
                ("data.jsonl", b'{"a":1,"a":2}\n{"a":3}\n'),
                ("data.jsonl", b"[1,2]\n[3,4]\n"),
                ("train.json", b'[{"a":1},{"a":2},]'),
                ("train.json", b'[{"a":1},{"a":2}'),
                ("train.jsonl.gz", b'{"a":1}\n{"a":2}\n'),
                ("x.jsonl", b"{'a':1}\n{'a':2}\n"),
                ("train.txt", "é\n".encode("latin-1") * 2),
            ]
        )
        return {name: text}
    name, text = chance.choice(
        [
            ("train.jsonl", b'{\n "a":1\n}\n{\n "a":2\n}\n'),
            ("train.json", b'[{"a":NaN},{"a":2}]'),
            ("data.jsonl", b'{"a":NaN}\n{"a":2.5}\n'),
            ("data.jsonl", b'\xef\xbb\xbf{"a":1}\r\n{"a":2}\r\n'),
            ("train.json", json.dumps(GOOD, indent=4).encode()),
            ("x.ndjson", b'{"a":"\\u00e9"}\n\n{"a":"x"}\n'),
        ]
    )
    return {name: text}


def robots(chance: random.Random, fires: bool) -> Files:
    """LeRobot's folders with and without `configs`."""
    episodes = range(chance.choice([1, 2]))
    recordings: Files = {
        f"data/chunk-000/file-{number:03}.parquet": parquet([{"frame": 1, "s": [0.5]}, {"frame": 2, "s": [1.5]}])
        for number in episodes
    }
    meta: Files = {
        "meta/info.json": '{"codebase_version": "v3.0"}',
        "meta/tasks.parquet": parquet([{"task_index": 0, "task": "x"}, {"task_index": 1, "task": "y"}]),
        "meta/episodes/chunk-000/file-000.parquet": parquet([{"episode_index": 0}, {"episode_index": 1}]),
    }
    if fires:
        return {**recordings, **meta}
    told = chance.choice(["data/*/*.parquet", "data/**/*.parquet"])
    return {**card(f"configs:\n- config_name: default\n  data_files: {told}\n"), **recordings, **meta}


def two_subsets(chance: random.Random, fires: bool) -> Files:
    """Files of two kinds, each in a subset of its own; or both in one."""
    form = chance.choice(FORMS)
    files: Files = {f"q/0.{form}": text_of(form, GOOD), f"r/0.{form}": text_of(form, [{"z": 1}, {"z": 2}])}
    if fires:
        return files
    names = "".join(f"- config_name: {name}\n  data_files: {name}/*.{form}\n" for name in "qr")
    return {**card(f"configs:\n{names}"), **files}


def many_subsets(chance: random.Random, fires: bool) -> Files:
    """The layout of MTEB: a subset for each language, corpus and queries; one of them has a misfit."""
    form = chance.choice(["jsonl", "parquet"])
    files: Files = {}
    subsets = ""
    names = chance.sample(["de", "en", "fr", "it", "ja"], 4)
    for name in names:
        for split in ("dev", "test"):
            files[f"{name}/{split}.{form}"] = text_of(form, GOOD)
        subsets += f"- config_name: {name}\n  data_files:\n"
        subsets += "".join(f"  - split: {split}\n    path: {name}/{split}.{form}\n" for split in ("dev", "test"))
    if fires:
        files[f"{chance.choice(names)}/test.{form}"] = text_of(form, WIDER)
    return {**card(f"configs:\n{subsets}"), **files}


def an_extra_cell(chance: random.Random, fires: bool) -> Files:
    """A row of CSV with more fields than the header, or with a comma in quotes."""
    row = "3,x,y" if fires else '3,"x,y"'
    name = chance.choice(["train", "data", "a/b/rows"])
    return {f"{name}.csv": "a,b\n" + "1,x\n" * chance.randint(2, 50) + row + "\n4,z\n"}


BORDERS: dict[str, Border] = {
    function.__name__: function
    for function in (
        a_new_column,
        the_wider_one_first,
        the_schema_of_the_card,
        rows_under_a_key,
        types_of_parquet,
        beyond_the_head,
        parameters_of_the_card,
        other_parameters,
        a_stray_word_hides_all,
        a_folders_word_beats_names,
        unlike_splits,
        nothing_in_a_file,
        a_split_without_rows,
        samples_of_webdataset,
        metadata_of_splits,
        the_cards_figures,
        splits_of_the_card,
        names_of_labels,
        a_zip_beside_a_table,
        a_zip_of_classes,
        text_that_is_not_json,
        robots,
        two_subsets,
        many_subsets,
        an_extra_cell,
    )
}

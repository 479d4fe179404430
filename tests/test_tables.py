"""The reference tables are what upstream and patches make of them, and hold what their readers rely on."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hublint_schemas

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
sys.path.insert(0, str(SCHEMAS))

from refreshing import distributions, registries, removed, tables  # noqa: E402
from refreshing.files import PATCHES, TABLES, UPSTREAM, digest, read, rendered, write  # noqa: E402
from refreshing.python_api import read_api  # noqa: E402

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_committed_table_is_the_merge_of_upstream_and_patches(name: str) -> None:
    committed = (TABLES / f"{name}.json").read_text(encoding="utf-8")
    assert committed == rendered(tables.merged(name)) + "\n", "run: python schemas/refresh.py --offline"


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_table_says_where_it_comes_from(name: str) -> None:
    table = hublint_schemas.table_file(name)
    assert list(table) == ["source", "version", "date", "sha256", "data"]
    assert table["source"] and all(isinstance(line, str) and line for line in table["source"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", table["date"])
    assert table["sha256"] == digest(table["data"])
    assert hublint_schemas.table(name) == table["data"]
    assert hublint_schemas.table(name) is hublint_schemas.table(name)


def test_every_file_is_in_use() -> None:
    assert {path.stem for path in TABLES.iterdir()} == set(tables.TABLE_NAMES)
    used = {stem for _, stems, _ in tables._RECIPES.values() for stem in stems}
    assert {path.stem for path in UPSTREAM.iterdir()} == used
    assert used == {
        *registries.NPM,
        *registries.PYPI,
        *removed.LIBRARIES,
        "modules",
        "distributions",
        "debian",
        "packages",
        "standard_library",
        "gradio_starts",
        "documented",
        "sdists",
    }
    assert {path.stem for path in PATCHES.iterdir()} == {patch for _, _, patch in tables._RECIPES.values() if patch}


def test_unknown_table() -> None:
    with pytest.raises(FileNotFoundError):
        hublint_schemas.table("no-such-table")


def test_digest_ignores_order_and_sees_content() -> None:
    assert digest({"a": 1, "b": ["é"]}) == digest({"b": ["é"], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(JSON)
def test_rendered_is_json(data: Any) -> None:
    assert json.loads(rendered(data)) == data


def test_an_entry_is_a_line(tmp_path: Path) -> None:
    data = {"tags": {"a": {"name": "A", "ids": ["x", "y"]}, "b": {"name": "B", "ids": []}}}
    assert write(tmp_path / "t.json", data)
    assert not write(tmp_path / "t.json", data)
    assert (tmp_path / "t.json").read_text().splitlines() == [
        "{",
        ' "tags": {',
        '  "a": {"name": "A", "ids": ["x", "y"]},',
        '  "b": {"name": "B", "ids": []}',
        " }",
        "}",
    ]


def test_pipeline_tags() -> None:
    table = hublint_schemas.table("pipeline_tags")
    tags, task_ids = table["tags"], table["task_ids"]
    assert len(tags) >= 57 and len(task_ids) >= 74
    assert {"text-generation", "image-text-to-text", "other"} <= set(tags)
    assert task_ids["closed-domain-qa"]["categories"] == ["question-answering", "text-generation"]
    for task_id, entry in task_ids.items():
        assert all(task_id in tags[category]["task_ids"] for category in entry["categories"])
    assert all(
        set(tag["task_ids"]) <= set(task_ids) and tag["modality"] in table["modalities"] for tag in tags.values()
    )
    assert not {*table["retired"], *table["suggestions"]} & set(tags)
    assert {entry["replacement"] for entry in table["retired"].values()} | set(table["suggestions"].values()) <= set(
        tags
    )


def test_libraries() -> None:
    table = hublint_schemas.table("libraries")
    libraries = table["libraries"]
    assert len(libraries) >= 257 and libraries["sentence-transformers"] == "sentence-transformers"
    assert "gguf" not in libraries
    assert not {*table["suggestions"], *table["renamed"]} & set(libraries)
    assert {*table["suggestions"].values(), *table["renamed"].values()} <= {*libraries, None}
    assert "inspect-ai" in table["evaluation_frameworks"] and "webdataset" in table["dataset_libraries"]


def test_licenses() -> None:
    table = hublint_schemas.table("licenses")
    ids = table["licenses"]
    assert len(ids) == 83 and list(ids)[:2] == ["apache-2.0", "mit"] and list(ids)[-2:] == ["unknown", "other"]
    assert {"llama4", "openmdw-1.1", "eupl-1.2"} <= set(ids), "the npm types lack these"
    assert set(table["spellings"].values()) <= set(ids)
    assert not {*table["spellings"], *table["ambiguous"]} & set(ids)
    assert not set(table["spellings"]) & set(table["ambiguous"])
    assert {*table["families"], *table["links"]} <= set(ids)


def test_languages() -> None:
    table, three = hublint_schemas.table("languages"), hublint_schemas.table("languages_iso639_3")
    two = table["two_letter"]
    assert two["en"] == "English" and three["eng"] == "English"
    assert len(two) == 184 and all(re.fullmatch("[a-z]{2}", code) for code in two)
    assert len(three) == 7916 and all(re.fullmatch("[a-z]{3}", code) for code in three)
    assert table["special"] == ["code", "multilingual"]
    assert len(table["bibliographic"]) == 20 and set(table["bibliographic"].values()) <= set(three)
    assert not set(table["bibliographic"]) & set(three)
    known = {*two, *three, *table["special"]}
    assert all(re.fullmatch("[a-z]{2,3}", code) for code in table["other"]) and not set(table["other"]) & known
    assert {"ber", "roa"} <= set(table["other"]), "ISO 639-2 collective codes"
    assert "jp" not in {*known, *table["other"]}
    assert not set(table["suggestions"]) & known and set(table["suggestions"].values()) <= {*known, None}
    assert set(table["suspicious"]) <= known


def test_space() -> None:
    table = hublint_schemas.table("space")
    assert table["colors"] == ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"]
    assert set(table["sdks"]) == {"gradio", "docker", "static"}
    status = {flavor: entry["status"] for flavor, entry in table["hardware"].items()}
    assert status["zero-a10g"] == status["cpu-basic"] == "current"
    assert status["h100"] == status["cpu-xl"] == "retired"
    assert set(status.values()) == {"current", "retired", "unconfirmed"}
    assert len(table["oauth_scopes"]) == 17 and not {"openid", "profile"} & set(table["oauth_scopes"])
    assert "CONFIG_ERROR" in table["stages"]


def test_hardware_follows_huggingface_hub() -> None:
    patch = {
        "hardware": {
            "old": {"status": "current", "documented": False},
            "gone": {"status": "retired", "documented": False},
        }
    }
    merged = tables._space({"hardware": ["new"], "stages": []}, patch)
    assert {flavor: entry["status"] for flavor, entry in merged["hardware"].items()} == {
        "old": "unconfirmed",
        "gone": "retired",
        "new": "current",
    }


def test_datasets() -> None:
    table = hublint_schemas.table("datasets")
    assert {"10K<n<100K", "n<1K"} <= set(table["size_categories"])
    assert table["extensions"][".parquet"] == "parquet"
    assert {*table["extensions"].values()} <= set(table["builder_parameters"])
    assert table["split_keywords"]["validation"] == ["validation", "valid", "dev", "val"]


def test_look_alikes_lead_to_known_keys() -> None:
    for entry in hublint_schemas.table("keys").values():
        assert set(entry["look_alikes"].values()) <= set(entry["known"])
        assert not set(entry["look_alikes"]) & set(entry["known"])


def test_messages() -> None:
    messages = hublint_schemas.table("messages")
    for name, message in messages.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)
        assert message["level"] in {"error", "warning", "runtime", "client"}
        assert set(re.findall(r"\{(.*?)\}", message["text"])) <= {
            "choices", "column", "first", "line", "route", "second", "tag", "value",
        }  # fmt: skip
    colors = ", ".join(hublint_schemas.table("space")["colors"])
    assert (
        messages["color.invalid"]["text"].format(route="colorTo", choices=colors)
        == '"colorTo" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]'
    )


def test_modules() -> None:
    modules, distributions = hublint_schemas.table("modules"), hublint_schemas.table("distributions")
    assert len(modules) > 1000 and len(distributions) > 1000
    assert modules["sklearn"][0] == "scikit-learn" and modules["requests"] == ["requests"]
    assert modules["cv2"][0] == "opencv-python-headless", "the image has no libGL"
    assert not {"google", "ruamel", "queue", "beautifulsoup4"} & set(modules)
    for names in modules.values():
        assert names and all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) for name in names)


def test_modules_are_those_of_what_is_installed() -> None:
    modules = hublint_schemas.table("modules")
    installed = importlib.metadata.packages_distributions()
    judged = {module for module in modules if module in installed}
    assert len(judged) > 20
    for module in judged:
        givers = {re.sub(r"[-_.]+", "-", name).lower() for name in installed[module]}
        assert givers <= set(modules[module]), module


def test_distributions() -> None:
    table = hublint_schemas.table("distributions")
    assert {"huggingface-hub", "numpy", "safetensors"} <= set(table["transformers"]["needs"].split())
    assert "websockets" in table["uvicorn"]["extras"]["standard"].split()
    for entry in table.values():
        assert re.fullmatch(r"\d+(?:\.\d+)*", entry["since"])
        for needs in (entry["needs"], *entry["extras"].values()):
            assert all(re.fullmatch(r"[a-z0-9-]+(?:\[[a-z0-9,._-]+\])?", need) for need in needs.split())


def test_lock_files_are_laid_over_each_other() -> None:
    lock = """
[[package]]
name = "own"
source = { editable = "." }
[[package]]
name = "a"
version = "%s"
source = { registry = "https://index.example/simple" }
dependencies = [{ name = "%s", marker = "sys_platform == 'win32'" }, { name = "c", extra = ["x"] }]
[package.optional-dependencies]
fast = [{ name = "%s" }]
"""
    found: dict[str, Any] = {}
    distributions.merge(found, lock % ("2.10.0", "b", "d"))
    distributions.merge(found, lock % ("2.9.1rc1", "e", "f"))
    assert found == {
        "a": {"versions": {(2, 10, 0), (2, 9, 1)}, "needs": {"b", "c[x]", "e"}, "extras": {"fast": {"d", "f"}}}
    }


@pytest.mark.parametrize("library", ["datasets", "gradio", "huggingface_hub"])
def test_removed(library: str) -> None:
    table = hublint_schemas.table(f"{library}_removed")
    items = table["removed"]
    assert len(items) > 50 and table["newest"] in hublint_schemas.table_file(f"{library}_removed")["version"]
    for item, (last, first, _, *again) in items.items():
        assert all(_numbers(first) < _numbers(each) <= _numbers(table["newest"]) for each in again)
        assert re.fullmatch(r"[A-Za-z_]\w*(?:\.\w+)?(?:\(\w+)?", item)
        assert _numbers(last) < _numbers(first) <= _numbers(table["newest"])
    patch = read(PATCHES / "removed.json")["data"][library]
    assert set(patch) <= {key for item in items for key in (item, item[item.find("(") :], f".{item.partition('.')[2]}")}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_removed_of_known_releases() -> None:
    gradio = hublint_schemas.table("gradio_removed")["removed"]
    assert gradio["Box"][:2] == gradio["Textbox.update"][:2] == gradio["Image(source"][:2] == ["3.50.2", "4.0.0"]
    assert gradio["Blocks.queue(concurrency_count"][1] == "5.0.0" and gradio["Chatbot(type"][1] == "6.0.0"
    assert gradio["Blocks(theme"][1:] == ["6.0.0", "give it to `.launch()`", "6.1.0"]
    assert not {"Group", "Textbox(label", "Blocks.launch(share"} & set(gradio)
    hub = hublint_schemas.table("huggingface_hub_removed")["removed"]
    assert hub["cached_download"][:2] == ["0.25.0", "0.26.0"] and hub["Repository"][1] == "1.0.0"
    assert hub["hf_hub_download(use_auth_token"][1] == "1.0.0", "until then a decorator took it"
    assert not {"snapshot_download", "HfApi", "hf_hub_download(token"} & set(hub)
    assert hublint_schemas.table("datasets_removed")["removed"]["load_metric"][:2] == ["2.21.0", "3.0.0"]


def test_api_is_read_from_sources() -> None:
    old = {
        "lib/__init__.py": "from .core import *\nfrom lib.core import Api as Client\nimport os\nfrom . import extra\n",
        "lib/extra.py": "class Old: ...\n",
        "lib/core.py": """
__all__ = ["Base", "make", "anything", "wrapped"]
class Base(object):
    def __init__(self, a, *, b=1): ...
    def gone(self): ...
    def call(self, x, y): ...
class Api(Base): ...
def make(kept, dropped=None): ...
def anything(one, two): ...
def wrapped(one, two): ...
def _private(): ...
""",
    }
    new = {
        "lib/__init__.py": old["lib/__init__.py"].replace("from . import extra\n", ""),
        "lib/core.py": """
__all__ = ["Base", "make", "anything", "wrapped"]
class Base(object):
    def __init__(self, a): ...
    def call(self, x): ...
class Api(Base): ...
def make(kept): ...
def anything(one, **others): ...
@decorated_by_who_knows
def wrapped(one): ...
""",
    }
    apis = {(1, 0): read_api("lib", old), (1, 1): read_api("lib", old), (2, 0): read_api("lib", new)}
    assert {"Base", "Base(a", "Client(b", "Client.call(y", "extra", "extra.Old"} <= apis[1, 0].public
    assert not {"os", "_private"} & apis[1, 0].public
    gone = ["Base(b", "Base.call(y", "Base.gone", "Client(b", "Client.call(y", "Client.gone", "extra", "make(dropped"]
    assert removed.lost(apis, lambda item: not item.startswith("core")) == {item: ["1.1", "2.0"] for item in gone}


def test_releases_to_read() -> None:
    published = [(2, 9), (3, 0), (3, 0, 1), (3, 1, 0), (3, 1, 4), (4, 0, 0), (4, 0, 2), (4, 2, 0)]
    library = removed.Library("lib", (3, 0), True, bool)
    assert removed._chosen(library, published) == [(3, 0), (3, 1, 4), (4, 0, 0), (4, 2, 0)]
    assert removed._chosen(library._replace(by_major=False), published) == [(3, 0), (3, 1, 0), (4, 0, 0), (4, 2, 0)]


def test_registry_answers_are_read() -> None:
    assert registries._license_union('type A = "x";\nexport type License =\n | "mit"\n | "other";\ntype B = "y";') == [
        "mit",
        "other",
    ]
    with pytest.raises(ValueError, match="License"):
        registries._license_union("export type Other = 1;")
    tree = ast.parse(
        'NAMES = ["a"]\nclass Flavor(str, Enum):\n    """Doc."""\n    # comment\n    A = "a"\n    B = "b-x2"\n'
    )
    assert registries._enum_values(tree, "Flavor") == ["a", "b-x2"]
    assert registries._constant(tree, "NAMES") == ["a"]
    with pytest.raises(ValueError, match="GONE"):
        registries._constant(tree, "GONE")


def test_date_changes_with_the_data_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registries, "UPSTREAM", tmp_path)
    assert registries._store("x", "npm x", "1", {"a": 1}) == ["npm x none -> 1"]
    path = tmp_path / "x.json"
    write(path, {**read(path), "date": "2000-01-01"})
    assert registries._store("x", "npm x", "1", {"a": 1}) == []
    assert read(path)["date"] == "2000-01-01"
    assert registries._store("x", "npm x", "2", {"a": 1}) == ["npm x 1 -> 2"]
    assert read(path)["date"] > "2000-01-01"


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_npm_packages_are_dumped(tmp_path: Path) -> None:
    (tmp_path / "index.js").write_text(
        "exports.LANGUAGES_ISO_639_1 = {en: {code: 'en', name: 'English', nativeName: 'English'}};"
        "exports.LANGUAGES_ISO_639_3 = {eng: {code: 'eng', name: 'English'}};"
    )
    script = Path(registries.__file__).with_name("dump_npm.cjs")
    dump = subprocess.run(
        ["node", script, "@huggingface/languages", tmp_path], check=True, capture_output=True, timeout=60
    )
    assert json.loads(dump.stdout) == {"two_letter": {"en": "English"}, "three_letter": {"eng": "English"}}


def test_no_host_of_a_registry_and_no_path_of_a_machine() -> None:
    wrong = re.compile(r"registry\.npmjs|files\.pythonhosted|pypi\.org|/home/\w+/|/tmp/|/root/")
    for path in SCHEMAS.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert not wrong.search(path.read_text(encoding="utf-8")), path

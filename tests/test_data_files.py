"""The resolution of data files, compared with what the `datasets` library itself does in a folder."""

from __future__ import annotations

import importlib.util
import io
import os
import random
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hublint.dataset.data_files import DataFiles, PatternError
from hublint.dataset.data_formats import ARCHIVE, Format, format_of, is_supported
from repositories import findings, make

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYOUTS = 250

needs_datasets = pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None and not os.environ.get("CI"), reason="datasets is not installed"
)

FOLDERS = (
    "|||data|data|train|test|data/train|data/dev|validation-set|data/my_train_2|en/test|en|fr|.cache|"
    "__pycache__|data/.hidden|data/__x|a/b/c|a/b|data/[RE] x|eval|images/0|trainer|tests|..x|...|data/data|"
    "dev.small|ev al|training9"
).split("|")
STEMS = (
    "train|test|validation|dev|data|train-00000-of-00002|test-00000-of-00001|my_train_file|testfile|train1|"
    "metadata|README|config|dataset_info|state|.gitattributes|.hidden|LICENSE|task|instruction|run|x-train.y|"
    "eval|new-00001-of-00002|a b|[a]|été|data-00000-of-00001|training|train-00000-of-00001-00000-of-00001|"
    "-00000-of-00001.5|trainvalid|my.val"
).split("|")
EXTENSIONS = (
    ".csv|.csv|.json|.jsonl|.parquet|.parquet|.txt|.md|.toml|.eval|.tsv|.png|.PNG|.JPG|.csv.gz|.tar|.tar.gz|"
    ".zip|.arrow||.py|.CSV|.nii.gz|.manifest|.xml|.bin|.0.txt"
).split("|")
PATTERNS = (
    "*|**|*.csv|**/*.csv|data/*|data/**|data/*.csv|data|data/|*/*|**/*|**/train*|*/|train.csv|data/train.csv|"
    "./data/*.csv|./train.csv|../x.csv|data/../*.csv|**/../*.csv|data//*.csv|data//train.csv|**.csv|"
    "data/**.csv|***|.*|**/.*|.*/*|.cache/*|.cache/.*|__*/*|**/__x/*|__pycache__/**|[td]ata/*|data/[!t]*|[|[]|"
    "[!]|[]-]*|[a-|data/[[]RE] x/*|data/[RE] x/*|[z-a]*|?rain.csv|tr?in*|data/?*|*-00000-of-*|data/train-*|"
    "data/*-00000-of-0000[0-9].*|README.md|*.md|config.json|*/config.json|**/config.json|/data/*.csv||.|"
    "**/data/**|**/data/**/*.csv|a/**/c/*|a/*/*/*|**/b/**/*.png|{train,test}.csv|DATA/*|data\\*.csv|"
    "*.{csv,json}|*.csv*|[!d]*/*|...|.../*|..x/*|**/**|**/**/*.csv|data/**/|été*|a b.csv|*[ae]*[st]*.*|"
    "*a*t*a*.*|[[a]*|[a]*|[]a]*|[!]a]*|[--9]*|[a-c-e]*|*[.]csv|!train.csv|~/*.csv|data/*/..|**/x-train.y.*"
).split("|")


def layouts(count: int) -> Iterator[list[str]]:
    """Repositories' files, the same ones in every run."""
    chance = random.Random(2026)
    for _ in range(count):
        folders = chance.sample(FOLDERS, chance.randint(1, 7))
        extensions = chance.sample(EXTENSIONS, chance.randint(1, 4))
        stems = chance.sample(STEMS, chance.randint(1, 12))
        names = {
            f"{folder}/{stem}{chance.choice(extensions)}".lstrip("/")
            for folder in folders
            for stem in stems
            if chance.random() < 0.7
        }
        yield sorted(name for name in names if not any(other.startswith(f"{name}/") for other in names))


def laid_out(folder: Path, files: list[str]) -> Path:
    for name in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def library() -> Any:
    """The library's modules, kept off the network."""
    with pytest.MonkeyPatch.context() as environment:  # it is read at the import
        environment.setenv("HF_HUB_OFFLINE", "1")
        environment.setenv("HF_DATASETS_OFFLINE", "1")
        import datasets.data_files
        import datasets.load
        import datasets.packaged_modules

    datasets.data_files.hf_tqdm.disable = True  # type: ignore[attr-defined]
    return datasets


def relative(paths: list[str], base: Path) -> list[str]:
    """Paths below a folder, without the `.` and `..` that the library leaves in."""
    return sorted(os.path.relpath(path, base).replace(os.sep, "/") for path in paths)


@needs_datasets
@pytest.mark.parametrize("supported", [False, True])
def test_patterns_match_what_the_library_matches(library: Any, tmp_path: Path, supported: bool) -> None:
    allowed = list(library.packaged_modules._ALL_ALLOWED_EXTENSIONS) if supported else None
    chance = random.Random(7)
    compared = matched = 0
    for number, files in enumerate(layouts(LAYOUTS)):
        base, ours = laid_out(tmp_path / str(number), files), DataFiles(files)
        for pattern in chance.sample(PATTERNS, 25):
            folder = chance.choice(["", "", "", "", "data", "data/", "./data", ".cache", "a/b", "nowhere"])
            place = os.path.join(str(base), folder) if folder else str(base)
            try:
                theirs = relative(library.data_files.resolve_pattern(pattern, place, allowed), base)
            except FileNotFoundError:
                theirs = []
            except ValueError as error:
                assert "entire path component" in str(error)
                with pytest.raises(PatternError):
                    ours.matching(pattern, folder)
                continue
            found = ours.matching(pattern, folder)
            found = [path for path in found if is_supported(path)] if supported else found
            if theirs and theirs[0].startswith("../"):
                assert not found  # files beside the repository are not part of it
                continue
            if ".." in pattern and not os.path.exists(os.path.join(place, pattern.partition("..")[0])):
                assert not theirs  # a folder must be there to be left; we only count names
                continue
            assert found == theirs, (pattern, folder, files)
            compared += 1
            matched += bool(theirs)
    assert compared > 5000 and matched > 400


@needs_datasets
def test_splits_are_told_as_the_library_tells_them(library: Any, tmp_path: Path) -> None:
    kinds = set()
    for number, files in enumerate(layouts(2 * LAYOUTS)):
        base, ours = laid_out(tmp_path / str(number), files), DataFiles(files)
        try:
            patterns = library.data_files.get_data_patterns(str(base))
            resolved = library.data_files.DataFilesDict.from_patterns(patterns, base_path=str(base))
            # A file that fits two patterns of a split is listed twice by the library.
            theirs = {
                str(split): list(dict.fromkeys(os.path.relpath(path, base).replace(os.sep, "/") for path in paths))
                for split, paths in resolved.items()
            }
        except library.data_files.EmptyDatasetError:
            theirs = {}
        except ValueError as error:
            assert "Split name should match" in str(error)
            with pytest.raises(PatternError):
                ours.by_split()
            kinds.add("illegal")
            continue
        except AssertionError:  # `data/-00000-of-00001.csv`: a shard without a name
            assert any(re.match(r"data/-\d{5}-of", path) for path in files)
            continue
        found = ours.by_split()
        assert found == theirs, files
        assert list(found) == list(theirs)
        kinds.add(",".join(theirs))
    assert {"illegal", "", "logs", "train", "train,test"} <= kinds and len(kinds) > 10


@needs_datasets
def test_formats_are_told_as_the_library_tells_them(library: Any) -> None:
    from datasets.data_files import DataFilesList

    seen = set()
    for files in layouts(4 * LAYOUTS):
        kept = [path for path in files if is_supported(path)]
        ours = format_of(kept)
        archives = ours == Format(ARCHIVE)
        if archives:  # the library opens them
            assert any(path.endswith(".zip") for path in kept)
            continue
        builder, arguments = library.load.infer_module_for_data_files_list(DataFilesList(kept, [()] * len(kept)))
        shown = " ".join(f"{key}={value!r}" for key, value in arguments.items())
        assert ours == Format(builder or "", shown), kept
        seen.add(builder)
    assert len(seen) > 8


def test_large_repositories_take_no_time() -> None:
    paths = [f"data/part{number // 10}/été-train-{number}.parquet" for number in range(35_000)]
    started = time.perf_counter()
    files = DataFiles(paths)
    assert len(files.by_split()["train"]) == 35_000
    for _ in range(20):
        assert len(files.matching("**/*-train-*.parquet")) == 35_000
        assert files.matching("data/part7/*.parquet") == sorted(paths[70:80])
    assert time.perf_counter() - started < 60


def test_no_pattern_takes_forever() -> None:
    files = DataFiles(["/".join(["a" * 250] * 30) + "/" + "a" * 250])
    started = time.perf_counter()
    assert files.matching("**/*a*a*a*a*a*a*a*a*b/" * 8 + "x") == []
    assert files.matching("**/" * 40 + "*a*a*a*a*a*a*a*a*a*a*a*b") == []
    assert files.matching("*[" * 5000) == []
    assert time.perf_counter() - started < 60


NAMES = ("a", "default", "en-de", "b", "a/b", 7, "", None)
SPLIT_NAMES = ("train", "test", "dev", "train-clean", "été.2", "x y", 2024, "train")
GIVEN = (
    "*.csv|*|data/*|train.csv|data/train.csv|data/*.csv|**/*.csv|*.jsonl|data|**.csv|data/train*|**/test*|nothing.csv|"
    "nothing*|data/*.parquet|test.csv|./train.csv|/train.csv|DATA/*"
).split("|")
TABLES = (".csv", ".csv", ".csv", ".jsonl", ".parquet", ".tsv", ".txt", ".md")


def cards(count: int) -> Iterator[tuple[list[str], Any]]:
    """Files of a repository and `configs` for it, a good part of them wrong."""
    chance = random.Random(11)

    def path() -> Any:
        return chance.choice(GIVEN) if chance.random() < 0.97 else chance.choice([3, None, {"a": "b"}])

    def item() -> Any:
        if chance.random() < 0.03:
            return path()
        files = {"split": chance.choice(SPLIT_NAMES), "path": path() if chance.random() < 0.7 else [path(), path()]}
        if chance.random() < 0.03:
            files.popitem()
        return files if chance.random() < 0.98 else {**files, "extra": 1}

    def subset() -> Any:
        config: dict[str, Any] = {"config_name": chance.choice(NAMES[:4] if chance.random() < 0.9 else NAMES)}
        kind = chance.random()
        if kind < 0.35:
            config["data_files"] = path()
        elif kind < 0.5:
            config["data_files"] = [path() for _ in range(chance.randint(0, 3))]
        elif kind < 0.85:
            config["data_files"] = [item() for _ in range(chance.randint(1, 3))]
        if chance.random() < 0.15:
            config["data_dir"] = chance.choice(["data", "data/", "nowhere", "."])
        if chance.random() < 0.2:
            config["default"] = chance.choice([True, False])
        if chance.random() < 0.02:
            config.pop("config_name")
        return config

    for _ in range(count):
        extensions = chance.sample(TABLES, 2) if chance.random() < 0.3 else [chance.choice(TABLES)]
        stems = chance.sample(["train", "test", "dev", "other", "data/train", "data/test-1", "data/x", "data/dev"], 5)
        shard = ["data/train-clean-00000-of-00001"] if chance.random() < 0.05 else []
        files = sorted({f"{stem}{chance.choice(extensions)}" for stem in stems + shard} | {"LICENSE", ".gitattributes"})
        whole = chance.random()
        configs = [subset() for _ in range(chance.randint(1, 3))]
        yield files, None if whole < 0.1 else "x" if whole < 0.12 else {"a": {}} if whole < 0.14 else configs


def refusal(library: Any, folder: Path) -> str:
    """Why the library cannot load some subset of a folder's dataset, as far as that shows before files are read."""
    from datasets.download.download_config import DownloadConfig

    try:
        module = library.load.LocalDatasetModuleFactory(str(folder)).get_module()
        card = module.builder_configs_parameters
        if card.metadata_configs:
            card.metadata_configs.get_default_config_name()
        first = None
        for config in card.builder_configs:
            config._resolve_data_files(str(folder), DownloadConfig())
            if not all(config.data_files.values()):
                return f"the subset {config.name} has a split without files"
            found = library.load.infer_module_for_data_files(config.data_files)
            if found[0] == "harbor":
                return "no tasks"
            first = first or found
            if found != first:
                return f"the subset {config.name} is of another format"
            if not config.name:
                return "no name"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


@needs_datasets
def test_errors_are_those_of_the_library(library: Any, tmp_path: Path) -> None:
    agreed = missed = 0
    for number, (files, configs) in enumerate(cards(700)):
        base = laid_out(tmp_path / str(number), files)
        card = yaml.safe_dump({"license": "mit", **({"configs": configs} if configs is not None else {})})
        text = f"---\n{card}---\n"
        (base / "README.md").write_text(text)
        repository = make("dataset", {"README.md": text, **dict.fromkeys(files, "")})
        rules = ("DF001", "DF002", "DF003", "DF005", "DF015")
        found = [each for each in findings(repository, *rules) if each.severity == "error"]
        theirs = refusal(library, base)
        told = [f"{each.code} {each.message}" for each in found]
        assert theirs or not found, ("the library loads it", card, files, told)
        if theirs and not found:
            missed += 1
            elsewhere = "FileNotFound" in theirs or "without files" in theirs or "No (supported)" in theirs
            prose = theirs == "no tasks" and not any(file.endswith(TABLES[:-1]) for file in files)
            assert elsewhere or prose, (theirs, card, files)
        agreed += bool(theirs and found)
    assert agreed > 300 and missed < agreed / 15, (agreed, missed)


@needs_datasets
def test_rows_with_too_many_fields_are_those_of_pandas() -> None:
    import pandas

    chance = random.Random(3)
    refused = 0
    for _ in range(1500):
        fields = ["a", "1", "", " ", '"b,c"', '"d ""e"""', 'f"g', "é", '"h\ni"', "\u2028", "x"]
        rows = [
            ",".join(chance.choice(fields) for _ in range(chance.choice([1, 2, 2, 2, 3, 3])))
            for _ in range(chance.randint(1, 5))
        ]
        text = chance.choice(["\n", "\r\n"]).join(rows)
        found = findings(make("dataset", {"a.csv": text}), "DF010")
        try:
            pandas.read_csv(io.StringIO(text, newline=""))
        except pandas.errors.EmptyDataError:
            continue
        except pandas.errors.ParserError as error:
            assert found and found[0].hub_message.partition(" in ")[0] in str(error), (text, str(error))
            refused += 1
            continue
        assert not found, text
    assert refused > 100

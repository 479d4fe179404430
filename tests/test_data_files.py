"""The resolution of data files, compared with what the `datasets` library itself does in a folder."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hublint.repository.data_files import DataFiles, PatternError
from hublint.repository.data_formats import ARCHIVE, Format, format_of, is_supported

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
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
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
                assert not found  # files beside the repository are no part of it
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
    for number, files in enumerate(layouts(3 * LAYOUTS)):
        base, ours = laid_out(tmp_path / str(number), files), DataFiles(files)
        try:
            patterns = library.data_files.get_data_patterns(str(base))
            resolved = library.data_files.DataFilesDict.from_patterns(patterns, base_path=str(base))
            # A file that fits two patterns of a split is listed twice by the library.
            theirs = {str(split): sorted(set(relative(paths, base))) for split, paths in resolved.items()}
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
        assert {split: sorted(paths) for split, paths in found.items()} == theirs, files
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
    assert time.perf_counter() - started < 5


def test_no_pattern_takes_forever() -> None:
    files = DataFiles(["/".join(["a" * 250] * 30) + "/" + "a" * 250])
    started = time.perf_counter()
    assert files.matching("**/*a*a*a*a*a*a*a*a*b/" * 8 + "x") == []
    assert files.matching("**/" * 40 + "*a*a*a*a*a*a*a*a*a*a*a*b") == []
    assert files.matching("*[" * 5000) == []
    assert time.perf_counter() - started < 2

"""What PyPI has of the packages that Spaces ask for: names it lacks, no Linux release, the Pythons of each version."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

_ACCEPT = "application/vnd.pypi.simple.v1+json"
# Modules, tools and models that people write into requirements.txt by the names that they import or apt-get.
NAMES = """
cv2 opencv PIL faiss sklearn skimage yaml dateutil serial usb fitz Crypto OpenSSL magic attr mpl_toolkits pkg_resources
win32api win32com win32gui win32con win32clipboard pywintypes gi apt_pkg wx MySQLdb detectron2 apex mmcv-full
groundingdino libgl1 libgl1-mesa-glx cudatoolkit cudnn cuda-toolkit tensorflow-macos tensorflow-metal tensorflow-intel
torch-directml windows-curses python-magic-bin pypiwin32 pywin32 pywinpty win10toast pyobjc-core pyobjc pyaudiowpatch
wmi winsdk winrt-runtime mlx mlx-lm appscript coremltools uvloop pytorch git-lfs poppler-utils tesseract-ocr espeak-ng
libsndfile libsndfile1 portaudio19-dev build-essential python3-dev python3-opencv libglib2.0-0 libsm6 libxext6
en-core-web-sm en-core-web-md en-core-web-lg en-core-web-trf en-core-sci-sm de-core-news-sm de-core-news-md
de-core-news-lg fr-core-news-sm fr-core-news-md fr-core-news-lg es-core-news-sm es-core-news-md es-core-news-lg
it-core-news-sm it-core-news-lg pt-core-news-sm pt-core-news-lg nl-core-news-sm zh-core-web-sm zh-core-web-trf
ja-core-news-sm ja-core-news-lg ru-core-news-sm pl-core-news-sm el-core-news-sm da-core-news-sm ko-core-news-sm
uk-core-news-sm xx-ent-wiki-sm xx-sent-ud-sm en-ner-bc5cdr-md
""".split()
# The packages that Spaces pin most often, and those whose releases end with a Python.
PINNED = """
torch torchvision torchaudio tensorflow tensorflow-cpu numpy scipy pandas scikit-learn matplotlib pillow onnxruntime
onnxruntime-gpu xformers bitsandbytes triton mediapipe faiss-cpu sentencepiece tokenizers safetensors spacy
opencv-python opencv-python-headless opencv-contrib-python pyarrow llvmlite numba scikit-image h5py grpcio
pydantic-core orjson aiohttp cryptography lxml transformers diffusers accelerate datasets huggingface-hub gradio
streamlit fastapi uvicorn langchain langchain-core openai jax jaxlib ctranslate2 faster-whisper decord av open3d
paddlepaddle rembg insightface thinc spaces peft sentence-transformers chromadb lightgbm xgboost tiktoken timm
pyyaml
""".split()


def packages() -> dict[str, Any]:
    """The table: `standard` and `absent` names that PyPI lacks, `no_linux` ones, and the Pythons of `pinned` ones.

    Raises:
        OSError: PyPI cannot be reached.
    """
    standard = sorted(name for name in sys.stdlib_module_names if not name.startswith("_"))
    names = [*standard, *NAMES, *PINNED]
    with ThreadPoolExecutor(8) as pool:
        files = dict(zip(names, pool.map(_files, names), strict=True))
    return {
        "standard": " ".join(name for name in standard if not files[name]),
        "absent": " ".join(sorted(_normal(name) for name in NAMES if not files[name])),
        "no_linux": " ".join(sorted(_normal(name) for name in NAMES if files[name] and not _has_linux(files[name]))),
        "pinned": {name: _releases(files[name]) for name in sorted(PINNED)},
    }


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _files(name: str) -> list[dict[str, Any]]:
    """A package's files that are not yanked; none where PyPI has no such package."""
    request = urllib.request.Request(f"{_index()}/{_normal(name)}/", headers={"Accept": _ACCEPT})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            found: list[dict[str, Any]] = json.load(answer)["files"]
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return []
        raise
    return [file for file in found if not file.get("yanked")]


@cache
def _index() -> str:
    """The index that pip asks when it is not told of another."""
    command = [sys.executable, "-c", "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()


def _has_linux(files: list[dict[str, Any]]) -> bool:
    """Whether the package has an sdist, or a wheel that Linux on x86-64 takes."""
    return any(not file["filename"].endswith(".whl") or _fits(file["filename"]) for file in files)


def _fits(wheel: str) -> bool:
    platform = wheel.removesuffix(".whl").rpartition("-")[2]
    return platform == "any" or ("linux" in platform and "x86_64" in platform)


def _releases(files: list[dict[str, Any]]) -> dict[str, str]:
    """Each final version: its Requires-Python, then the CPythons of its Linux wheels, `any` and `sdist`."""
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        name: str = file["filename"]
        version = _version(name)
        if version is None:
            continue
        entry = found.setdefault(version, {"requires": "", "tags": set()})
        entry["requires"] = file.get("requires-python") or entry["requires"]
        if not name.endswith(".whl"):
            entry["tags"].add("sdist")
        elif _fits(name):
            entry["tags"] |= _tags(name)
    return {
        version: f"{entry['requires'].replace(' ', '')} {' '.join(sorted(entry['tags'], key=_order))}".strip()
        for version, entry in sorted(found.items(), key=lambda pair: _numbers(pair[0]))
    }


def _version(name: str) -> str | None:
    stem = name.removesuffix(".whl").removesuffix(".tar.gz").removesuffix(".zip").removesuffix(".tar.bz2")
    version = stem.split("-")[1] if name.endswith(".whl") else stem.rpartition("-")[2]
    return version if re.fullmatch(r"\d+(?:\.\d+)+", version) else None


def _tags(wheel: str) -> set[str]:
    """The Pythons that a wheel is for: `3.10`, `3.8+` for the stable ABI, `any`."""
    python, abi = wheel.removesuffix(".whl").split("-")[-3:-1]
    if abi == "none" and python.startswith("py"):
        return {"any"} if "3" in python else set()
    tags = set()
    for tag in python.split("."):
        found = re.fullmatch(r"cp3(\d+)", tag)
        if found and not abi.endswith("t"):
            tags.add(f"3.{found[1]}" + ("+" if abi == "abi3" else ""))
    return tags


def _order(tag: str) -> tuple[int, str]:
    found = re.match(r"3\.(\d+)", tag)
    return (int(found[1]) if found else 99, tag)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))

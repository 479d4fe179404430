"""Which files of a repository are read as text."""

from __future__ import annotations

from hublint.repository.git.ignored import ignores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.secrets.scan import Secrets

    _Answer = TypeVar("_Answer")


# Folders that tools write or package managers bring; nobody edits what is in them.
VENDORED = frozenset(
    "node_modules bower_components site-packages dist-packages __pycache__ venv .venv .tox .nox .cache .eggs "
    ".mypy_cache .ruff_cache .pytest_cache .gradle .terraform".split()
)
# Endings of files that are not text; which of them hold weights, `weights` tells.
BINARY = frozenset(
    # weights and arrays
    "safetensors bin pt pth ckpt onnx onnx_data gguf ggml h5 hdf5 keras pb tflite mlmodel mlpackage msgpack nemo "
    "pkl pickle joblib npy npz mat model spm tiktoken engine ort xmodel caffemodel params pdparams pdiparams ot ubj "
    # data
    "parquet arrow feather orc avro lance tfrecord tfrecords lmdb mdb db sqlite sqlite3 duckdb wds index faiss ann "
    # archives
    "zip tar gz tgz bz2 xz zst lz4 7z rar br jar war whl egg deb rpm apk iso dmg "
    # pictures, sound, video, fonts, documents
    "png jpg jpeg jpe jfif gif webp bmp ico icns tif tiff heic heif avif psd exr hdr tga dds ktx "
    "wav mp3 flac ogg oga opus m4a aac aiff aif wma mid midi sf2 mp4 m4v mov avi mkv webm wmv flv mpg mpeg 3gp "
    "ttf otf woff woff2 eot pdf doc docx xls xlsx ppt pptx odt ods epub mobi djvu "
    # scenes and programs
    "glb gltf fbx obj stl ply blend usd usdz las laz spz splat vrm bvh nii mgz dcm "
    "llamafile exe dll so dylib a o lib pdb class pyc pyo pyd wasm elf node p12 pfx jks keystore der gpg".split()
)
# Vocabularies: as long as they are random, and made by training.
VOCABULARIES = frozenset(
    "tokenizer.json vocab.json vocab.txt merges.txt added_tokens.json special_tokens_map.json "
    "model.safetensors.index.json pytorch_model.bin.index.json".split()
)
_LARGEST = 10 * 1024 * 1024
_LARGEST_NOTEBOOK = 50 * 1024 * 1024  # pictures in outputs make them large


def text_paths(repository: Repository) -> Iterator[str]:
    """Paths of the files that people write and commit, and that are text by their names and sizes."""
    left_out = ignores(repository)
    for path, size in repository.files.items():
        *folders, name = path.split("/")
        suffix = name.rpartition(".")[2].lower()
        largest = _LARGEST_NOTEBOOK if suffix == "ipynb" else _LARGEST
        if suffix in BINARY or name in VOCABULARIES or size > largest or VENDORED.intersection(folders):
            continue
        if path not in left_out:
            yield path


def texts(repository: Repository) -> Iterator[Source]:
    """The texts at `text_paths`; the repository does not keep them, since there may be very many."""
    for path in text_paths(repository):
        source = repository.glance(path)
        if source is not None and not source.is_binary:
            yield source


def suspects(repository: Repository) -> list[Source]:
    """The texts in which the detector of credentials could find something; in most repositories there is none."""
    return repository.once(_suspects)


def _suspects(repository: Repository) -> list[Source]:
    found = []
    for text in texts(repository):
        if is_suspect(repository, text) and (source := repository.source(text.path)) is not None:
            found.append(source)
    return found


def is_suspect(repository: Repository, source: Source) -> bool:
    """Whether the detector of credentials could find something in a text, looked at once in equal texts."""
    from hublint.secrets.hints import is_env_name, may_hold_secret

    return _looked_at(repository, source, may_hold_secret, is_env_name(source.path))


def credentials(repository: Repository, source: Source) -> Secrets:
    """What stands in a text of credentials, looked for once in equal texts."""
    from hublint.secrets.env_files import is_env_file
    from hublint.secrets.scan import scan

    return _looked_at(repository, source, scan, is_env_file(source.path))


def _looked_at(repository: Repository, source: Source, look: Callable[[Source], _Answer], named: bool) -> _Answer:
    """What a look at a text gives, which is the same for texts with the same content."""
    known = repository.once(_known)
    key = look, _content(source, named)
    if key not in known:
        known[key] = look(source)
    return known[key]  # type: ignore[return-value]


def _known(_: Repository) -> dict[object, object]:
    return {}


def _content(source: Source, named: bool) -> object:
    """What the search for credentials looks at: the bytes, and what the name says they are."""
    from hublint.secrets.literals import suffix

    return hash(source.raw), len(source.raw), suffix(source), named

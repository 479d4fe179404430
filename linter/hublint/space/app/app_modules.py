"""Which Python files a Space's app is made of, and what they import from elsewhere."""

from __future__ import annotations

from hublint.documents.standard_modules import STANDARD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.documents.python import Import, PythonSource
    from hublint.repository.repository import Repository

MAX_FILES = 200

# Modules that a Gradio Space has before requirements.txt: what the Hub's builder installs (huggingface_hub, datasets,
# requests, gradio[oauth,mcp], spaces, uvicorn, hf_transfer, protobuf, pip's own) and what those depend on.
# Sources: docs/hub/spaces-dependencies (2026-08-22), build logs of Gradio Spaces (2023, 2024), and the dependencies
# that PyPI gives for gradio 3.50.2, 4.44.1, 5.49.1 and 6, datasets 5 and spaces 0.51 (2026-11-21).
PREINSTALLED = frozenset(
    """
    _distutils_hack aiofiles aiohappyeyeballs aiohttp aiosignal altair annotated_doc annotated_types anyio
    async_timeout attr attrs authlib brotli certifi cffi charset_normalizer click contourpy cryptography cycler
    datasets dateutil dill dotenv exceptiongroup fastapi ffmpy filelock fontTools frozenlist fsspec google.protobuf
    gradio gradio_client groovy h11 hf_gradio hf_transfer hf_xet httpcore httpcore2 httptools httpx httpx2 httpx_sse
    huggingface_hub idna importlib_metadata importlib_resources itsdangerous jinja2 joserfc jsonschema
    jsonschema_specifications jwt kiwisolver linkify_it markdown_it markupsafe matplotlib mcp mdit_py_plugins mdurl
    mpl_toolkits multidict multipart multiprocess narwhals numpy opentelemetry orjson packaging pandas PIL pip
    pkg_resources propcache psutil pyarrow pycparser pydantic pydantic_core pydantic_settings pydub pygments pylab
    pyparsing python_multipart pytz referencing requests rich rpds ruff safehttpx semantic_version setuptools
    shellingham six sniffio spaces sse_starlette starlette tomlkit toolz tqdm truststore typer typing_extensions
    typing_inspection tzdata uc_micro urllib3 uvicorn uvloop watchfiles websockets wheel xxhash yaml yarl zipp
    """.split()
)
# ZeroGPU comes with torch, though not with torchvision or torchaudio (github.com/huggingface/skills,
# skills/huggingface-spaces, 2026); apps use it through `spaces`.
_WITH_ZERO_GPU = frozenset(("torch", "sympy", "networkx", "mpmath", "triton"))


def with_imports(repository: Repository, started: list[PythonSource], folders: list[str]) -> list[PythonSource]:
    """Files and the repository's own modules that they import, at most `MAX_FILES`.

    Args:
        repository: where they are.
        started: the files.
        folders: where Python looks for modules, besides the root.
    """
    found: dict[str, PythonSource] = {python.source.path: python for python in started}
    pending = list(started)
    bases = [*dict.fromkeys((*folders, ""))]
    while pending and len(found) < MAX_FILES:
        module = pending.pop()
        for imported in module.imports:
            for path in module_paths(imported, module.source.path, bases):
                if path in repository.files and path not in found:
                    source = repository.python(path)
                    if source is not None:
                        found[path] = source
                        pending.append(source)
    return list(found.values())


def files_of(imported: Import, importer: str, starts: Iterable[str]) -> list[str]:
    """Paths, there or not, of the modules of its own that an import in a repository's file may mean.

    Args:
        imported: the import.
        importer: the path of the file that it is in.
        starts: the files that are started; Python looks beside them.
    """
    return module_paths(imported, importer, [*dict.fromkeys((*map(_folder, starts), ""))])


def own_names(repository: Repository) -> frozenset[str]:
    """Names that an import may find in the repository: of its modules and folders, wherever they are."""
    names = {folder.rpartition("/")[2] for folder in repository.folders}
    for path in repository.files:
        name = path.rpartition("/")[2]
        if name.endswith((".py", ".pyi", ".so", ".pyd", ".pyc")):
            names.add(name.partition(".")[0])
    return frozenset(names)


def third_party(imported: Import, own: frozenset[str]) -> str:
    """The top-level name of a module that neither Python nor the repository has; empty for any other.

    `google` belongs to several distributions, so there it is `google.genai`.

    Args:
        imported: one import.
        own: what `own_names` gives.
    """
    top, _, rest = imported.module.partition(".")
    if top in STANDARD or top in own:
        return ""
    if top == "google":
        inner = rest.partition(".")[0] or next(iter(imported.names), "")
        return f"google.{inner}" if inner else ""
    return top


def is_preinstalled(name: str, uses_spaces: bool) -> bool:
    """Whether a Gradio Space has a top-level module without asking for it.

    Args:
        name: the module, as `third_party` gives it.
        uses_spaces: whether the app imports `spaces`, as those on ZeroGPU do.
    """
    return name in PREINSTALLED or (uses_spaces and name in _WITH_ZERO_GPU)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def module_paths(imported: Import, importer: str, bases: list[str]) -> list[str]:
    """Files that an import may mean, for an importer at that path, where Python looks in `bases`."""
    separator = "" if imported.module.endswith(".") else "."
    names = ["", *(separator + name for name in imported.names)]
    return [path for base in bases for name in names for path in module_files(imported.module + name, importer, [base])]


def module_files(module: str, importer: str, bases: Iterable[str]) -> list[str]:
    """Files that may be a module, whose dotted name begins with a dot where it is relative to the importer."""
    absolute = module.lstrip(".")
    dots = len(module) - len(absolute)
    if dots:
        base = _folder(importer)
        for _ in range(dots - 1):
            base = _folder(base)
        bases = [base]
    stems = ["/".join(part for part in (base, absolute.replace(".", "/")) if part) for base in bases]
    return [path for stem in stems for path in (f"{stem}.py", f"{stem}/__init__.py")]

"""What a folder looks like whose files alone do not decide, so that it is named rather than checked or left out."""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.kinds import Evidence, kind_of_files, weights_beside
from hublint.repository.sources import README

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from hublint.repository.sources import Sources

_APPS = ("app.py", "streamlit_app.py", "src/streamlit_app.py", "main.py")
_LIBRARIES = ("gradio", "streamlit", "spaces")
_HUB_PORT = lazy(r"(?<!\d)7860(?!\d)")
_CODE = (".py", ".ipynb", ".js", ".ts", ".r", ".R", ".c", ".cpp", ".go", ".rs", ".java", ".toml")
_SPLIT = lazy(
    r"^(?:data/)?(?:train|training|test|testing|valid|validation|val|dev|eval)\b[^/]*\.(?:csv|tsv|jsonl|arrow)(?:\.gz)?$"
    r"|^(?:data/)?train\b[^/]*\.json$"
    r"|^(?:[^/]+/)?[^/]*\.parquet$|^metadata\.(?:csv|jsonl)$"
)
# The Hub writes this file into each new repository; a program names a few patterns of its own.
_ATTRIBUTES = ".gitattributes"
_HUB_PATTERNS = (b"*.safetensors filter=lfs", b"saved_model/**/* filter=lfs", b"*tfevents* filter=lfs")


def made_as_space(sources: Sources) -> Evidence | None:
    """A Space without metadata: an app beside the .gitattributes that the Hub writes into each new repository."""
    data = sources.tree.read(_ATTRIBUTES) or b""
    if not all(pattern in data for pattern in _HUB_PATTERNS):
        return None
    found = _app(sources) or _image(sources)
    return Evidence("space", f"{found}, and the Hub's .gitattributes") if found else None


def likeness(sources: Sources) -> Evidence | None:
    """What kind of Hub repository files look like, though they may as well be those of an ordinary project."""
    files = sources.tree.sizes()
    names = {path for path in files if "/" not in path}
    found = _app(sources) if "requirements.txt" in names or README in names else ""
    found = found or _image(sources)
    if found:
        return Evidence("space", found)
    sure = kind_of_files(files)
    if sure is not None:
        return sure
    beside = weights_beside(names)
    if beside:
        return Evidence("model", beside)
    if README not in names or any(name.endswith(_CODE) for name in names):
        return None
    return _bare_model(names) or _bare_dataset(files)


def _app(sources: Sources) -> str:
    """Which file of an app imports what a Space is made with; empty where none does."""
    from hublint.documents.python import PythonSource

    for path in _APPS:
        python = sources.parsed(path, PythonSource) if path in sources.tree.sizes() else None
        modules = {each.module.partition(".")[0] for each in python.imports} if python is not None else set()
        for library in _LIBRARIES:
            if library in modules:
                return f"{path} imports {library}"
    return ""


def _image(sources: Sources) -> str:
    """What a Dockerfile says of the port that the Hub asks for; empty where it says nothing."""
    source = sources.source("Dockerfile") if "Dockerfile" in sources.tree.sizes() else None
    return "Dockerfile names port 7860" if source is not None and _HUB_PORT.search(source.text) else ""


def _bare_model(names: Collection[str]) -> Evidence | None:
    from hublint.repository.weights import is_weights

    weights = sorted(name for name in names if is_weights(name) and not name.endswith(".npz"))
    return Evidence("model", f"{weights[0]} beside README.md") if weights else None


def _bare_dataset(files: Collection[str]) -> Evidence | None:
    data = sorted(path for path in files if _SPLIT.search(path))
    return Evidence("dataset", f"{data[0]} beside README.md") if data else None

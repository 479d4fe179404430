"""Servers of a Docker Space that refuse requests for a host that they were not told of: Vite, Django, Streamlit."""

from __future__ import annotations

import ast
import json
import re

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.files import join
from hublint.space.serving import serving, walked
from hublint.space.serving.process import module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.container.files import ContainerFiles
    from hublint.space.serving.process import Process

_ALLOWED = lazy(r"(?i)allowed_?hosts")
# Of a list of hosts, as Vite compares them one by one, these words let nobody in but localhost.
_LETS_NONE = lazy(
    r"""allowedHosts\s*:\s*\[\s*"""
    r"""(?:["'](?:all|\*|localhost|127\.0\.0\.1|0\.0\.0\.0)["']\s*(?:,\s*)?)*\]"""
)
_SOURCES = (".js", ".ts", ".mjs", ".mts", ".cjs", ".cts", ".json", ".sh", ".env", "Dockerfile", "Makefile")
_CONFIGS = tuple(f"vite.config.{ending}" for ending in ("js", "mjs", "ts", "cjs", "mts", "cts"))
_LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock")
_LOCKED = lazy(
    r'"(?:[^"\n]*/)?node_modules/vite": \{\s*"version": "([\d.]+)"|^"?vite@[^\n]*:\n\s+version:? "?([\d.]+)'
    r'|^  /?\'?vite[@/]([\d.]+)|"vite": \["vite@([\d.]+)"',
    re.MULTILINE,
)
_RANGE = lazy(r"([\^~]|>=)?v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?")
_UPLOADS = frozenset(("file_uploader", "camera_input", "audio_input"))
_XSRF = lazy(r"(?i)xsrf")


class ViteServer(NamedTuple):
    """A Vite server that checks hosts: the command, and its configuration where there is one."""

    process: Process
    config: Source | None
    is_preview: bool


class DjangoHosts(NamedTuple):
    """Django's settings, the list in them, and the hosts that it has."""

    settings: PythonSource
    node: ast.List | ast.Tuple
    hosts: list[str]


def vite_without_hosts(repository: Repository) -> ViteServer | None:
    """The Vite server that is all that a Space serves, and that nothing tells of the Space's host."""
    for process in _alone(repository):
        words = [word.value or "" for word in process.argv]
        if words[0].rpartition("/")[2] != "vite" or not {"-c", "--config", "--base"}.isdisjoint(words):
            continue
        if not {"build", "optimize", "--help", "--version"}.isdisjoint(words) or any("hf.space" in w for w in words):
            continue
        walker = walked(repository)
        if walker is None or not _checks_hosts(walker.files, process.directory) or _speaks_of_hosts(repository):
            return None
        paths = [path for name in _CONFIGS if (path := walker.files.find(join(process.directory, name)))]
        config = repository.source(paths[0]) if len(paths) == 1 else None
        if len(paths) > 1 or (config is not None and re.search(r"https\s*[:(]|basicSsl|mkcert", config.text)):
            return None
        return ViteServer(process, config, "preview" in words)
    return None


def django_hosts(repository: Repository) -> DjangoHosts | None:
    """The written out ALLOWED_HOSTS of the Django project that is all that a Space serves, without the Space's host."""
    walker = walked(repository)
    for process in _alone(repository):
        python = repository.python(process.path) if process.path else None
        if walker is None or python is None or "DJANGO_SETTINGS_MODULE" not in python.source.text:
            continue
        folder = process.place.rpartition("/")[0] or "/" if process.is_program else process.directory
        settings = _settings(repository, walker.files, python, folder)
        found = _hosts(settings) if settings is not None else None
        if found is not None and not any(_admits(host) for host in found.hosts):
            return found
    return None


def streamlit_uploads(repository: Repository) -> tuple[Process, PythonSource, Call] | None:
    """The command of a Streamlit app that takes files while XSRF protection is on, and the call that takes them."""
    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None:
        return None
    for process in _alone(repository):
        if [word.value for word in process.argv[:2]] != ["streamlit", "run"] or None in [w.value for w in process.argv]:
            continue
        texts = [dockerfile.source, *walker.scripts]
        texts += [each for path in repository.files if path.endswith(".toml") and (each := repository.source(path))]
        if any(_XSRF.search(text.text) for text in texts):
            return None
        from hublint.space.running import reached

        for python in reached(repository, *_UPLOADS):
            for call in python.calls:
                if call.name.startswith("streamlit.") and call.method in _UPLOADS and call.runs != "never":
                    return process, python, call
    return None


def _alone(repository: Repository) -> Iterator[Process]:
    """The commands of a start that has a single known server and nothing in front of it."""
    found, walker = serving(repository), walked(repository)
    if walker is not None and found.complete and len(found.servers) == 1 and not walker.fronts:
        yield from walker.started


def _checks_hosts(files: ContainerFiles, directory: str) -> bool:
    """Whether the Vite that package.json installs surely checks hosts: since 5.4.12 and 6.0.9."""
    path = files.find(join(directory, "package.json"))
    source = files.repository.source(path) if path else None
    if path is None or source is None:
        return False
    folder = path.rpartition("/")[0]
    for name in _LOCKS:
        lock = files.repository.source(f"{folder}/{name}".lstrip("/"))
        if lock is not None:
            versions = [next(filter(None, each)) for each in _LOCKED.findall(lock.text)]
            return bool(versions) and all(_is_checking(*_numbers(each)) for each in versions)
    try:
        package = json.loads(source.text)
        asked = {**package.get("dependencies", {}), **package.get("devDependencies", {})}.get("vite")
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False
    return isinstance(asked, str) and _newest_checks(asked)


def _newest_checks(asked: str) -> bool:
    """Whether the newest Vite in a range of package.json checks hosts."""
    if asked in ("latest", "*", ""):
        return True
    found = _RANGE.fullmatch(asked.strip())
    if found is None:
        return False
    operator, major = found[1], int(found[2])
    minor = int(found[3]) if found[3] and found[3] != "x" else None
    patch = int(found[4]) if found[4] and found[4] != "x" else None
    if operator == ">=" or (operator == "^" and major >= 5) or (operator is None and minor is None):
        return major >= 5 or operator == ">="
    if operator == "~" or patch is None:
        return _is_checking(major, minor or 0, 99)
    return operator is None and _is_checking(major, minor or 0, patch)


def _is_checking(major: int, minor: int, patch: int) -> bool:
    return (major, minor, patch) >= (6, 0, 9) or (6, 0, 0) > (major, minor, patch) >= (5, 4, 12)


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch, *_ = (int(part or 0) for part in f"{version}..".split("."))
    return major, minor, patch


def _speaks_of_hosts(repository: Repository) -> bool:
    """Whether a configuration, script or source says anything of allowed hosts."""
    paths = (path for path in repository.files if path.endswith(_SOURCES) or "/.env" in f"/{path}")
    sources = (repository.glance(path) for path in paths if "node_modules/" not in path)
    return any(source is not None and _ALLOWED.search(_LETS_NONE.sub("", source.text)) for source in sources)


def _settings(repository: Repository, files: ContainerFiles, python: PythonSource, folder: str) -> PythonSource | None:
    """The settings that an entry point of Django names, unless the image names others."""
    if files.stage.env.get("DJANGO_SETTINGS_MODULE", "") is None:
        return None
    named = files.stage.env.get("DJANGO_SETTINGS_MODULE") or ""
    for call in python.calls:
        if not named and call.name == "os.environ.setdefault" and len(call.args) == 2:
            key, value = (python.value(each) for each in call.args)
            if key is not None and value is not None and key.value == "DJANGO_SETTINGS_MODULE":
                named = value.value if isinstance(value.value, str) and not value.env else ""
    path = files.find(module_file(files, folder, named)) if named else None
    return repository.python(path) if path else None


def _hosts(settings: PythonSource) -> DjangoHosts | None:
    """What ALLOWED_HOSTS is, where it is one list of plain words that nothing changes."""
    bound = settings.facts.names.module.bindings.get("ALLOWED_HOSTS", [])
    node = bound[0] if len(bound) == 1 else None
    if not isinstance(node, (ast.List, ast.Tuple)) or settings.source.text.count("ALLOWED_HOSTS") != 1:
        return None
    hosts = [each.value if isinstance(each, ast.Constant) else None for each in node.elts]
    words = [host for host in hosts if isinstance(host, str)]
    later = [each for each in settings.imports if "*" in each.names and each.node.lineno > node.lineno]
    return None if len(words) != len(hosts) or later else DjangoHosts(settings, node, words)


def _admits(host: str) -> bool:
    """Whether an entry of ALLOWED_HOSTS may be the Space's host."""
    return host == "*" or host.endswith(("hf.space", ".space", "huggingface.co"))

"""The environment variables that a Space's code asks for: each is a Secret or a Variable of its settings."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.git.ignored import ignores
from hublint.repository.texts import VENDORED
from hublint.secrets.assignments import is_secret_name
from hublint.secrets.env_files import env_values
from hublint.space.variables.reads import NEEDS, Read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.repository.repository import Repository
    from hublint.space.variables.reads import Need

# What the Hub sets itself. Sources: docs/hub/spaces-overview and spaces-oauth (2026-08-22); SYSTEM and SPACES_ZERO_GPU
# are read by gradio 6.31 and spaces 0.51.
_OF_THE_HUB = frozenset("ACCELERATOR CPU_CORES MEMORY SYSTEM SPACES_ZERO_GPU OPENID_PROVIDER_URL".split())
_OF_THE_HUB_PREFIXES = ("SPACE_", "OAUTH_")
# What any container has, or what only tunes a library that has defaults of its own.
_OF_THE_SYSTEM = frozenset(
    "HOME PATH PWD USER LOGNAME HOSTNAME SHELL LANG LC_ALL TERM TMPDIR TMP TEMP TZ DISPLAY PYTHONPATH VIRTUAL_ENV "
    "COLAB_GPU PYTEST_CURRENT_TEST CI NODE_ENV CUDA_VISIBLE_DEVICES LOCAL_RANK RANK WORLD_SIZE HF_HOME HF_HUB_CACHE "
    "HUGGINGFACE_HUB_CACHE TRANSFORMERS_CACHE HF_DATASETS_CACHE XDG_CACHE_HOME TORCH_HOME USERPROFILE APPDATA "
    "LOCALAPPDATA PROGRAMFILES WINDIR SYSTEMROOT".split()
)
# Names whose values often hold a password though they do not say so; a Variable would show it to everyone.
_OFTEN_SECRET = lazy(
    r"(?:.*_)?(?:KEY|KEY_PEM|ACCESS_KEY_ID|API|DSN|CREDENTIALS?|(?:DATABASE|DB|MONGO(?:DB)?|REDIS|POSTGRES(?:QL)?|PG|MYSQL|SQLALCHEMY|AMQP|BROKER)"
    r"(?:_\w+)?_?UR[IL]|CONNECTION_STRING|CONN_STR|WEBHOOK(?:_URL)?|SERVICE_ACCOUNT(?:_JSON|_INFO)?|COOKIES?|PASSPHRASE|SALT"
    r"|AUTH|SMTP_USER(?:NAME)?)"
)
_PUBLIC = lazy(r"(?:.*_)?(?:PUBLIC|PUBLISHABLE|ANON|SITE)(?:_\w+)?_KEY|(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC)_.*")
_NAME = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_THE_APP = VENDORED.union(
    "test tests testing dist build env .git .github .next docs examples example notebooks benchmarks".split()
)
_LOADERS = ("dotenv", "env_file", "decouple", "environs")
_LARGEST = 1_000_000
_MOST_FILES = 300
_PLACES = 3


class Variable(NamedTuple):
    """One environment variable.

    Attributes:
        name: as the code writes it.
        store: `secret` or `variable`, which is what to add it as in the Space's settings.
        need: the strongest of its reads.
        places: the first reads, the strongest first.
        notes: what else its reads say.
    """

    name: str
    store: str
    need: Need
    places: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]

    @property
    def settable(self) -> bool:
        """Whether the name is one that `hf` and the settings take."""
        return _NAME.fullmatch(self.name) is not None


def variables(repository: Repository) -> list[Variable]:
    """What a Space's code asks for and nothing in the repository gives, the most needed first, then by name.

    What the Hub or any container sets is left out.
    """
    given = _given(repository)
    reads: dict[str, list[Read]] = {}
    for read in _reads(repository):
        name = read.name
        if name and name not in _OF_THE_HUB | _OF_THE_SYSTEM and not name.startswith(_OF_THE_HUB_PREFIXES):
            if name in given and read.note != "st.secrets":
                read = read._replace(need="default")
            reads.setdefault(name, []).append(read)
    found = [_variable(name, group) for name, group in reads.items()]
    return sorted(found, key=lambda variable: (NEEDS.index(variable.need), variable.name))


def is_secret(name: str) -> bool:
    """Whether a variable belongs among the Secrets; in doubt it does, since everybody can read a Variable."""
    upper = name.upper()
    if _PUBLIC.fullmatch(upper):
        return False
    return is_secret_name(name) or _OFTEN_SECRET.fullmatch(upper) is not None


def _variable(name: str, reads: list[Read]) -> Variable:
    reads.sort(key=lambda read: (NEEDS.index(read.need), read.path, read.line))
    secret = is_secret(name) or any(read.note == "a secret of the build" for read in reads)
    places = tuple(dict.fromkeys((read.path, read.line) for read in reads))[:_PLACES]
    notes = tuple(dict.fromkeys(read.note for read in reads if read.note))
    return Variable(name, "secret" if secret else "variable", reads[0].need, places, notes)


def _given(repository: Repository) -> set[str]:
    """Variables to which the image, or a committed `.env` that the code loads, gives a value."""
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    stage = dockerfile.final_stage if dockerfile is not None else None
    given = {name for name, value in stage.env.items() if value} if stage is not None else set()
    source = repository.source(".env") if ".env" in repository.files and ".env" not in ignores(repository) else None
    if source is not None and any(word in repository.code for word in _LOADERS):
        given.update(line.name for line in env_values(source.text))
    return given


def _reads(repository: Repository) -> Iterator[Read]:
    from hublint.space.running import loaded, running
    from hublint.space.variables.other_reads import dockerfile_reads, node_reads, page_reads, shell_reads
    from hublint.space.variables.python_reads import python_reads

    if repository.sdk == "static":
        yield from _texts(repository, (".html", ".js", ".mjs", ".ts"), page_reads)
        return
    started = loaded(repository)
    starts = running(repository)
    for each in started:
        path = each.source.path
        for read in python_reads(each, main=path in starts.programs):
            yield read._replace(need="use") if read.need == "start" and path in starts.doubtful else read
    if repository.sdk != "docker":
        return
    seen = {each.source.path for each in started}
    for path in _files(repository, (".py",)):
        python = repository.python(path) if path not in seen else None
        for read in python_reads(python) if python is not None else ():
            yield read._replace(need="use") if read.need == "start" else read
    dockerfile = repository.dockerfile
    if dockerfile is not None:
        yield from dockerfile_reads(dockerfile)
        yield from shell_reads(dockerfile.source)
    yield from _texts(repository, (".sh",), shell_reads)
    yield from _texts(repository, (".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx"), node_reads)


def _files(repository: Repository, suffixes: tuple[str, ...]) -> list[str]:
    """The app's own files of a kind."""
    found = []
    for path, size in repository.files.items():
        if path.endswith(suffixes) and 0 <= size <= _LARGEST and _NOT_THE_APP.isdisjoint(path.lower().split("/")[:-1]):
            name = path.rpartition("/")[2].lower()
            if not name.startswith(("test_", "conftest")) and ".test." not in name and path not in ignores(repository):
                found.append(path)
    return found[:_MOST_FILES]


def _texts(repository: Repository, suffixes: tuple[str, ...], read: object) -> Iterable[Read]:
    for path in _files(repository, suffixes):
        source = repository.glance(path)
        if source is not None and not source.is_binary:
            yield from read(source)  # type: ignore[operator]

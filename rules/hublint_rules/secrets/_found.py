"""The credentials that were found, and what rules say and do about them."""

from __future__ import annotations

import re

from hublint.repository.texts import credentials, suspects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Protocol, TypeVar

    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.rule import Edit
    from hublint.secrets.detector import Secret
    from hublint.secrets.places import Places
    from hublint.secrets.scan import Secrets

    class Placed(Protocol):
        """Something that was found somewhere."""

        @property
        def span(self) -> Span: ...

    _Found = TypeVar("_Found")


_TEST_FOLDERS = frozenset(
    "test tests testing __tests__ __mocks__ mocks fixtures fixture testdata test_data spec specs e2e cypress".split()
)
_SHOWN = 4
_SAMPLE_FOLDERS = frozenset("example examples sample samples doc docs demo_data".split())

# Where a provider's own libraries look; for the others it is `<PROVIDER>_API_KEY`.
_VARIABLES = {
    "Hugging Face": "HF_TOKEN",
    "Google": "GOOGLE_API_KEY",
    "AWS": "AWS_SECRET_ACCESS_KEY",
    "GitHub": "GITHUB_TOKEN",
    "GitLab": "GITLAB_TOKEN",
    "Replicate": "REPLICATE_API_TOKEN",
    "Weights & Biases": "WANDB_API_KEY",
    "Slack": "SLACK_BOT_TOKEN",
    "Discord": "DISCORD_TOKEN",
    "Telegram": "TELEGRAM_BOT_TOKEN",
    "Stripe": "STRIPE_SECRET_KEY",
    "Databricks": "DATABRICKS_TOKEN",
    "Twilio": "TWILIO_AUTH_TOKEN",
    "npm": "NPM_TOKEN",
    "Gmail": "GMAIL_APP_PASSWORD",
}
# Names that say nothing of whose password it is, and words of a dict's name that do not say it either.
_GENERAL = frozenset("password passwd pwd pass secret token key credential credentials api_key apikey".split())
_NOT_OWNERS = frozenset(
    "config configuration conf cfg settings setting options opts params parameters kwargs args credentials creds "
    "secrets info headers header data payload body json defaults default env environ environment dict self auth".split()
)
_CONNECTING = frozenset("connect create_connection create_pool connection connectionpool pool".split())
_READ = re.compile(r'os\.environ\["(\w+)"\]')


def reading_env_files(repository: Repository) -> Iterator[str]:
    """Paths of the Python files that speak of `dotenv`."""
    from hublint.repository.texts import text_paths

    for path in text_paths(repository):
        if path.endswith(".py"):
            source = repository.glance(path)
            if source is not None and "dotenv" in source.text:
                yield path


def scanned(repository: Repository) -> Iterator[tuple[Source, Secrets]]:
    """Every text in which a credential was found, and what was found, without what is DK009's."""
    for source in suspects(repository):
        secrets = credentials(repository, source)
        if any(secrets) and source.path == "Dockerfile":
            from hublint_rules.secrets._image import divided

            secrets = divided(repository, source, secrets).outside
        if any(secrets):
            yield source, secrets


def tokens(secrets: Secrets) -> list[list[Secret]]:
    """The tokens of a text at all their places, the same together; not those that SE007 reports."""
    of_env = env_places(secrets)
    rest = (token for token in secrets.tokens if not of_env.meet(token.span))
    return grouped(rest, lambda token: token.value)


def grouped(found: Iterable[_Found], by: Callable[[_Found], object]) -> list[list[_Found]]:
    """What was found, in order; those that are the same by a question are together."""
    groups: dict[object, list[_Found]] = {}
    for each in found:
        groups.setdefault(by(each), []).append(each)
    return list(groups.values())


def env_places(secrets: Secrets) -> Places:
    """Where the values stand that SE007 reports."""
    from hublint.secrets.places import Places

    return Places(value.span for value in secrets.env)


def also(source: Source, places: Sequence[Placed]) -> str:
    """On which lines a credential stands besides its first, for the middle of a message; empty for one line."""
    lines = list(dict.fromkeys(source.position(place.span.start).line for place in places))[1:]
    if not lines:
        return ""
    shown = [str(line) for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(f"{len(lines) - _SHOWN} more")
    return f", also on line{'s' if len(lines) > 1 else ''} {together(shown)}"


def together(words: Sequence[str]) -> str:
    """Several words as part of a sentence: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def is_test(path: str) -> bool:
    """Whether a file belongs to tests, which hold credentials that open nothing."""
    *folders, name = path.lower().split("/")
    stem = name.partition(".")[0]
    return (
        not _TEST_FOLDERS.isdisjoint(folders)
        or stem.startswith("test_")
        or stem.endswith("_test")
        or stem in ("conftest", "test", "tests")
        or ".test." in name
        or ".spec." in name
    )


def is_sample(path: str) -> bool:
    """Whether a file is documentation or an example by its folder."""
    return not _SAMPLE_FOLDERS.isdisjoint(path.lower().split("/")[:-1])


def environment_variable(token: Secret, name: str = "", owner: str = "") -> str:
    """The variable for a token: the name that it is given where that is a variable's, else its provider's usual one."""
    from hublint.secrets.assignments import is_secret_name

    if name.isupper() and "_" in name and is_secret_name(name):
        return name
    provider = token.kind.provider
    return _VARIABLES.get(provider) or f"{''.join(filter(str.isalnum, provider)).upper()}_API_KEY"


def named_variable(name: str, owner: str = "") -> str:
    """The variable for a value by the name that it is given, `DB_PASSWORD` for `dbPassword`.

    A name that many values have takes the words before it from `owner`, the dict or function that it is given to:
    `password` in `db_config` is `DB_PASSWORD`, and so is one of `connect()`; other functions say nothing.
    """
    variable = _upper(name) or "API_KEY"
    if variable.lower() not in _GENERAL:
        return variable
    if owner.endswith("()"):
        return f"DB_{variable}" if owner[:-2].lower() in _CONNECTING else variable
    words = [word for word in _upper(owner).split("_") if word and word.lower() not in _NOT_OWNERS]
    return "_".join([*words, variable])


def _upper(name: str) -> str:
    return re.sub(r"\W", "_", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)).upper()


def environment_edits(
    repository: Repository, source: Source, value: str, variable: Callable[[str, str], str]
) -> tuple[Edit, ...]:
    """Edits that make a Python file read a credential from the environment; none for other files."""
    python = repository.python(source.path) if source.path.endswith(".py") else None
    if python is None or python.tree is None:
        return ()
    from hublint.documents.python.environment_edits import environment_edits

    return environment_edits(python, value, variable)


def way_out(repository: Repository, edits: Sequence[Edit] = (), variable: str = "") -> str:
    """Where the new credential belongs, as the end of a sentence.

    Args:
        edits: what the fix does; the variables that it reads are named.
        variable: named where the edits read none.
    """
    read = [f"`{name}`" for edit in edits for name in _READ.findall(edit.text)]
    names = list(dict.fromkeys(read)) or ([f"`{variable}`"] if variable else [])
    if repository.kind != "space":
        return "keep a new one out of the repository; the git history keeps this one"
    if not names:
        return "store the new one as a secret in the Space's settings; the git history keeps this one"
    kind = "as a secret" if len(names) == 1 else "as the secrets"
    return f"store the new one {kind} {together(names)} in the Space's settings; the git history keeps this one"

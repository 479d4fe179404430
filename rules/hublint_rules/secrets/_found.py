"""The credentials that were found, and what rules say and do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository.texts import suspects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.rule import Edit
    from hublint.secrets.detector import Secret
    from hublint.secrets.scan import Secrets

_TEST_FOLDERS = frozenset(
    "test tests testing __tests__ __mocks__ mocks fixtures fixture testdata test_data spec specs e2e cypress".split()
)
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
}


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
    from hublint.secrets.scan import scan

    for source in suspects(repository):
        secrets = repository.parsed(source.path, scan)
        if secrets is not None and any(secrets) and source.path == "Dockerfile":
            from hublint_rules.secrets._image import divided

            secrets = divided(repository, source, secrets).outside
        if secrets is not None and any(secrets):
            yield source, secrets


def tokens(secrets: Secrets) -> Iterator[tuple[Secret, int]]:
    """Each token at its first place in a text, and how often it stands there; not those that SE007 reports."""
    counts: dict[str, int] = {}
    for token in secrets.tokens:
        counts[token.value] = counts.get(token.value, 0) + 1
    for token in secrets.tokens:
        if token.value in counts and not overlaps(token.span, (each.span for each in secrets.env)):
            yield token, counts.pop(token.value)


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)


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


def environment_variable(token: Secret, name: str = "") -> str:
    """The variable for a token: the name that it is given where that is a variable's, else its provider's usual one."""
    from hublint.secrets.assignments import is_secret_name

    if name.isupper() and "_" in name and is_secret_name(name):
        return name
    provider = token.kind.provider
    return _VARIABLES.get(provider) or f"{''.join(filter(str.isalnum, provider)).upper()}_API_KEY"


def environment_edits(
    repository: Repository, source: Source, value: str, variable: Callable[[str], str]
) -> tuple[Edit, ...]:
    """Edits that make a Python file read a credential from the environment; none for other files."""
    python = repository.python(source.path) if source.path.endswith(".py") else None
    if python is None or python.tree is None:
        return ()
    from hublint.documents.python.environment_edits import environment_edits

    return environment_edits(python, value, variable)


def way_out(repository: Repository) -> str:
    """Where the new credential belongs, as the end of a sentence."""
    if repository.kind == "space":
        return "put a new one into the Space's secrets; the git history keeps this one"
    return "keep a new one out of the repository; the git history keeps this one"


def times(count: int) -> str:
    """How often a credential stands in a file, as the end of a message; empty for once."""
    return f", {count} times" if count > 1 else ""

"""Tokens without a mark of their own: a bare hexadecimal or random string, known by the name that it is given."""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.secrets.randomness import looks_random
from hublint.secrets.tokens import TokenKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# The name of a variable, key or argument, or the function that takes the token, right before the value.
_BEFORE = lazy(
    r"""[A-Za-z][\w.-]{2,60}(?: login(?: --\w+)?)?(?:\\?["'`])?\]?\s{0,3}(?:=>|[:=,(]|%3A|\s)\s{0,3}"""
    r"""(?:\w{1,40}\s?=\s?)?(?:\\?["'`])?\Z""",
    re.ASCII,
)
_KEYISH = ("key", "token", "secret", "login", "auth", "client", "password", "credential")
_NOT_KEY = lazy(r"hash|sha\d|md5|digest|commit|revision|checksum|_id\b|public|(?<!access_key)_url", re.IGNORECASE)


class _NamedKind:
    __slots__ = ("kind", "name", "shape")

    def __init__(self, kind: TokenKind, name: re.Pattern[str], shape: re.Pattern[str]) -> None:
        self.kind = kind
        self.name = name
        self.shape = shape


def _named(id: str, name: str, words: str, shape: str, revoke: str, provider: str = "") -> _NamedKind:
    kind = TokenKind(id, name, provider or name.split(" ")[0], (), shape, revoke)
    return _NamedKind(kind, re.compile(words, re.IGNORECASE), re.compile(shape))


_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Each of the names has one of these.
_WORDS = tuple(
    "wandb cohere co_api mistral kaggle together eleven xi assembly deepgram serp azure exa heroku cloudflare cf_api "
    "datadog dd_a twilio algolia alibaba aliyun netlify vercel mailgun".split()
)
_kinds: list[_NamedKind] = []
LENGTHS = frozenset({24, 30, 32, 36, 37, 40, 43, 44, 45, 50, 64, 84})


def _table() -> Iterable[_NamedKind]:
    """Made at the first need: most runs meet no candidate."""
    if not _kinds:
        _kinds.extend(
            (
                _named("wandb-legacy", "Weights & Biases API key", "wandb", "[0-9a-f]{40}",
                       "delete it at wandb.ai/settings",
                       "Weights & Biases"),
                _named("cohere", "Cohere API key", r"cohere|\bco_api", "[A-Za-z0-9]{40}",
                       "delete it at dashboard.cohere.com/api-keys"),
                _named("mistral", "Mistral API key", "mistral", "[A-Za-z0-9]{32}",
                       "delete it at console.mistral.ai/api-keys"),
                _named("kaggle-legacy", "Kaggle API key", "kaggle_?key", "[0-9a-f]{32}",
                       "expire it at kaggle.com/settings"),
                _named("together-legacy", "Together AI API key", "together", "[0-9a-f]{64}",
                       "revoke it at api.together.ai/settings/api-keys", "Together AI"),
                _named("elevenlabs-legacy", "ElevenLabs API key", r"eleven_?labs|\bxi.api", "[0-9a-f]{32}",
                       "delete it at elevenlabs.io/app/settings/api-keys"),
                _named("assemblyai", "AssemblyAI API key", "assembly_?ai", "[0-9a-f]{32}",
                       "delete it at assemblyai.com"),
                _named("deepgram", "Deepgram API key", "deepgram", "[0-9a-f]{40}", "delete it at console.deepgram.com"),
                _named("serpapi", "SerpApi key", "serp_?api", "[0-9a-f]{64}", "replace it at serpapi.com"),
                _named("azure-openai", "Azure OpenAI key", "azure.?openai|openai.?azure",
                       "[0-9a-f]{32}|[A-Za-z0-9]{84}",
                       "rotate it in the Azure portal", "Microsoft"),
                _named("exa", "Exa API key", r"\bexa_", _UUID, "delete it at dashboard.exa.ai"),
                _named("heroku-legacy", "Heroku API key", "heroku", _UUID, "revoke it in the account settings"),
                _named("cloudflare-legacy", "Cloudflare API token", r"cloudflare|\bcf_api",
                       "[A-Za-z0-9_-]{40}|[0-9a-f]{37}",
                       "roll it at dash.cloudflare.com/profile/api-tokens"),
                _named("datadog", "Datadog key", r"datadog|\bdd_(?:api|app)", "[0-9a-f]{32}|[0-9a-f]{40}",
                       "revoke it in the organization's settings"),
                _named("twilio", "Twilio auth token", "twilio", "[0-9a-f]{32}", "rotate it at console.twilio.com"),
                _named("algolia", "Algolia admin key", "algolia_?admin", "[0-9a-f]{32}",
                       "regenerate it at dashboard.algolia.com"),
                _named("alibaba", "Alibaba Cloud access key secret", "alibaba|aliyun", "[A-Za-z0-9]{30}",
                       "disable it in the RAM console"),
                _named("netlify-legacy", "Netlify access token", "netlify", "[A-Za-z0-9_-]{43,45}",
                       "revoke it at app.netlify.com/user/applications"),
                _named("vercel-legacy", "Vercel token", "vercel", "[A-Za-z0-9]{24}",
                       "delete it at vercel.com/account/tokens"),
                _named("mailgun-account", "Mailgun API key", "mailgun", "[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}",
                       "delete it at app.mailgun.com"),
            )
        )  # fmt: skip
    return _kinds


def named_kind(text: str, start: int, end: int, by_shape: bool = False) -> TokenKind | None:
    """The kind of the bare string at `start` to `end`, by the name in front of it on its line; None if it has none.

    `by_shape`: it need not look random.
    """
    if not may_be_named(text, start, end):
        return None
    line = _before(text, start)
    lower = line.lower()
    if not any(word in lower for word in _WORDS):
        return None
    found = _BEFORE.search(line)
    name = found[0].lower() if found else ""
    if not any(word in name for word in _KEYISH) or _NOT_KEY.search(name):
        return None
    value = text[start:end]
    for named in _table():
        if named.name.search(name) and named.shape.fullmatch(value) and (by_shape or looks_random(value)):
            return named.kind
    return None


def may_be_named(text: str, start: int, end: int) -> bool:
    """Whether a bare string is as long as a token and behind a word for one: a cheap answer whose no is certain."""
    if end - start not in LENGTHS or start == 0 or text[start - 1] not in "\"'`=: \t,(":
        return False
    lower = _before(text, start).lower()
    return any(word in lower for word in _KEYISH)


def _before(text: str, start: int) -> str:
    return text[max(0, start - 90) : start].rpartition("\n")[2]

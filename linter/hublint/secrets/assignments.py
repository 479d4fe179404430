"""Whether a name asks for a credential, and whether a literal is one."""

from __future__ import annotations

from re import ASCII, IGNORECASE

from hublint.regexes import lazy
from hublint.secrets.dummies import is_dummy, is_published, is_repetitive
from hublint.secrets.passwords import is_common
from hublint.secrets.randomness import entropy, is_hex, looks_random, turns, wordiness

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_PARTS = lazy(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECRETS = frozenset(
    "password passwd passphrase pwd secret token apikey apitoken authtoken accesstoken accesskey secretkey privatekey "
    "bearer credential credentials passwords secrets apikeys".split()
)
# Before `key`, these make a secret of it: what it is for, and whose it is.
_KEYS = frozenset(
    "api access secret private auth master encryption signing service subscription license account storage jwt "
    "session hf huggingface openai ai claude anthropic gemini google groq mistral cohere deepseek openrouter "
    "perplexity replicate together fireworks nvidia xai grok elevenlabs deepgram assemblyai tavily serper serpapi "
    "pinecone qdrant wandb azure aws gcp twilio sendgrid mailgun stripe telegram discord slack github gitlab supabase "
    "neon fernet".split()
)
# Behind the noun, these change nothing; any other word names something about the secret (`token_type`, `secret_name`).
_SUFFIXES = frozenset(
    "value val string str literal prod production live dev staging base backup old new primary".split()
)
# Before `token`, these are of language models, parsers, pages and browsers.
_NO_TOKENS = frozenset(
    "max min num n pad padding eos bos unk cls sep mask masked special next prev previous start end stop begin "
    "image img video audio text word sub subword first last each total count input output prompt completion vocab "
    "chat system human assistant role think thinking reasoning tool call function fim prefix suffix middle "
    "trigger instance placeholder class per page continuation cursor sync csrf xsrf speaker lang language decoder "
    "encoder newline space separator delimiter current control blank oov unknown eot eod sot sos im turn query "
    "doc document special additional extra device push fcm registration public cancel cancellation syntax lexer "
    "parser keyword authenticity verification antiforgery".split()
)
_DIGESTS = frozenset("hash hashed sha digest checksum salt encrypted masked redacted".split())
_OPAQUE = lazy(r"[A-Za-z0-9+/=_.~-]+", ASCII)
_LIKE_A_KEY = lazy(
    r"(?:sk-|npg_|csk-|tgp_v1_|sk_(?:live|test)_|rk_live_|hf_|api_org_|gh[pousr]_|github_pat_|glpat-|gsk_|AIza|xai-|pplx-|r8_|nvapi-|xox[bpars]-"
    r"|AKIA|tvly-|lsv2_|pcsk_|dapi|npm_|pypi-|SG\.|ntn_|figd_|shpat_|dop_v1_|sntry[su]_|glsa_)(?P<body>[A-Za-z0-9_.-]{12,300})",
    ASCII,
)
_NO_CREDENTIAL = lazy(
    r"(?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"  # the name of an environment variable
    r"|[a-z][a-z0-9+.-]*://.*|/.*|\.{1,2}/.*|[A-Za-z]:\\.*|~/.*"  # a URL, a path
    r"|[\w-]+(?:/[\w.-]+)+\.\w{1,5}|[\w-]+\.(?:py|js|ts|json|ya?ml|toml|txt|env|pem|key|csv|md|html?|png|jpe?g|svg|bin|pt)"
    r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # a UUID, more often an id
    r"|(?:sha\d{1,3}|md5)[:-].*|[\d.,:+ -]+|v?\d+(?:\.\d+)+.*"  # a digest, a number, a date, a version
    r"|(?-i:[a-z0-9-]+(?:\.[a-z0-9-]+){0,8}\.(?:com|net|org|info|dev|app|cloud|local|internal|[a-z]{2}))"  # a host
    r"(?::\d+)?(?:/.*)?"
    r"|(?:arn|urn|data|projects|ssm|vault|secretmanager|env|op|gcp|aws|azure)[:/].*|[\w.+-]+@[\w-]+\.[\w.]+",
    IGNORECASE | ASCII,
)


def is_secret_name(name: str) -> bool:
    """Whether a variable, key or argument of this name holds a credential.

    `OPENAI_API_KEY`, `dbPassword`, `hf_token` do; `max_tokens`, `pad_token`, `token_type`, `public_key` do not.
    """
    words = [word.lower() for word in _PARTS.findall(name)]
    while words and (words[-1].isdigit() or words[-1] in _SUFFIXES):
        words.pop()
    if not words:
        return False
    if _DIGESTS.intersection(words):
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in ("token", "bearer"):
        return not _NO_TOKENS.intersection(words)
    if last in ("key", "keys"):
        return before in _KEYS
    if last == "pass":
        return before in {"db", "smtp", "mysql", "redis", "admin", "user", "email", "mail", "ftp"}
    return last in _SECRETS and before not in {"no", "is", "has", "forgot", "reset", "show", "hide", "csrf"}


def looks_like_credential(value: str) -> bool:
    """Whether a literal that a secret-like name is given is a real credential, by its look alone.

    It begins like a provider's key, or is long and random. Placeholders, words, identifiers, paths, URLs, UUIDs,
    names of environment variables and templates are none.
    """
    if not 12 <= len(value) <= 2000 or not value.isascii() or not value.isprintable() or " " in value:
        return False
    like = _LIKE_A_KEY.fullmatch(value)
    if like:
        return _is_key_body(like)
    if _NO_CREDENTIAL.fullmatch(value) or is_dummy(value, random=is_hex(value)) or is_published(value):
        return False
    if is_hex(value):
        return len(value) >= 32 and len(set(value)) >= 8 and not value.isdigit() and not value.isalpha()
    if _OPAQUE.fullmatch(value):
        return (
            len(value) >= 16
            and _mixes(value)
            and (turns(value) >= _least_turns(value) or _is_base_32(value))
            and entropy(value) >= _least_entropy(value)
        )
    return _is_strong_password(value)


def proves_issuer(value: str) -> bool:
    """Whether a credential begins as one provider's keys do, and goes on at random long enough to be one."""
    like = _LIKE_A_KEY.fullmatch(value)
    if like is None or len(like["body"]) < 20 or is_dummy(like["body"], random=True):
        return False
    return looks_random(like["body"]) and not is_published(like["body"])


def _is_key_body(like: re.Match[str]) -> bool:
    body = like["body"]
    digits = sum(map(str.isdigit, body))
    if is_dummy(body, sequences=False) or is_repetitive(body) or is_published(body):
        return False
    return digits >= 2 or turns(body) >= 0.3


def _mixes(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _least_turns(value: str) -> float:
    """Camel case has many turns, so it takes more to stand out where both cases are used."""
    return 0.25 if value.islower() or value.isupper() else 0.3


def _least_entropy(value: str) -> float:
    return 3.3 if len(value) < 24 or value.islower() or value.isupper() else 3.7


def _is_base_32(value: str) -> bool:
    """Whether a value is of one case with few digits, as base 32 is, and has no words in it."""
    if len(value) < 20 or not value.isalnum() or not (value.islower() or value.isupper()):
        return False
    return turns(value) >= 0.1 and wordiness(value) < 0.4


def _is_strong_password(value: str) -> bool:
    """Whether a value with punctuation is a generated password; a sentence, a query or markup has words in it."""
    if len(value) > 64 or is_common(value) or any(mark in value for mark in "(){}[]<>|\\'\"`,;"):
        return False
    return _mixes(value) and turns(value) >= 0.4 and entropy(value) >= 3.4

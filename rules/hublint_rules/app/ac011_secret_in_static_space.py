"""A static Space reads a credential in the browser, where every visitor can read it too.

## What it does
Reports, in the pages and scripts of a static Space, `window.huggingface.variables` asked for a name that is one of a
credential, such as `HF_TOKEN` or `OPENAI_API_KEY`. Names of keys that are made for browsers (`SUPABASE_ANON_KEY`,
`MAPBOX_TOKEN`) are left alone; a key whose provider is not known is a warning.

## Why it matters on the Hub
A static Space has no server. Whatever `window.huggingface.variables` holds is sent to every visitor: the token
leaks, or, where the Hub keeps it back, the page has none.

## Example
```yaml
title: Demo
sdk: static
```
```javascript app.js
const token = window.huggingface.variables.HF_TOKEN;
```

## Use instead
Let visitors sign in, and use their own tokens.
```yaml
title: Demo
sdk: static
hf_oauth: true
hf_oauth_scopes:
  - inference-api
```
```javascript app.js
const client = window.huggingface.variables.OAUTH_CLIENT_ID;
```

## Evidence
https://huggingface.co/docs/hub/spaces-overview (2026-08-22): in static Spaces both secrets and variables are available
through client-side JavaScript in `window.huggingface.variables`; spaces-sdks-static names variables only.
https://huggingface.co/docs/inference-providers/guides/building-first-app has a secret `HF_TOKEN` read that way.
https://huggingface.co/docs/hub/spaces-oauth: signing in from a static Space.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="AC011",
    name="secret-in-static-space",
    severity="error",
    effect="leaked",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    sdks=("static",),
)

_SUFFIXES = frozenset("html htm js mjs cjs jsx ts mts tsx vue svelte astro".split())
_LARGEST = 1_000_000  # bytes; beyond that it is a library or a model
_READ = (
    r"huggingface\s*(?:\?\.|!?\.)\s*variables\s*[?!]?\s*"
    r"(?:\.\s*([A-Za-z_$][\w$]*)|(?:\.\s*)?\[\s*['\"`]([^'\"`\n]+)['\"`]\s*\])"
)
_UNPACKED = r"\{([^{}]{1,500})\}\s*=\s*(?:window\s*\??\.\s*)?huggingface\s*(?:\?\.|!?\.)\s*variables\b"
_COMMENT = r"/\*[\s\S]*?(?:\*/|\Z)|<!--[\s\S]*?(?:-->|\Z)|(?:^|(?<=\s))//.*|^\s*\*.*"
# Credentials of these are made to be seen, or are often so.
_FOR_BROWSERS = frozenset(
    "public publishable anon anonymous map maps mapbox maptiler cesium firebase recaptcha hcaptcha turnstile site "
    "google youtube tmdb giphy unsplash pexels algolia posthog sentry amplitude mixpanel analytics segment demo test "
    "client browser".split()
)
_PROVIDERS = frozenset(
    "hf huggingface hugging openai anthropic claude gemini groq mistral cohere replicate together deepseek openrouter "
    "perplexity xai elevenlabs fal github gitlab slack discord telegram aws azure stripe tavily serper pinecone wandb "
    "langchain langsmith nvidia fireworks cerebras sambanova twilio sendgrid notion".split()
)
_CERTAIN = ("secret", "secret_key", "password", "private_key", "service_role_key")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place where a credential is read."""
    from hublint.repository.texts import text_paths

    for path in text_paths(repository):
        if path.rpartition(".")[2].lower() not in _SUFFIXES or repository.files[path] > _LARGEST:
            continue
        source = repository.glance(path)
        if source is None or source.is_binary or "variables" not in source.text or "huggingface" not in source.text:
            continue
        for name, span in _reads(source):
            severity = _severity(name)
            if severity:
                yield Finding(
                    source,
                    span,
                    f"`{name}` can be read by every visitor of a static Space; let visitors sign in with "
                    "`hf_oauth: true`, or make it a Space with a server",
                    severity=severity,
                )


def _reads(source: Source) -> Iterator[tuple[str, Span]]:
    """Names that are asked for outside of comments, in order, and where."""
    import re

    from hublint.documents.source import Span

    code = re.sub(_COMMENT, lambda comment: " " * len(comment[0]), source.text, flags=re.MULTILINE)
    found: list[tuple[int, str]] = []
    for match in re.finditer(_READ, code):
        group = 1 if match[1] else 2
        found.append((match.start(group), match[group]))
    for match in re.finditer(_UNPACKED, code):
        names = re.finditer(r"(?<![:\w$])\b[A-Za-z_$][\w$]*", match[1])
        found += [(match.start(1) + name.start(), name[0]) for name in names]
    for start, name in sorted(found):
        yield name, Span(start, start + len(name))


def _severity(name: str) -> Severity | None:
    from hublint.secrets.assignments import is_secret_name

    if not is_secret_name(name):
        return None
    lowered = name.lower()
    words = lowered.split("_")
    if lowered.endswith(_CERTAIN):
        return "error"
    if _FOR_BROWSERS.intersection(words):
        return None
    return "error" if _PROVIDERS.intersection(words) else "warning"

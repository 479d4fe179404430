"""A key that the Space's SDK does not read.

## What it does
Finds `app_port` without `sdk: docker`, `app_build_command` without `sdk: static`, `base_path` with `sdk: static`, and
`sdk_version`, `python_version` and `app_file` where the SDK has no use for them.

## Why it matters on the Hub
The Hub accepts such a key and does nothing with it: the port is not used, the build never runs, the path is not opened.
`sdk_version`, `python_version`, `app_file` and the default port do no harm and are only pointed out.

## Example
```yaml
sdk: gradio
app_port: 8080
```

## Use instead
```yaml
sdk: gradio
```

## Fix safety
Safe: the key has no effect, so removing it has none either.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): `app_port` is "used only if `sdk` is `docker`",
`app_build_command` is "for static Spaces", `base_path` "for non-static Spaces", `app_file` holds "gradio Python code or
static html code", `sdk_version` is the version of Gradio. `python_version` in a Docker Space is the base image's.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.records import NamedTuple
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="SP014",
    name="key-ignored-by-sdk",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("app_port", "app_build_command", "base_path", "sdk_version", "python_version", "app_file"),
)


class _Ignored(NamedTuple):
    key: str
    readers: tuple[str, ...]
    severity: Severity
    reason: str


_KEYS = (
    _Ignored("app_port", ("docker",), "warning", "only Docker Spaces choose a port"),
    _Ignored("app_build_command", ("static",), "warning", "only static Spaces are built by a command"),
    _Ignored("base_path", ("gradio", "docker", "streamlit"), "warning", "a static Space opens its `app_file`"),
    _Ignored("sdk_version", ("gradio", "streamlit"), "info", "Docker and static Spaces install no SDK"),
    _Ignored("python_version", ("gradio", "streamlit"), "info", "the Hub installs no Python there"),
    _Ignored("app_file", ("gradio", "static", "streamlit"), "info", "its Dockerfile says what is started"),
)
_SDKS = ("gradio", "docker", "static", "streamlit")
_OWNERS = {"app_port": "SP013", "base_path": "SP015"}
# What the SDK does without the key: to write it down loses nothing.
_DEFAULT_PORTS = {"gradio": 7860, "streamlit": 8501, "static": 7860}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key that the SDK ignores; a value that the Hub may refuse is another rule's."""
    sdk = repository.sdk
    if sdk not in _SDKS:
        return
    for ignored in _KEYS:
        value = card.data.get(ignored.key)
        if sdk in ignored.readers or value in (None, "") or is_placeholder(value):
            continue
        if ignored.key in _OWNERS and card.violations(repository.kind, _OWNERS[ignored.key]):
            continue
        entry = card.entry(ignored.key)
        harmless = ignored.key == "app_port" and value == _DEFAULT_PORTS.get(sdk)
        yield Finding(
            card,
            entry.key if entry else card.fence,
            f"`{ignored.key}` has no effect in a {sdk} Space: {ignored.reason}; remove it",
            severity="info" if harmless else ignored.severity,
            fix=Fix(f"Remove `{ignored.key}`", (yaml_edits.remove_entry(card, (ignored.key,)),)),
        )

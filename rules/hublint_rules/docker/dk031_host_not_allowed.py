"""The server refuses the Space's own host name, or the uploads that come through the Hub's page.

## What it does
Reports, where it is the only server that a Docker Space starts:

- Vite's `vite`, `vite dev` or `vite preview`, in a version that checks hosts (5.4.12, 6.0.9 and newer), where neither
  its configuration nor anything else speaks of `allowedHosts`, or lets only `'all'`, `'*'` or localhost in, which are
  names of hosts like any other;
- Django, where `ALLOWED_HOSTS` in the settings is a list of plain words without `*` and `.hf.space`;
- `streamlit run` of an app with `st.file_uploader` and the like, where nothing says what becomes of XSRF protection.

## Why it matters on the Hub
A Space is asked for by its host, such as `acme-demo.hf.space`. Vite answers "Blocked request. This host is not
allowed", Django "Invalid HTTP_HOST header" with status 400. Streamlit asks for a cookie with each upload, which
browsers do not send from the frame in which the Hub shows a Space, so that uploads end with "AxiosError: Request failed
with status code 403".

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM node:22-slim
WORKDIR /app
COPY . .
RUN npm install && npx vite build
CMD ["npx", "vite", "preview", "--host", "0.0.0.0", "--port", "7860"]
```
```json package.json
{"devDependencies": {"vite": "^7.0.0"}}
```
```js vite.config.js
import { defineConfig } from 'vite'

export default defineConfig({})
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM node:22-slim
WORKDIR /app
COPY . .
RUN npm install && npx vite build
CMD ["npx", "vite", "preview", "--host", "0.0.0.0", "--port", "7860"]
```
```json package.json
{"devDependencies": {"vite": "^7.0.0"}}
```
```js vite.config.js
import { defineConfig } from 'vite'

export default defineConfig({ server: { allowedHosts: ['.hf.space'] } })
```

## Fix safety
Unsafe: it lets the hosts of all Spaces in, and turns Streamlit's XSRF protection off. For Vite there is one where the
configuration is a plain object.

## Evidence
npm vite 5.4.11, 5.4.12, 6.0.8 and 6.0.9 (read 2026-11-29): the check came with 5.4.12 and 6.0.9; `preview.allowedHosts`
takes what `server.allowedHosts` says. https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts (2026-11).
PyPI streamlit 1.67.0 (read 2026-11-29): the cookie is `SameSite=Lax` unless `server.xsrfCookieSameSite` says otherwise,
and a request without it gets 403; https://github.com/huggingface/huggingface_hub/issues/1496: such a Space.
"""

from __future__ import annotations

import re

from hublint.rule import Edit, Finding, Fix, Rule, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.serving.hosts import DjangoHosts, ViteServer
    from hublint.space.serving.process import Process

RULE = Rule(
    code="DK031",
    name="host-not-allowed",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
)

_HOST = ".hf.space"
_XSRF = "--server.enableXsrfProtection=false"


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield one finding at most."""
    code = repository.code
    has_package = any(path.endswith("package.json") for path in repository.files)
    if not has_package and "allowed_hosts" not in code and "streamlit" not in code:
        return
    from hublint.space.serving.hosts import django_hosts, streamlit_uploads, vite_without_hosts

    vite = vite_without_hosts(repository) if has_package else None
    if vite is not None:
        yield _vite(vite)
    if "allowed_hosts" in code:
        django = django_hosts(repository)
        if django is not None:
            yield _django(django)
    if "streamlit" in code:
        found = streamlit_uploads(repository)
        if found is not None:
            process, python, call = found
            yield Finding(
                process.source,
                _span(process),
                f"uploads to `{python.source.path}` (`{call.method}`) are refused with 403 in the Hub's page, whose "
                f"frame does not send the cookie that Streamlit's XSRF protection wants; add `{_XSRF}`",
                fix=_flag(process, dockerfile),
            )


def _vite(found: ViteServer) -> Finding:
    from hublint.space.serving.no_server import shown

    where = f"in `{found.config.path}`" if found.config else "in a `vite.config.js`"
    return Finding(
        found.process.source,
        _span(found.process),
        f'`{shown(found.process)}` answers requests for localhost only, so the Space shows "Blocked request"; write '
        f"`allowedHosts: ['{_HOST}']` {where}",
        fix=_allowing(found.config, found.is_preview) if found.config else None,
    )


def _allowing(config: Source, is_preview: bool) -> Fix | None:
    """Put the host into the options of the server, or such options into the configuration."""
    text = config.text
    if "allowedHosts" in text:
        return None
    for name in ("preview", "server") if is_preview else ("server",):
        options = [*re.finditer(rf"^[^/\n]*\b{name}\s*:\s*(\{{)", text, re.MULTILINE)]
        if len(options) == 1:
            return _insertion(config, options[0].end(), f" allowedHosts: ['{_HOST}'],")
        if options:
            return None
    root = [*re.finditer(r"^export\s+default\s+(?:defineConfig\(\s*)?\{", text, re.MULTILINE)]
    if len(root) != 1 or re.search(r"\bserver\b\s*[,}:]", text):
        return None
    return _insertion(config, root[0].end(), f" server: {{ allowedHosts: ['{_HOST}'] }},")


def _insertion(source: Source, at: int, text: str) -> Fix:
    return Fix("Allow the host of the Space", (Edit(source.path, Span(at, at), text),), "unsafe")


def _django(found: DjangoHosts) -> Finding:
    from hublint.documents.source import locate

    settings, node = found.settings.source, found.node
    span = locate(settings, node)
    shown = ", ".join(f"`{host}`" for host in found.hosts[:5])
    admitted = f"ALLOWED_HOSTS lets only {shown} in" if found.hosts else "ALLOWED_HOSTS is empty"
    fix = None
    text = settings.text[span.start : span.end]
    if text[:1] in "[(" and text[-1:] in "])" and "#" not in text:
        before = settings.text[span.start + 1 : span.end - 1].rstrip()
        comma = "" if not before or before.endswith(",") else ", "
        at = span.start + 1 + len(before)
        fix = _insertion(settings, at, f'{comma}{" " if before.endswith(",") else ""}"{_HOST}"')
    return Finding(
        settings,
        node,
        f"{admitted}, so Django answers the Space's own host with 400; add `{_HOST}`",
        fix=fix,
    )


def _flag(process: Process, dockerfile: Dockerfile) -> Fix | None:
    """Add Streamlit's flag behind the last word of the command."""
    last = process.argv[-1]
    source = process.source
    if source is dockerfile.source and any(
        word.span == last.span for each in dockerfile.instructions for word in each.argv
    ):
        return _insertion_of_flag(source, last.span.end, f', "{_XSRF}"')
    return _insertion_of_flag(source, last.span.end, f" {_XSRF}")


def _insertion_of_flag(source: Source, at: int, text: str) -> Fix:
    return Fix(f"Add `{_XSRF}`", (Edit(source.path, Span(at, at), text),), "unsafe")


def _span(process: Process) -> Span:
    first, last = process.argv[0].span, process.argv[-1].span
    return Span(first.start, max(first.end, last.end))

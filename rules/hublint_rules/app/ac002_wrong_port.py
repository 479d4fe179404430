"""The app itself makes its server listen on another port than the one that the Hub sends requests to.

## What it does
Looks at the Python file that the container starts (`python app.py` in CMD, or `app_file` of a Gradio Space) for the
call that starts the server, and takes the port from a literal, from a constant of the file or of one of the app's own
modules (`from config import PORT`), from an option's default or from the framework's default. It reports a port that is
neither `app_port` (7860 where the metadata has none) nor, in a Gradio Space, 7860. The default of
`os.getenv("PORT", 8000)`, that of a field of pydantic-settings, and Dash's, give way to a variable: they are warnings,
since the Space's settings may set it; where ENV sets it, that value decides. It is silent where an env file or another
module may set the variable, and where another process may be what serves.

## Why it matters on the Hub
A Space has one public port. The Hub waits for an answer there, so the Space stays at "Starting" until it is given up,
though the log shows a running server.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch(server_port=8080)
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch(server_port=7860)
```

## Fix safety
Safe in a Gradio Space, and where `app_port` stands in the metadata, if nothing else in the file names the old port.
In a Docker Space without `app_port` it is unsafe: `app_port` is set to the server's port, since which of the two you
meant cannot be seen.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-python (2026-08-22): a Gradio Space serves on 7860;
https://huggingface.co/docs/hub/spaces-sdks-docker: `app_port`. The frameworks' defaults were read in their packages
on PyPI; docs/serving.md lists them.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.serving import serving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC002",
    name="wrong-port",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a server that Python code puts on the wrong port."""
    found = serving(repository)
    server = found.misdirected()
    if server is None or not server.port.in_python or server.port.source is None:
        return
    from hublint.space.serving.address_fixes import port_fix, way_out, wrong_port

    yield Finding(
        server.port.source,
        server.port.span,
        wrong_port(repository, found, server),
        label=f"port {server.port.value}",
        help=way_out(repository, found, server),
        severity="warning" if server.port.variable else None,
        fix=port_fix(repository, found, server),
    )

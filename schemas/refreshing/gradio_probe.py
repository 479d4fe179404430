"""Run in an environment that holds gradio: whether it imports, and which components an app can be launched with.

    python gradio_probe.py [--rendered] NAME ...

Prints JSON: `import` is the error at import, else `launch` maps each name to the first line of what went wrong, empty
where the app launched and its page was served. A name is a component, or several joined with `+`. With `--rendered`,
where all went well, the first one is launched once more with a page that Node.js renders: `rendered` tells of that.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import traceback
import urllib.request


def main(names: list[str], is_rendered: bool) -> dict[str, object]:
    """Try each name."""
    try:
        import gradio
    except BaseException as error:
        return {"import": _line(error)}
    found: dict[str, object] = {"version": gradio.__version__}
    launched = {name: _launch(gradio, name) for name in names}
    if is_rendered and not any(launched.values()):
        os.environ["GRADIO_SSR_MODE"] = "true"
        found["rendered"] = _launch(gradio, names[0])
    return {**found, "launch": launched}


def _line(error: BaseException) -> str:
    """The error, and the file of the last frame."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "/".join(frames[-1].filename.split("/")[-2:]) if frames else ""
    text = re.sub(r" \(/\S+\)$", "", (str(error).splitlines() or [""])[0])
    return f"{type(error).__name__}: {text} ({where})"[:200]


def _launch(gradio: object, name: str) -> str:
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            parts = [getattr(gradio, part)() for part in name.split("+") if hasattr(gradio, part)]
            if not parts:
                return "absent"
            app = gradio.Interface(lambda *values: values[0], parts, type(parts[0])())  # type: ignore[attr-defined]
            _, url, _ = app.launch(prevent_thread_lock=True)
            for place in ("", "gradio_api/info" if gradio.__version__ > "5" else "info"):  # type: ignore[attr-defined]
                with urllib.request.urlopen(url + place, timeout=20):  # the page asks for the second
                    pass
            app.close()
        return ""
    except BaseException as error:
        inner = [line for line in said.getvalue().splitlines() if line[:1].isalpha() and "Error: " in line]
        return inner[-1][:200] if inner else _line(error)


if __name__ == "__main__":
    print(json.dumps(main([name for name in sys.argv[1:] if name != "--rendered"], "--rendered" in sys.argv)))

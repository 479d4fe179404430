"""The start command names what the image does not have.

## What it does
Follows the start of a Docker Space, in the repository's scripts too, and reports what a command names and the image
surely lacks:

- the module of `uvicorn server:app`, `gunicorn`, `hypercorn`, `daphne` and `python -m`, or the name in it;
- the file of `python app.py`, `streamlit run`, `node server.js`, `bash start.sh`, `./start.sh`;
- the script of `npm start` and `npm run` in package.json; `npm start` without one runs `server.js`;
- a server's own command, where pip is all that installs and was not told to install it;
- the program in the first line of a script that is run as a file and whose lines end in CR LF; in one that a shell is
  told to read, the file at the end of a line, and an `if` or loop that comes first;
- the right to run such a script, where git gives it the mode of a plain file and nothing speaks of `chmod`.

What .dockerignore leaves out is not in the image. It is silent where something else may make or bring the file: a RUN
that is not known to make none, `COPY --from`, a base image with files of its own, PYTHONPATH, a package that may be
installed, a command before it, a condition.

## Why it matters on the Hub
The container ends at once with "Could not import module", "No such file or directory" or "not found", and the Space
shows a runtime error.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install fastapi uvicorn
CMD ["uvicorn", "server:app", "--host", "0.0.0.0", "--port", "7860"]
```
```python main.py
from fastapi import FastAPI

app = FastAPI()
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install fastapi uvicorn
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7860"]
```
```python main.py
from fastapi import FastAPI

app = FastAPI()
```

## Evidence
PyPI uvicorn 0.54 (importer.py: "Could not import module", "Attribute ... not found in module"), gunicorn 27.0
(util.py, `import_app`). https://docs.npmjs.com/cli/commands/npm-start (2026-11): `node server.js` without a script.
https://git-scm.com/docs/gitattributes: `text` and `eol` give a commit LF, whatever the work tree has. bash and dash
were given such scripts (run 2026-11-29): `python app.py` looks for "app.py\\r", `then` and `do` are not known with a CR
behind them, while a number or an option with one may pass. A real Docker Space started `app3:app`, which lay in another
folder.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.space.serving.targets import Missing

RULE = Rule(
    code="DK029",
    name="start-target-missing",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield one finding at most."""
    from hublint.space.serving.targets import missing

    found = missing(repository)
    if found is not None:
        yield Finding(found.source, found.span, _SENTENCES[found.kind](found))


def _folder(place: str) -> str:
    return "where it starts" if place.startswith("/(") else f"in `{place}`"


def _module(found: Missing) -> str:
    way_out = f"write `{found.near}`" if found.near else "commit it, or name another"
    return (
        f"there is no module `{found.name}` {_folder(found.place)}, so the start ends with an import error; {way_out}"
    )


def _attribute(found: Missing) -> str:
    way_out = f"it has `{found.near}`" if found.near else "define it there, or name another"
    return f"`{found.place}` has no `{found.name}`, so the server ends with an import error; {way_out}"


def _file(found: Missing) -> str:
    way_out = f"it is at `{found.near}`" if found.near else "commit it, or start another"
    return f"`{found.name}` is not {_folder(found.place)} of the image, so the start ends here; {way_out}"


def _script(found: Missing) -> str:
    has = f"it has {found.near}" if found.near else "it has none"
    return f"`{found.place}` has no script `{found.name}`, so the start ends here; {has}"


def _tool(found: Missing) -> str:
    where = f" or {found.place}" if found.place else ""
    return f"nothing in the Dockerfile{where} installs `{found.name}`, so the start ends here; add `{found.near}`"


def _line_ends(found: Missing) -> str:
    what = f"`{found.name}` is looked for with a CR in its name" if found.name else "the shell does not read its block"
    return f"the lines of `{found.place}` end in CR LF, so {what} and the start ends here; save it with LF"


def _mode(found: Missing) -> str:
    return (
        f"git has `{found.place}` as a plain file, so it may not be run and the start ends here; "
        f"`git update-index --chmod=+x {found.place}`, or start it with `bash`"
    )


_SENTENCES = {
    "module": _module,
    "attribute": _attribute,
    "file": _file,
    "script": _script,
    "tool": _tool,
    "line ends": _line_ends,
    "mode": _mode,
}

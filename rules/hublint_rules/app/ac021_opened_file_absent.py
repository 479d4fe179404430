"""The app opens a file that the Space does not have.

## What it does
Reads the files that surely run when the app starts, and reports a path that they write out and surely open (`open`,
`pd.read_csv`, `torch.load`, `joblib.load`, `Image.open`, `Path(...).read_text()`, `from_pretrained("./model")`) or
give as an example of a Gradio input that takes files, and that is not in the repository; also one that is there and
that .gitignore leaves out. Paths of Colab and Kaggle count as well. Upper and lower case count; a backslash is not a
separator on Linux.

It is silent where the file may be made or fetched first: an app that downloads, writes, unpacks, starts programs or
changes its folder, in whatever way; a RUN that may make files; a path under a condition or in a `try`.

## Why it matters on the Hub
The app stops when it starts, with `FileNotFoundError` as a rule, or shows an example that does not load.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr
import pandas as pd

table = pd.read_csv("Data/prices.csv")
gr.Interface(lambda name: table[name].mean(), "text", "number").launch()
```
```text data/prices.csv
apple,pear
1,2
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr
import pandas as pd

table = pd.read_csv("data/prices.csv")
gr.Interface(lambda name: table[name].mean(), "text", "number").launch()
```
```text data/prices.csv
apple,pear
1,2
```

## Evidence
The Hub clones the repository and runs `app_file` at its root (https://huggingface.co/docs/hub/spaces-config-reference,
2026-08-22); nothing else is there. PyPI gradio 6.31.0 (run 2026-11-29): an app with an example file that is not there
starts, one with a folder of examples that is not there ends with "Could not find examples directory".
https://github.com/HyperbolicLabs/Hyperbolic-AgentKit/issues/61: a Space that opened a file which git left out.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository
    from hublint.space.app.opened_files import Lacked

RULE = Rule(
    code="AC021",
    name="opened-file-absent",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "docker"),
    only_if=(
        "open(",
        "read_",
        "load(",
        "load_",
        "examples",
        "inferencesession",
        "loadtxt",
        "genfromtxt",
        "./",
        ".image(",
    ),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each path."""
    from hublint.space.app.opened_files import lacked

    for each in lacked(repository):
        yield Finding(each.opened.python.source, each.opened.node, _message(repository, each))


def _message(repository: Repository, found: Lacked) -> str:
    from hublint.space.app.opened_files import ELSEWHERE

    kind, shown = found.opened.kind, f"`{found.opened.path}`"
    if found.is_ignored:
        return f"{_what(kind, shown)} is left out by .gitignore, so the Space does not have it; take it out of there"
    ends = "the example does not load" if kind == "example" else "the app stops when it starts"
    if found.opened.path.startswith(ELSEWHERE):
        return f"{_what(kind, shown)} is a path of another machine, so {ends}; commit the file and open it from here"
    other = _near(repository, found)
    way_out = f"`{other}` is" if other else "commit it, or open another"
    return f"{_what(kind, shown)} is not in the repository, so {ends}; {way_out}"


def _what(kind: str, shown: str) -> str:
    return {"example": f"the example {shown}", "folder": f"the folder of examples {shown}"}.get(kind, shown)


def _near(repository: Repository, found: Lacked) -> str:
    from hublint.space.container.build_context import near

    path = found.path.lstrip("/").replace("\\", "/")
    if repository.sdk == "docker":
        name = path.rpartition("/")[2]
        same = [each for each in repository.files if each.rpartition("/")[2].lower() == name.lower()]
        return same[0] if len(same) == 1 else ""
    return path if repository.exists(path) else near(repository, path)

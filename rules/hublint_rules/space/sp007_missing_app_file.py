"""A Space whose application file is not in the repository.

## What it does
Looks for the file that `app_file` names, or for its default: app.py of a Gradio or Streamlit Space, index.html of a
static one. A static Space with `app_build_command` may name a file that the build makes. Where there is nothing but a
README.md to see, the rule is silent. Where a script or a workflow uploads another folder than the repository to a Space
(`hf upload me/demo "$STAGE" . --repo-type space`, `upload_folder(folder_path="dist", ...)`, a clone or a new git folder
into which it copies), that folder may get the file on the way: a note. So may a Space that is a folder of a larger
git checkout, where a script around it names the folder and copies, or a folder around it has the file.

## Why it matters on the Hub
The Space stops at the stage NO_APP_FILE. The Hub's file system tells `App.py` from `app.py`, which Windows and macOS do
not.

## Example
```yaml
sdk: gradio
sdk_version: 5.49.1
app_file: app.py
```
```python App.py
import gradio
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.49.1
app_file: App.py
```
```python App.py
import gradio
```

## Fix safety
Safe where the path differs only in case or in its slashes from the one file that can be meant. Everything else is left
to you.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference, https://huggingface.co/docs/hub/spaces-sdks-gradio and
https://huggingface.co/docs/hub/spaces-sdks-static (2026-08-22); the stage in PyPI huggingface_hub 2.4.0, SpaceStage.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Edit, Severity

RULE = Rule(
    code="SP007",
    name="missing-app-file",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "static", "streamlit"),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the application file is absent."""
    given = card.data.get("app_file")
    if not isinstance(given, (str, type(None))) or is_placeholder(given) or len(repository.files) == 1:
        return
    if repository.sdk == "static" and card.data.get("app_build_command"):
        return
    path = _normal(repository.app_file, repository.sdk)
    if repository.exists(path):
        return
    meant = _same_but_for_case(repository, path)
    unless = "" if meant else _way_in(repository, path)
    problem = f"`app_file` names {shown(given)}, which is not in the repository" if given else f"there is no `{path}`"
    yield Finding(
        card,
        card.place("app_file"),
        f"{problem}, so the Space does not start" + (f" {unless}" if unless else _way_out(repository, path, meant)),
        severity="info" if unless else _severity(repository, path),
        fix=Fix(f"Write `{meant}`", (_edit(card, meant),)) if meant else None,
    )


def _way_in(repository: Repository, path: str) -> str:
    from hublint.repository.assembling import way_in

    return way_in(repository, path)


def _normal(path: str, sdk: str) -> str:
    """A path as the repository lists it; what follows `?` or `#` is for the browser that shows a static Space."""
    if sdk == "static":
        path = path.partition("?")[0].partition("#")[0]
    parts = [part for part in path.strip().split("/") if part not in ("", ".")]
    return "/".join(parts)


def _same_but_for_case(repository: Repository, path: str) -> str:
    wanted = _normal(path.replace("\\", "/"), "").lower()
    found = [other for other in repository.files if other.lower() == wanted]
    return found[0] if len(found) == 1 else ""


def _way_out(repository: Repository, path: str, meant: str) -> str:
    if meant:
        return f"; write `{meant}`, as the file is called"
    name = path.rpartition("/")[2].lower()
    others = [other for other in repository.files if other.rpartition("/")[2].lower() == name]
    if len(others) == 1:
        return f"; write `app_file: {others[0]}`, the only {name} there is"
    return "; add the file, or name another in `app_file`"


def _severity(repository: Repository, path: str) -> Severity | None:
    """A page in a folder of its own may be built from package.json before the push: that cannot be told."""
    folder = path.rpartition("/")[0]
    built = repository.sdk == "static" and folder and "package.json" in repository.files
    return "warning" if built and not repository.exists(folder) else None


def _edit(card: Card, meant: str) -> Edit:
    if card.entry("app_file"):
        return yaml_edits.set_value(card, ("app_file",), meant)
    return yaml_edits.insert_entry(card, "app_file", meant, ("sdk", "sdk_version"))

"""Which Secrets and Variables does the Space need?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.preflight.step import Step
from hublint.preflight.steps.tools import WITH_SECRETS
from hublint.space.variables.asked import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.preflight.deployment import Deployment
    from hublint.space.variables.asked import Variable

_LOGIN = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_ROWS = 15
_NAMES = 10
_WORDS = {
    "start": "the start fails without it",
    "use": "fails where it is read",
    "build": "the build fails without it",
    "optional": "the code gets nothing without it",
}


def environment_step(deployment: Deployment) -> Step:
    """What to set in the Space's settings before the first start."""
    repository = deployment.repository
    if repository.kind != "space":
        return Step("environment", "not needed", f"a {repository.kind} is not started")
    found = variables(repository)
    missing = [variable for variable in found if variable.need != "default"]
    if not missing:
        more = _with_defaults(found)
        return Step("environment", "ok", "the code asks for nothing that has no default", more, variables=tuple(found))
    needed = [variable for variable in missing if variable.need != "optional"]
    others = [variable for variable in missing if variable.need == "optional"]
    static = repository.sdk == "static" and any(variable.store == "secret" for variable in missing)
    texts = [*_when_to_set(needed, others)]
    if static:
        texts.append("a static Space shows every visitor its secrets too")
    if any("st.secrets" in variable.notes for variable in missing) and repository.sdk == "docker":
        texts.append("`st.secrets` reads a file; a Docker Space has its secrets in `os.environ`")
    commands = _commands(deployment, needed, others)
    return Step(
        "environment",
        "warning" if needed or static else "ok",
        "; ".join(texts),
        (*_table(needed, others), *_with_defaults(found), *_advice(deployment, missing, commands)),
        commands,
        (f"which secrets and variables are set already: {deployment.url}/settings",),
        tuple(found),
    )


def _when_to_set(needed: list[Variable], others: list[Variable]) -> Iterator[str]:
    """How many must be set before the first start, how many later, and how many need not be."""
    early = [variable for variable in needed if variable.need != "use"]
    late = [variable for variable in needed if variable.need == "use"]
    if early:
        yield f"{_count(early)} must be set in the settings before the first start"
    if late:
        yield f"{_count(late)} {'are' if len(late) > 1 else 'is'} read later and must be set by then"
    if others:
        yield f"{_count(others)} {'have' if len(others) > 1 else 'has'} no default"


def _count(found: list[Variable]) -> str:
    secrets = sum(variable.store == "secret" for variable in found)
    parts = [(secrets, "secret"), (len(found) - secrets, "variable")]
    return " and ".join(f"{number} {noun}{'s' if number > 1 else ''}" for number, noun in parts if number)


def _table(needed: list[Variable], others: list[Variable]) -> list[str]:
    """A line for each that is needed and each secret; the other names in one line."""
    rows = [*needed, *(variable for variable in others if variable.store == "secret")]
    plain = [variable.name for variable in others if variable.store != "secret"]
    width = min(max((len(variable.name) for variable in rows[:_ROWS]), default=0), 40)
    lines = []
    for variable in rows[:_ROWS]:
        path, line = variable.places[0]
        notes = "".join(f", {note}" for note in variable.notes)
        lines.append(f"{variable.name:{width}}  {variable.store:8}  {_WORDS[variable.need]}{notes} ({path}:{line})")
    if len(rows) > _ROWS:
        lines.append(f"and {len(rows) - _ROWS} more; --output-format json has them all")
    return [*lines, *([f"variables without default: {_named(plain)}"] if plain else [])]


def _with_defaults(found: list[Variable]) -> tuple[str, ...]:
    names = [variable.name for variable in found if variable.need == "default"]
    return (f"with a default: {_named(names)}",) if names else ()


def _advice(deployment: Deployment, missing: list[Variable], commands: tuple[str, ...]) -> list[str]:
    """Source: `parse_env_map` of huggingface_hub 2.4.0, which takes the login's token for HF_TOKEN."""
    if not commands:
        return ["what has to stay secret belongs into the Python code of a Gradio or Docker Space"]
    lines = []
    own = next((variable.name for variable in missing if variable.name in _LOGIN), "")
    if own:
        lines.append(f"{own}: make a token for this Space alone, https://huggingface.co/settings/tokens")
    if commands[0].startswith("hf spaces secrets"):
        lines.append("`-s NAME` takes the value from your environment and leaves out what is not set there")
    return lines


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _commands(deployment: Deployment, needed: list[Variable], others: list[Variable]) -> tuple[str, ...]:
    """`hf` commands for those that are needed and the other secrets, and the page where all can be set."""
    wanted = [each for each in [*needed, *(other for other in others if other.store == "secret")] if each.settable]
    if deployment.repository.sdk == "static" and any(each.store == "secret" for each in wanted):
        return ()
    secrets = [each.name for each in wanted if each.store == "secret" and each.name not in _LOGIN][:_NAMES]
    plain = [each.name for each in wanted if each.store == "variable"][:_NAMES]
    commands = []
    if deployment.hf_version is not None and deployment.hf_version >= WITH_SECRETS:
        if secrets:
            commands.append(f"hf spaces secrets add {deployment.repo_id} {' '.join(f'-s {name}' for name in secrets)}")
        if plain:
            commands.append(
                f"hf spaces variables add {deployment.repo_id} {' '.join(f'-e {name}=VALUE' for name in plain)}"
            )
    return (*commands, f"{deployment.url}/settings")

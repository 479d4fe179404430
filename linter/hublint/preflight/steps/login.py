"""Is somebody logged in to the Hub on this machine? The token itself is never kept, shown or passed on.

Source: `get_token` and the constants of huggingface_hub 2.4.0 (2026-11-21).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.preflight.step import Step

if TYPE_CHECKING:
    from hublint.preflight.deployment import Deployment
    from hublint.preflight.step import Status

_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_UNCHECKED = "whether the token is valid and may write: `hf auth whoami`, https://huggingface.co/settings/tokens"


def login_step(deployment: Deployment) -> Step:
    """Whether a token is there; without one an upload is refused."""
    if os.environ.get("HF_OIDC_RESOURCE"):
        deployment.logged_in = True
        return Step("login", "ok", "HF_OIDC_RESOURCE is set: a trusted publisher's token", unchecked=(_UNCHECKED,))
    for name in _VARIABLES:
        if os.environ.get(name, "").strip():
            deployment.logged_in, deployment.token_variable = True, name
            return Step("login", "ok", f"a token is in {name}, which goes before a stored one", unchecked=(_UNCHECKED,))
    path = token_path()
    shown = _shown(path)
    held, problem = _holds_text(path)
    if held:
        deployment.logged_in = True
        return Step("login", "ok", f"a token is in {shown}", unchecked=(_UNCHECKED,))
    status: Status = "stop" if deployment.way == "upload" else "warning"
    after = "; the upload needs one" if deployment.way == "upload" else "; `git push` has credentials of its own"
    if problem:
        return Step("login", status, f"{shown} cannot be read: {problem}{after}", commands=(f"ls -l {shown}",))
    if _holds_text(os.path.join(os.path.dirname(path), "stored_tokens"))[0]:
        return Step("login", status, f"tokens are stored, but none is active{after}", commands=("hf auth switch",))
    unread = "HUGGINGFACE_TOKEN is set, which `hf` does not read; " if os.environ.get("HUGGINGFACE_TOKEN") else ""
    commands = ("hf auth login", "https://huggingface.co/settings/tokens")
    return Step("login", status, f"{unread}no token in HF_TOKEN nor {shown}{after}", commands=commands)


def token_path() -> str:
    """Where `hf` keeps the active token."""
    cache = os.environ.get("XDG_CACHE_HOME", os.path.join(os.path.expanduser("~"), ".cache"))
    home = os.environ.get("HF_HOME", os.path.join(cache, "huggingface"))
    path = os.environ.get("HF_TOKEN_PATH", os.path.join(_expanded(home), "token"))
    return _expanded(path)


def _expanded(path: str) -> str:
    return os.path.expandvars(os.path.expanduser(path))


def _shown(path: str) -> str:
    """A path with `~` for the home folder."""
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if home not in ("", "/", "~") and path.startswith(home + os.sep) else path


def _holds_text(path: str) -> tuple[bool, str]:
    """Whether a file holds more than blanks, and why that cannot be told."""
    try:
        if os.path.lexists(path) and not os.path.isfile(path):
            return False, "it is not a file"
        with open(path, "rb") as file:
            return bool(file.read(4096).strip()), ""
    except (FileNotFoundError, NotADirectoryError):
        return False, ""
    except (OSError, ValueError) as error:
        return False, getattr(error, "strerror", None) or type(error).__name__

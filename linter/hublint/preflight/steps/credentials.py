"""Will git be able to say who pushes?

No helper is asked: its answer is the credential itself.
Source: https://git-scm.com/docs/gitcredentials; https://huggingface.co/docs/hub/security-tokens (2026-08): a token
stands in the place of a password.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hublint.preflight.step import Step
from hublint.preflight.steps import remote

if TYPE_CHECKING:
    from hublint.preflight.deployment import Deployment
    from hublint.preflight.git_settings import GitSettings

_HOSTS = ("huggingface.co", "hf.co")
_HELPERS = {"darwin": "osxkeychain", "win32": "manager"}
_STORE = "whether the credential helper knows a token for huggingface.co: `git push` asks for a password if not"
_KEY = "whether your SSH key is known to the Hub: `ssh -T git@hf.co`, https://huggingface.co/settings/keys"


def credentials_step(deployment: Deployment) -> Step:
    """Whether git has a source of credentials for huggingface.co, where it is git that pushes."""
    if deployment.way == "upload":
        return Step("credentials", "not needed", "`hf upload` takes the token of the login")
    settings, problem = deployment.git_settings
    if settings is None:
        return Step("credentials", "not checked", problem)
    found = remote.remotes(settings)
    leaking = next((each for each in found if each.repository.credential), None)
    if leaking is not None:
        url = remote.right_url(deployment, leaking.repository)
        return Step(
            "credentials",
            "warning",
            f"the URL of the remote `{leaking.name}` holds a credential, in plain text in git's settings",
            ("take it out and revoke it",),
            commands=(
                f"{deployment.git_here} remote set-url {shlex.quote(leaking.name)} {url}",
                "https://huggingface.co/settings/tokens",
            ),
            unchecked=("whether the credential in the remote's URL is valid",),
        )
    if found and all(each.repository.ssh for each in found):
        return Step("credentials", "ok", f"`{found[0].name}` goes over SSH, with your key", unchecked=(_KEY,))
    source = _source(settings)
    if source:
        return Step("credentials", "ok", source, unchecked=(_STORE,))
    return _none(deployment)


def _none(deployment: Deployment) -> Step:
    helper = _HELPERS.get(sys.platform, "store")
    details = (
        ("the helper `store` keeps what it knows in plain text in ~/.git-credentials",) if helper == "store" else ()
    )
    store = "hf auth switch --add-to-git-credential"
    if deployment.token_variable:
        store = f'hf auth login --token "${deployment.token_variable}" --add-to-git-credential'
    commands = (f"git config --global credential.helper {helper}", store)
    if deployment.logged_in:
        return Step(
            "credentials",
            "warning",
            "git has no credential helper for huggingface.co: `git push` asks for a user name and, as the password, "
            "a token",
            details,
            commands,
        )
    return Step(
        "credentials",
        "stop",
        "neither a login nor a credential helper for huggingface.co: git cannot say who pushes",
        details,
        ("hf auth login", *commands),
    )


def _source(settings: GitSettings) -> str:
    """Where git gets credentials for huggingface.co from, empty if from nowhere but the keyboard."""
    helpers = _helpers(settings)
    if helpers:
        names = ", ".join(f"`{name}`" if re.fullmatch(r"[\w-]+", name) else "a command of yours" for name in helpers)
        return f"git asks its credential helper, {names}"
    headers = settings.all("http.extraheader") + [
        value for url, value in settings.sections("http", "extraheader") if _is_hub(url)
    ]
    if any(header.lower().startswith("authorization:") for header in headers):
        return "git sends an `Authorization` header from its settings"
    if settings.all("core.askpass") or os.environ.get("GIT_ASKPASS") or os.environ.get("SSH_ASKPASS"):
        return "git asks an askpass program"
    if _in_netrc():
        return "huggingface.co is in ~/.netrc"
    return ""


def _helpers(settings: GitSettings) -> list[str]:
    """The helpers that count for huggingface.co; an empty one takes back those before it."""
    found: list[str] = []
    for key, value in settings.entries:
        if not key.startswith("credential.") or not key.endswith(".helper"):
            continue
        url = key[len("credential.") : -len("helper")].rstrip(".")
        if not url or _is_hub(url):
            found = [*found, value.strip()] if value.strip() else []
    return found


def _is_hub(url: str) -> bool:
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname or ""
    except ValueError:
        return False
    return host in _HOSTS or (host.startswith("*.") and any(each.endswith(host[1:]) for each in _HOSTS))


def _in_netrc() -> bool:
    name = "_netrc" if sys.platform == "win32" else ".netrc"
    path = os.path.join(os.path.expanduser("~"), name)
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            text = file.read(1_000_000)
    except (OSError, ValueError):
        return False
    return re.search(rb"\bmachine\s+(?:huggingface|hf)\.co\b", text) is not None

"""Programs of the user's machine, run for their version or settings: no shell, no prompt, no network, no credential."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TIMEOUT = 15.0  # seconds, after which a program and what it started are ended
ENDED = "ended with exit code"
# Credentials no program needs to tell its version, and what would lead git to another repository than the folder's.
_WITHHELD = (
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_OIDC_ID_TOKEN",
    "HF_OIDC_RESOURCE",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_CONFIG",
)

# Where git's own settings are, among them the folders that it trusts.
_FILES = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")


class Outcome(NamedTuple):
    """What a program printed; `problem` says in a few words why there is no answer, empty where there is one.

    `complaint` is what it printed on standard error.
    """

    output: str
    problem: str
    complaint: str = ""


def find(name: str, folder: str) -> str | None:
    """The program that a shell would start.

    Nothing inside `folder` counts, which is the repository looked at, but for the virtual environment that is active.
    """
    own = {os.path.dirname(sys.executable)}
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        prefix = os.environ.get(variable)
        if prefix:
            own.update(os.path.join(prefix, part) for part in ("bin", "Scripts"))
    places = os.environ.get("PATH", os.defpath).split(os.pathsep)
    trusted = [place for place in places if os.path.isabs(place) and (place in own or not _is_below(place, folder))]
    return shutil.which(name, path=os.pathsep.join(trusted)) if trusted else None


def run(
    program: str, arguments: Sequence[str], folder: str, timeout: float = TIMEOUT, *, bare: bool = False
) -> Outcome:
    """Run a program in a folder and give what it printed on standard output.

    Args:
        program: its path, as `find` gives it.
        arguments: never a credential; other processes can read them.
        timeout: seconds, after which the program and what it started are ended.
        bare: of git's variables only those that name configuration files are passed on, nothing may be fetched, and
            bytes that are no UTF-8 are kept as surrogates, as they stand in paths.
    """
    with tempfile.TemporaryDirectory(prefix="hublint-") as home:
        try:
            process = subprocess.Popen(
                [program, *arguments],
                cwd=folder,
                env=_bare(_environment(home)) if bare else _environment(home),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return Outcome("", f"cannot be started: {getattr(error, 'strerror', None) or type(error).__name__}")
        try:
            output, complaint = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            return Outcome("", f"did not answer within {timeout:g} seconds")
        except BaseException:  # Ctrl-C does not reach a session of its own
            _end(process)
            raise
    problem = f"{ENDED} {process.returncode}" if process.returncode else ""
    decoded = output.decode("utf-8", "surrogateescape" if bare else "replace")
    return Outcome(decoded, problem, complaint.decode("utf-8", "replace"))


def _environment(home: str) -> Mapping[str, str]:
    variables = {name: value for name, value in os.environ.items() if name not in _WITHHELD}
    # `hf` would look for its newest version once a day, and note that in the user's folder.
    quiet = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    return {**variables, **quiet, "HF_HOME": home, "HF_TOKEN_PATH": os.path.join(home, "token"), "NO_COLOR": "1",
            "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}  # fmt: skip


def _bare(variables: Mapping[str, str]) -> Mapping[str, str]:
    kept = {name: value for name, value in variables.items() if not name.startswith("GIT_") or name in _FILES}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none", "GIT_LITERAL_PATHSPECS": "0"}  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _is_below(path: str, folder: str) -> bool:
    real, root = os.path.realpath(path), os.path.realpath(folder)
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)

"""What shells complete, asked of the real ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run

BASH = """
eval "$(hublint completion bash)"
words=($TYPED)
[[ $TYPED == *" " ]] && words+=("")
COMP_WORDS=("${words[@]}") COMP_CWORD=$((${#words[@]} - 1))
_hublint_completion hublint
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "hublint completion fish | source; complete -C $TYPED | string split -f1 \\t"
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -U compinit && compinit -u && eval "$(hublint completion zsh)" && PS1= && print ready'
while zpty -r shell line; do [[ $line == ready* ]] && break; done
zpty -w -n shell "$TYPED"$'\t\t'
sleep 3
while zpty -r -t shell line; do print -r -- $line; done
"""
SHELLS = {"bash": ["bash", "--norc", "-c", BASH], "fish": ["fish", "-c", FISH], "zsh": ["zsh", "-f", "-c", ZSH]}


def completed(shell: str, typed: str) -> str:
    """What a shell prints when Tab is pressed after what was typed."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    environment = {**os.environ, "TYPED": typed, "TERM": "dumb"}
    environment["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(SHELLS[shell], env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hublint bas", "baseline"),
        ("hublint rule missing-readm", "missing-readme"),
        ("hublint check --select SE001,DK00", "SE001,DK003"),
        ("hublint check --output-format conc", "concise"),
        ("hublint check --profile leader", "leaderboard"),
        ("hublint audit rep", "report"),
    ],
)
def test_a_real_shell_completes(shell: str, typed: str, wanted: str) -> None:
    assert wanted in completed(shell, typed)


def test_all_rules_at_the_beginning() -> None:
    found = completed("bash", "hublint check --select ").split()
    assert {"ALL", "DK003", "SE001"} <= set(found)
    assert "localhost-bind" not in found


def test_a_shell_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "csh"]) == 2
    assert "'csh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err

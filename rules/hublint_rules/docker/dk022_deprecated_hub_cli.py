"""A command uses `huggingface-cli`, which no longer works; it is `hf` now.

## What it does
Looks for `huggingface-cli` and `hf repo create` where they are run: in RUN, CMD and ENTRYPOINT of a Docker Space's
Dockerfile, in shell scripts, in GitHub workflows and in the README's code blocks. It is silent where the repository
pins a huggingface_hub older than 1.0, since the old command works there. Mentions in text are left alone.

## Why it matters on the Hub
A build or a script that installs huggingface_hub today has no `huggingface-cli`, or one that only says
"`huggingface-cli` is deprecated and no longer works. Use `hf` instead." Readers who copy the command get the same.

## Example
````markdown README.md
---
license: mit
---
# Model

```bash
huggingface-cli download example/demo
```
````

## Use instead
````markdown README.md
---
license: mit
---
# Model

```bash
hf download example/demo
```
````

## Fix safety
Safe: `download`, `upload`, `login`, `logout`, `whoami`, `env`, `version` and `repo create` become the command of the
same meaning. Commands with an option that `hf` does not have are reported, but stay as they are.

## Evidence
PyPI wheels of huggingface_hub: `hf` since 0.34.0; `huggingface-cli` absent in 1.0 to 1.10, a stub in 1.11 to 1.33,
absent since 2.0. `hf repo create` ends in "No such command 'repo'" in 2.4.0; options read from its `--help`.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.shell import Command
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK022",
    name="deprecated-hub-cli",
    severity="warning",
    effect="advice",
    subject="repository",
    since="0.1.0",
    fix="safe",
)

_SAME = {
    "download": ("download", "--repo-type --revision --include --exclude --cache-dir --local-dir --force-download"
                 " --token --quiet --max-workers"),
    "upload": ("upload", "--repo-type --revision --private --include --exclude --delete --commit-message"
               " --commit-description --create-pr --every --token --quiet"),
    "login": ("auth login", "--token --add-to-git-credential"),
    "logout": ("auth logout", ""),
    "whoami": ("auth whoami", ""),
    "env": ("env", ""),
    "version": ("version", ""),
    "repo": ("repos", "--type --space_sdk --repo-type --space-sdk"),
}  # fmt: skip


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each command line that uses the old name."""
    from hublint_rules.docker import _command_lines as command_lines

    found = list(command_lines.commands(repository, ("huggingface-cli", "hf repo create")))
    if not found:
        return
    from hublint.space.app.versions import asks_for_old_hub

    if asks_for_old_hub(repository):
        return
    for source, command in found:
        words = [word.value or "" for word in command.argv]
        if words[:3] == ["hf", "repo", "create"]:
            message = "`hf repo create` is not a command of huggingface_hub 2; write `hf repos create`"
            yield Finding(source, command, message, fix=_fix(source, command, "repos"))
        elif words[:1] == ["huggingface-cli"]:
            given = " ".join(words[1 : 3 if words[1:2] == ["repo"] else 2])
            new, _ = _SAME.get(words[1] if len(words) > 1 else "", ("", ""))
            new = "repos create" if given == "repo create" else "" if words[1:2] == ["repo"] else new
            yield Finding(
                source,
                command,
                f"`huggingface-cli{' ' * bool(given)}{given}` has not worked since huggingface_hub 1.0; "
                f"write `hf{' ' * bool(new)}{new}`",
                fix=_fix(source, command, "repos" if new == "repos create" else new),
            )


def _fix(source: Source, command: Command, new: str) -> Fix | None:
    """The command under its new name, where `hf` knows all its options."""
    name, sub, *rest = command.argv if len(command.argv) > 1 else [command.argv[0]] * 2
    known = _SAME.get(sub.value or "", ("", ""))[1].split()
    options = [(word.text.partition("=")[0], index) for index, word in enumerate(rest) if word.text.startswith("-")]
    if (
        not new
        or any(option not in known for option, _ in options)
        or any(word.text[:1] == "'" for word in (name, sub))
    ):
        return None
    for option, index in options:
        values = [word for word in rest[index + 1 : index + 3] if not word.text.startswith("-")]
        if option in ("--include", "--exclude", "--delete") and len(values) > 1:
            return None
    edits = [Edit(source.path, name.span, "hf"), Edit(source.path, sub.span, new)]
    edits += [Edit(source.path, word.span, "--space-sdk") for word in rest if word.text == "--space_sdk"]
    shown = "repos create" if new == "repos" else new
    return Fix(f"Write `hf {shown}`", tuple(edits), "safe")

"""Compare the findings and fixes of two versions of hublint, one by one.

    python benchmarks/compare_findings.py BEFORE AFTER [--cases FILE ...] [--corpus FOLDER] [-- OPTIONS ...]

BEFORE and AFTER are hublint commands, for example of two checkouts' environments; both see the very same folders: every
case of fixtures/rules, fixtures/demo, the cases of the given YAML files, and every sample of the corpus (see
tests/corpus.py), whose listed files are made as sparse files. OPTIONS go to both commands; `--select ALL` is usual.
The output is a line for each finding or fix that only one of them has, then counts by code. Exit code 1 if any.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
BATCH = 200
TOLD = ("severity", "line", "column", "end_line", "end_column", "message", "help", "route", "hub_message")

# (kind or "" for discovery, folder)
Place = tuple[str, Path]


def fixtures(base: Path) -> Iterator[Place]:
    """The cases of fixtures/rules and the demo repositories."""
    import yaml

    from hublint.testing.listings import expanded
    from tokens import with_tokens

    for file in sorted((ROOT / "fixtures" / "rules").glob("*.yml")):
        for number, case in enumerate(with_tokens(yaml.safe_load(file.read_text("utf-8"))).values()):
            folder = base / "fixtures" / f"{file.stem}-{number}"
            write(folder, {path: encoded(text) for path, text in case["files"].items()})
            listed(folder, expanded(case.get("listing", {}).items()))
            yield case["kind"], folder
    for folder in sorted((ROOT / "fixtures" / "demo").iterdir()):
        if folder.is_dir():
            yield "", folder


def encoded(text: str | bytes) -> bytes:
    """A file's bytes; a lone surrogate stands for a byte that is no UTF-8."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def cases(base: Path, file: Path, runner: ModuleType) -> Iterator[Place]:
    """The cases of a file beside which `run_cases.py` says how they are written."""
    import yaml

    for case in yaml.safe_load(file.read_text("utf-8")):
        folder = runner.materialise(case, base / "cases" / case["id"])
        yield case["kind"] if case.get("force_kind") else "", folder


def corpus(base: Path, source: Path) -> Iterator[Place]:
    """The samples of the corpus, with every listed file."""
    import corpus as samples

    os.environ["HUBLINT_CORPUS"] = str(source)
    for sample in samples.samples():
        folder = base / "corpus" / sample.group / sample.id
        tree = sample.tree()
        held = {path: data for path in tree.sizes() if (data := tree.read(path)) is not None}
        write(folder, held)
        listed(folder, {path: size for path, size in tree.sizes().items() if path not in held})
        yield samples.KINDS.get(sample.group, ""), folder


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Files below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def listed(folder: Path, sizes: dict[str, int]) -> None:
    """Files that are known by their size; one of unknown size is a link that leads nowhere."""
    for path, size in sizes.items():
        place = folder / path
        if os.path.lexists(place):
            continue
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if size < 0:
                place.symlink_to("nowhere")
            else:
                with open(place, "wb") as file:
                    file.truncate(size)
        except OSError as error:
            print(f"{place}: {error.strerror}", file=sys.stderr)


def found(command: list[str], kind: str, folders: list[Path], options: list[str]) -> Counter[tuple[str, str, str]]:
    """Everything that a command says, as (path, code, line of text)."""
    result: Counter[tuple[str, str, str]] = Counter()
    for start in range(0, len(folders), BATCH):
        chosen = [str(folder) for folder in folders[start : start + BATCH]]
        given = ["--repo-type", kind] if kind else []
        line = [*command, "check", "--isolated", "--allow-empty", "--output-format", "json", *given, *options, *chosen]
        done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, cwd="/")
        if done.returncode not in (0, 1):
            result["", "", f"exit {done.returncode}: {done.stderr.strip()[-2000:]}"] += 1
        if done.stdout:
            result.update(told(json.loads(done.stdout)))
    return result


def told(report: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Repositories, findings and fixes of a JSON report."""
    for repository in report["repositories"]:
        yield repository["path"], "", f"{repository['kind']} ({repository['reason']})"
    for finding in report["findings"]:
        text = " ".join(str(finding.get(key, "")) for key in TOLD)
        yield finding["path"], finding["code"], f"{text} fix: {json.dumps(finding.get('fix'))}"


def main() -> int:
    """Print what differs."""
    arguments = sys.argv[1:]
    options: list[str] = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=shlex.split)
    parser.add_argument("after", type=shlex.split)
    parser.add_argument("--cases", nargs="*", type=Path, default=[])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--keep", type=Path, help="make the folders here and keep them")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        base = given.keep or Path(temporary)
        places = list(fixtures(base))
        for file in given.cases:
            spec = importlib.util.spec_from_file_location("run_cases", file.parent / "run_cases.py")
            assert spec and spec.loader
            runner = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(runner)
            places += cases(base, file, runner)
        if given.corpus:
            places += corpus(base, given.corpus)
        before: Counter[tuple[str, str, str]] = Counter()
        after: Counter[tuple[str, str, str]] = Counter()
        for kind in sorted({kind for kind, _ in places}):
            folders = [folder for each, folder in places if each == kind]
            before += found(given.before, kind, folders, options)
            after += found(given.after, kind, folders, options)
        only = [("-", before - after), ("+", after - before)]
        lines = [
            (path, code, mark, text)
            for mark, rest in only
            for (path, code, text), count in rest.items()
            for _ in range(count)
        ]
        root = str(base).lstrip("/")  # the commands run in /, and tell paths from there
        for path, code, mark, text in sorted(lines):
            print(f"{mark} {path.removeprefix(root).lstrip('/')} {code}: {text}")
        for (mark, code), count in sorted(Counter((mark, code) for _, code, mark, _ in lines).items()):
            print(f"{mark}{count} {code or 'repositories'}")
        print(f"{len(places)} repositories, {before.total()} lines before, {after.total()} after, {len(lines)} differ")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())

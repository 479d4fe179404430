"""What many cards cost `hublint check`, next to check-jsonschema and yamllint, which look at their metadata alone.

    python benchmarks/cards.py [CARDS]

Cards are made of those of the rules' cases, each with as much text below as cards of the Hub have on average, and each
in a folder of its own. Printed are cards a second and the largest process, how memory grows where there are twice and
four times as many, and how much is won where nothing has changed since the last run. Targets with two processors: 1,000
cards a second, ten times check-jsonschema, and memory that does not grow. The tools are in startup.py's environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import yaml
from startup import BIN, install

ROOT = Path(__file__).resolve().parent.parent
CARDS = 2_000
KINDS = ("model", "dataset")
_TEXT = "This card says what the files are, where they come from, and who may use them for what. "
_LENGTHS = (400, 900, 1_800, 3_000, 4_500, 9_000)  # characters; 3.3 kB on average, as on the Hub


class Cost(NamedTuple):
    """What a run took: seconds by the clock, and the largest of its processes in MiB."""

    seconds: float
    memory: float


def cards() -> dict[str, list[str]]:
    """The cards in the cases of the rules, by the kind of their repositories."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for path in sorted((ROOT / "fixtures" / "rules").glob("[DM]C*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")).values():
            card = case.get("files", {}).get("README.md")
            if case.get("kind") in KINDS and isinstance(card, str) and card.startswith("---\n"):
                found[case["kind"]].append(card)
    return found


def write(folder: Path, count: int) -> None:
    """So many folders with a card, and the cards' metadata beside them for tools that read YAML only."""
    known, lengths = cards(), cycle(_LENGTHS)
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
        (folder / f"{kind}-metadata").mkdir()
        for number, card in enumerate(islice(cycle(known[kind]), count // len(KINDS))):
            place = folder / kind / f"{number:06}"
            place.mkdir()
            length = next(lengths)
            text = "\n\n".join(f"## Part {part}\n\n{_TEXT * 5}" for part in range(length // 450 + 1))
            (place / "README.md").write_text(f"{card}\n{text[:length]}\n\n{number}\n", "utf-8")
            metadata = card[4:].partition("\n---")[0]
            (folder / f"{kind}-metadata" / f"{number:06}.yaml").write_text(f"{metadata}\n", "utf-8")


def cost(command: list[str], cache: str = os.devnull) -> Cost:
    """Run a command; what it finds does not matter."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        capture_output=True, text=True, check=True, env={**os.environ, "XDG_CACHE_HOME": cache},
    )  # fmt: skip
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(time.perf_counter() - start, int(done.stdout) / unit)


def main(arguments: list[str]) -> None:
    """Print what was measured."""
    install()
    count = int(arguments[0]) if arguments else CARDS
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sizes = {times: folder / f"x{times}" for times in (1, 2, 4)}
        for times, place in sizes.items():
            write(place, count * times)
        check = [str(BIN / "hublint"), "check", "--isolated", "--quiet"]
        whole = str(sizes[1])
        schemas = ROOT / "schemas" / "hublint_schemas"
        metadata = [str(path) for path in sorted((sizes[1] / "model-metadata").iterdir())]
        rows = {
            "hublint check, 1 process": (count, cost([*check, "-j", "1", whole])),
            "hublint check": (count, cost([*check, whole])),
            "check-jsonschema": (
                len(metadata),
                cost([str(BIN / "check-jsonschema"), "--schemafile", str(schemas / "model.json"), *metadata]),
            ),
            "yamllint": (len(metadata), cost([str(BIN / "yamllint"), *metadata])),
        }
        cost([*check, whole], str(folder / "cache"))
        rows["hublint check, unchanged"] = (count, cost([*check, whole], str(folder / "cache")))
        for name, (number, each) in rows.items():
            print(f"{name:26} {number / each.seconds:7.0f} cards a second, largest process {each.memory:4.0f} MiB")
        ours, theirs = (number / each.seconds for number, each in (rows["hublint check"], rows["check-jsonschema"]))
        print(f"hublint / check-jsonschema: {ours / theirs:.1f} (target 10)")
        grown = [cost([*check, str(place)]) for place in sizes.values()]
        shown = ", ".join(f"{each.memory:.0f} MiB in {each.seconds:.1f} s" for each in grown)
        print(f"1, 2, 4 times as many: {shown}")


if __name__ == "__main__":
    main(sys.argv[1:])

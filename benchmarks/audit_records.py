"""Files of audits as large as one wants: real findings of the rules' cases, in repositories that are made up."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from hublint.audit.records import Record, Run, Writer, findings_of
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.report import Checked

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from repositories import make  # noqa: E402
from tokens import with_tokens  # noqa: E402

_KINDS = (*["model"] * 6, *["dataset"] * 2, *["space"] * 2)
_WORDS = "tiny base large chat instruct code vision audio speech text sql legal med bio fin math rank embed".split()
_NAMES = "acme nova lumen kite orbit delta harbor maple onyx quartz raven sable tundra umber vela willow zephyr".split()


def samples() -> dict[str, list[dict[str, Any]]]:
    """What is found in the first case of each rule, by the kind of its repository."""
    found: dict[str, list[dict[str, Any]]] = {"model": [], "dataset": [], "space": []}
    for path in sorted((ROOT / "fixtures" / "rules").glob("*.yml")):
        case = next(iter(with_tokens(yaml.safe_load(path.read_text("utf-8"))).values()))
        if case.get("listing") or case.get("archives"):
            continue
        result = check(make(case["kind"], case["files"]), Settings.of(Config()))
        found[case["kind"]] += findings_of(Checked("", case["kind"], "", "", result))
    return found


def write(file: Path, findings: int, share: float = 0.45, seed: int = 1) -> int:
    """Write an audit's file with at least so many findings; how many repositories it has.

    Args:
        share: of the repositories, those with findings.
    """
    dice, every = random.Random(seed), samples()
    left, number = findings, 0
    run = Run("2026-11-29T10:00:00Z", ("hf://datasets/cards/*.parquet",))
    with Writer(file.open("wb"), run) as writer:
        while left > 0 or not number:
            number += 1
            kind = dice.choice(_KINDS)
            owner = f"{dice.choice(_NAMES)}-{dice.choice(_WORDS)}" if dice.random() < 0.4 else dice.choice(_NAMES)
            name = f"{owner}/{dice.choice(_WORDS)}-{dice.choice(_WORDS)}-{number}"
            many = min(1 + int(dice.expovariate(0.16)), left) if dice.random() < share else 0
            left -= many
            entries = tuple(_varied(dice.choice(every[kind]), dice) for _ in range(many))
            failed = dice.random() < 0.004
            revision = f"{dice.getrandbits(160):040x}"
            if failed:
                left += many
                writer.write(Record(name, kind, "hub", revision, "failed", "the Hub says: access is restricted"))
            else:
                writer.write(Record(name, kind, "hub", revision, files=dice.randint(2, 40), findings=entries))
    return number


def _varied(finding: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """A finding elsewhere, with another value in its message and line."""
    word = f"{dice.choice(_WORDS)}-{dice.randint(1, 9999)}"
    line = dice.randint(1, 400)
    return {
        **finding,
        "line": line,
        "end_line": line,
        "fingerprint": f"{dice.getrandbits(128):032x}",
        "message": re.sub(r"`[^`]{3,}`", f"`{word}`", finding["message"], count=1),
        "frame": re.sub(r"(?m)^( *)\d+ \| (.*)", rf"\g<1>{line} | \2 {word}", finding["frame"]),
    }

"""Broken inputs through `Project`: nothing fails or hangs, every fix keeps its promise, no credential is shown.

    python benchmarks/fuzz.py --seconds 600 --seed 1 [--corpus PATH] [--count N] [--only K] [--put-back DEFECT]

Each input is a case of a rule, the demo or a repository of the corpus, changed by some mutators; number K of a seed is
the same at each run, so `--only K` repeats it. The last line is
`fuzz: N inputs, C crashes, H hangs, V promise violations, L leaks`; the exit code is 1 where one of them is not 0.

With `--put-back` hublint has a defect that it once had (fuzzing/defects.py), and the run ends when that is found; the
exit code is 1 where it is not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fuzzing.changing import Input
from fuzzing.defects import DEFECTS, Defect, put_back
from fuzzing.inputs import make
from fuzzing.judging import Failure, judge
from fuzzing.seeds import Seeds
from fuzzing.shrinking import shrunk

_KINDS = ("crash", "hang", "violation", "leak")
_TOLD = 3  # so many inputs of one failure are told


class Tally:
    """What was run and what was found."""

    def __init__(self) -> None:
        self.inputs = 0
        self.found = False
        self.steps: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.signatures: Counter[str] = Counter()

    def line(self) -> str:
        """The last line of a run."""
        crashes, hangs, violations, leaks = (self.kinds[kind] for kind in _KINDS)
        return (
            f"fuzz: {self.inputs} inputs, {crashes} crashes, {hangs} hangs, "
            f"{violations} promise violations, {leaks} leaks"
        )


def fuzz(
    seeds: Seeds, seed: int, seconds: float = 0, count: int = 0, only: int = -1, defect: Defect | None = None
) -> Tally:
    """Run inputs until the time is up, their number is reached or a defect shows; failures are printed."""
    tally = Tally()
    end = time.monotonic() + seconds if seconds else float("inf")
    number = max(only, 0)
    while time.monotonic() < end and (not count or tally.inputs < count):
        given = make(seeds, seed, number)
        tally.inputs += 1
        tally.steps.update(given.steps)
        for failure in judge(given):
            tally.found |= defect is not None and defect.shows_in(failure)
            tally.kinds[failure.kind] += 1
            tally.signatures[failure.signature] += 1
            if tally.signatures[failure.signature] <= _TOLD:
                _tell(given, failure, seed)
        if only >= 0 or tally.found:
            break
        number += 1
    return tally


def _tell(given: Input, failure: Failure, seed: int) -> None:
    print(f"{failure.kind}: {failure.what}")
    print(f"    --seed {seed} --only {given.number}: {given.kind} of {given.seed}, {', '.join(given.steps)}")
    small = shrunk(given, failure)
    for path, data in small.files.items():
        print(f"    {path!r}: {data[:600]!r}{f' and {len(data) - 600} bytes' if len(data) > 600 else ''}")
    for name in ("links", "listing", "config"):
        if getattr(small, name):
            print(f"    {name}: {str(getattr(small, name))[:300]}")
    sys.stdout.flush()


def main() -> int:
    """Print failures, a table of inputs for each mutator, and the last line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--only", type=int, default=-1)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--put-back", choices=sorted(DEFECTS))
    given = parser.parse_args()
    seeds = Seeds(given.corpus)
    if given.put_back:
        start = time.monotonic()
        with put_back(given.put_back) as defect:
            tally = fuzz(seeds, given.seed, given.seconds, given.count, given.only, defect)
        print(f"{'' if tally.found else 'not '}found after {tally.inputs} inputs, {time.monotonic() - start:.0f} s")
        return 0 if tally.found else 1
    tally = fuzz(seeds, given.seed, given.seconds, given.count, given.only)
    for name, times in sorted(tally.steps.items()):
        print(f"{times:7} {name}")
    for signature, times in tally.signatures.most_common():
        print(f"{times:7} {signature}")
    print(tally.line())
    return 1 if any(tally.kinds.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

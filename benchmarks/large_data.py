"""What data files cost that are large or many: processor time and memory of a `hublint check` of their own.

    python benchmarks/large_data.py [--against HUBLINT]

Files of 2 GB are sparse: a real head, and for Parquet a real footer. The exit code is 1 where one of them takes more
than 2 seconds or 100 MiB. `--against` runs another hublint beside this one, in turn, and prints the ratios of the
medians; many files may take twice the time of an older version.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SIZE = 2_000_000_000
MOST_SECONDS = 2.0
MOST_MEMORY = 100
ROUNDS = 3


def sparse_csv(folder: Path) -> None:
    """A CSV file of 2 GB, of which the first megabyte holds rows."""
    path = folder / "train.csv"
    path.write_bytes(b"text,label\n" + b"some words of a row,1\n" * 50_000)
    os.truncate(path, SIZE)


def sparse_parquet(folder: Path) -> None:
    """A Parquet file of 2 GB with its footer at the end."""
    whole = _parquet(2)
    length = int.from_bytes(whole[-8:-4], "little") + 8
    with (folder / "train.parquet").open("wb") as file:
        file.write(whole[:-length])
        file.seek(SIZE - length)
        file.write(whole[-length:])


def sparse_tar(folder: Path) -> None:
    """A tar of 2 GB with a hundred samples at its beginning."""
    path = folder / "train.tar"
    with tarfile.open(path, "w") as archive:
        for number in range(100):
            for suffix in ("jpg", "cls"):
                member = tarfile.TarInfo(f"{number:06}.{suffix}")
                member.size = 1
                archive.addfile(member, io.BytesIO(b"1"))
    os.truncate(path, SIZE)


def many_parquet(folder: Path) -> None:
    """2,000 Parquet files of 60 columns."""
    whole = _parquet(60)
    for number in range(2_000):
        (folder / f"train-{number:05}-of-02000.parquet").write_bytes(whole)


def many_files(folder: Path) -> None:
    """35,000 small pictures in 35 folders."""
    for outer in range(35):
        (folder / "train" / str(outer)).mkdir(parents=True)
        for inner in range(1_000):
            (folder / "train" / str(outer) / f"{inner}.jpg").write_bytes(b"\xff\xd8\xff")


def _parquet(columns: int) -> bytes:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({f"column_{number}": [1, 2, 3] for number in range(columns)})
    made = io.BytesIO()
    pyarrow.parquet.write_table(table, made)
    return made.getvalue()


CASES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "CSV of 2 GB": (sparse_csv, True),
    "Parquet of 2 GB": (sparse_parquet, True),
    "tar of 2 GB": (sparse_tar, True),
    "2,000 Parquet files": (many_parquet, False),
    "35,000 files": (many_files, False),
}


# Run apart, since a process counts the memory of the one that it was forked from.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
assert code in (0, 1), code
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""


class Cost(NamedTuple):
    """Seconds of processor time, and MiB at most."""

    seconds: float
    memory: int


def cost(command: list[str], folder: Path) -> Cost:
    """What one check of a folder costs."""
    arguments = [*command, "check", "--isolated", "--repo-type", "dataset", "--output-format", "concise", str(folder)]
    done = subprocess.run([sys.executable, "-c", _MEASURED, *arguments], capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return Cost(float(seconds), int(memory))


def main() -> int:
    """Print what each case costs; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="HUBLINT", help="another hublint, as a command")
    other = parser.parse_args().against
    passed = True
    for name, (make, is_bounded) in CASES.items():
        with tempfile.TemporaryDirectory() as root:
            folder = Path(root)
            (folder / "README.md").write_text("---\nlicense: mit\n---\n# Data\n\nText.\n", "utf-8")
            make(folder)
            own: list[Cost] = []
            others: list[Cost] = []
            for _ in range(ROUNDS):
                own.append(cost([sys.executable, "-m", "hublint"], folder))
                if other:
                    others.append(cost([other], folder))
        seconds = statistics.median(each.seconds for each in own)
        memory = max(each.memory for each in own)
        within = not is_bounded or (seconds <= MOST_SECONDS and memory <= MOST_MEMORY)
        passed &= within
        ratio = f", {seconds / statistics.median(each.seconds for each in others):.2f} x the other" if others else ""
        print(f"{name:20} {seconds:6.2f} s {memory:4} MiB{ratio}{'' if within else '  too much'}", flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())

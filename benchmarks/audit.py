"""What `hublint audit` takes for a dump of cards: seconds, and the memory of the process and of those it starts.

    python benchmarks/audit.py [CARDS] [one-group]

Cards are made up: as long as those of the Hub are on average, half of them with something to be found. The ratio says
how much more memory ten times as many cards take: it is about 1 where they are streamed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

_LENGTH = 2300  # characters of a card; `librarian-bots/model_cards_with_metadata` has 2.3 kB on average
_TEXT = "# Model\n\n```python\nload()\n```\n\n" + "This model reads texts and says what they are about. " * 44


def made(path: Path, cards: int, one_group: bool) -> None:
    """A Parquet file of so many cards, in one row group or in groups of a thousand."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("modelId", pa.string()), ("downloads", pa.int64()), ("card", pa.string())])
    size = cards if one_group else 1000
    with parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, cards, size):
            numbers = range(start, min(start + size, cards))
            texts = [
                f"---\nlicense: {'apache-2.0' if number % 2 else 'Apache 2.0'}\n---\n{_TEXT[:_LENGTH]}{number}\n"
                for number in numbers
            ]
            ids = [f"org/model-{number}" for number in numbers]
            writer.write_table(pa.table([ids, list(numbers), texts], schema=schema), row_group_size=size)


def measured(folder: Path, cards: int, one_group: bool) -> tuple[float, float]:
    """Seconds, and the largest process in MiB."""
    made(folder / "cards.parquet", cards, one_group)
    (folder / "audit.jsonl").unlink(missing_ok=True)
    command = [sys.executable, "-m", "hublint", "audit", "cards.parquet", "--fail-on", "never"]
    watched = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watched, *command], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    seconds = time.perf_counter() - start
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return seconds, int(done.stdout) / unit


def main(arguments: list[str]) -> None:
    """Print both."""
    cards = int(next((each for each in arguments if each.isdecimal()), 120_000))
    one_group = "one-group" in arguments
    with tempfile.TemporaryDirectory() as temporary:
        few, memory_of_few = measured(Path(temporary), cards // 10, one_group)
        many, memory_of_many = measured(Path(temporary), cards, one_group)
    print(f"{cards // 10:>9,} cards: {few:6.1f} s, {memory_of_few:5.0f} MiB")
    print(f"{cards:>9,} cards: {many:6.1f} s, {memory_of_many:5.0f} MiB, {cards / many:,.0f} a second")
    print(f"memory of ten times as many: {memory_of_many / memory_of_few:.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])

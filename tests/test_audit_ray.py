"""Dumps judged by a real Ray cluster of three machines, one of which is lost in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from hublint.audit import on_ray
from hublint.audit.dumps import Columns, units
from hublint.audit.plan import lines_of
from hublint.audit.records import Record
from hublint.engine.discovery import Options
from hublint.engine.elsewhere import Elsewhere
from hublint.errors import UsageError

ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))
HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(
    not (ALL and HAS_RAY), reason="starts a cluster; HUBLINT_TEST_ALL=1 does where Ray is installed"
)
CARDS = (
    "---\nlicence: mit\n---\n# One\n",
    "---\nlicense: mit\ntags: [a, a]\n---\n# Two\n",
    "---\nlanguage: [en\n---\n# Three\n",
)


def write_dump(path: Path, count: int) -> None:
    lines = (json.dumps({"modelId": f"a/m{number}", "card": CARDS[number % 3]}) for number in range(count))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def batches(path: Path, size: int) -> list[list[Any]]:
    every = list(units(str(path), Columns(), "model", Elsewhere(Options(isolated=True))))
    return [every[start : start + size] for start in range(0, len(every), size)]


def test_without_ray_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'hublint\[ray\]'"):
        next(on_ray.run(len, [[]]))


@needs_ray
def test_a_machine_that_is_lost_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ray
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    dump, marks = tmp_path / "cards.jsonl", tmp_path / "marks"
    marks.mkdir()
    write_dump(dump, 900)
    work_items = list(enumerate(batches(dump, 20)))
    place = str(marks)

    def work(item: tuple[int, list[Any]]) -> list[Record]:
        number, some = item
        machine = ray.get_runtime_context().get_node_id()
        (Path(place) / f"{number}.{machine}.{time.time_ns()}").touch()
        time.sleep(1.5)
        return lines_of(some)

    checks = {
        "health_check_initial_delay_ms": 500,
        "health_check_period_ms": 500,
        "health_check_timeout_ms": 1000,
        "health_check_failure_threshold": 3,
    }
    head = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": 200 * 2**20, "_system_config": checks}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        cluster.add_node(num_cpus=1)
        victim = cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        ray.init(address=cluster.address, log_to_driver=False)
        seen: dict[str, int] = {}
        removing: list[threading.Thread] = []

        def removed() -> None:
            """Take the victim away while it is at work."""
            before = {mark.name for mark in marks.glob(f"*.{victim.node_id}.*")}
            while before.issuperset(mark.name for mark in marks.glob(f"*.{victim.node_id}.*")):
                time.sleep(0.05)
            cluster.remove_node(victim, allow_graceful=False)

        def told(machine: str) -> None:
            seen[machine] = seen.get(machine, 0) + 1
            if machine == victim.node_id and seen[machine] == 2:
                removing.append(threading.Thread(target=removed, daemon=True))
                removing[0].start()

        lines = [line for some in on_ray.run(work, work_items, told) for line in some]
        assert removing, "the victim never worked"
        removing[0].join()
    finally:
        ray.shutdown()
        cluster.shutdown()
    assert seen[victim.node_id] >= 2
    assert len(seen) == 3
    started: dict[str, list[str]] = {}
    for mark in marks.iterdir():
        number, machine, _ = mark.name.split(".")
        started.setdefault(number, []).append(machine)
    again = [machines for machines in started.values() if len(machines) > 1]
    assert again, "nothing was worked on twice"
    assert all(victim.node_id in machines for machines in again)
    assert lines == [line for _, some in work_items for line in lines_of(some)]


@needs_ray
def test_ray_and_the_processes_here_write_the_same(tmp_path: Path) -> None:
    write_dump(tmp_path / "cards.jsonl", 450)
    told = {}
    for engine in ("local", "ray"):
        command = ["-P", "-m", "hublint", "audit", "cards.jsonl", "--isolated", "--kind", "model", "--engine", engine]
        done = subprocess.run(
            [sys.executable, *command, "--output", f"{engine}.jsonl"],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        told[engine] = sorted((tmp_path / f"{engine}.jsonl").read_text("utf-8").splitlines()[1:])
    assert told["ray"] == told["local"]
    assert len(told["ray"]) == 451

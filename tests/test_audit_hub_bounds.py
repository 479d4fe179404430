"""What is asked of the Hub, how often, and what is taken from the machine itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audits import CLEAN, MODEL, audit, codes, interruptible, records
from hub_server import HubServer, Served, serving
from hublint.audit.hub.budget import Bucket, Said, retry_after, said
from hublint.audit.hub.fetching import cost
from hublint.audit.hub.units import HubUnit
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Iterator

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
SETTINGS = Settings.of(Config())


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serving() as server:
        yield server


def told(hub: HubServer, folder: Path, **more: str) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_HUB_DOWNLOAD_TIMEOUT": "5", "HF_HOME": str(folder / "home"), **more}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_same_is_found_on_the_hub_as_in_a_folder(tmp_path: Path, hub: HubServer) -> None:
    for kind in ("model", "dataset", "space"):
        hub.add(f"org/{kind}", Served(kind, files(DEMO / kind)))
    audit(tmp_path, "org/*", **told(hub, tmp_path))
    found = records(tmp_path / "audit.jsonl")
    for kind in ("model", "dataset", "space"):
        repository = Repository(FolderTree(str(DEMO / kind)), kind, "", "", f"org/{kind}")  # type: ignore[arg-type]
        wanted = check(repository, SETTINGS).findings
        assert [each["fingerprint"] for each in found[f"org/{kind}"].findings] == [each.fingerprint for each in wanted]
        assert len(wanted) > 2


def test_what_is_on_the_hub_was_taken_by_it(tmp_path: Path, hub: HubServer) -> None:
    """No push is refused for a large file that is there already; in a clone, where it is still to be pushed, it is."""
    there = {"README.md": CLEAN.encode(), ".gitattributes": b"*.zip filter=lfs\n", ".gitignore": b"*.env\n"}
    hub.add("org/a", Served("model", {**there, "a.env": b"A=1\n"}, sizes={"model.safetensors": 50_000_000}))
    audit(tmp_path, "model:org/a", "--select", "RP002,RP017,SE008", **told(hub, tmp_path))
    record = records(tmp_path / "audit.jsonl")["org/a"]
    assert not {"RP002", "RP017"} & set(codes(record))
    for path, data in {**there, "model.safetensors": bytes(11_000_000)}.items():
        (tmp_path / "clone").mkdir(exist_ok=True)
        (tmp_path / "clone" / path).write_bytes(data)
    audit(tmp_path, "clone", "--select", "RP002", "--output", "b.jsonl")
    assert codes(records(tmp_path / "b.jsonl")["clone"]) == ["RP002"]


def test_a_window_is_kept(tmp_path: Path, hub: HubServer) -> None:
    """The Hub gives 12 requests in 3 seconds: none is refused, but for those under way before it first said so."""
    for number in range(30):
        hub.add(f"org/m{number}", Served("model", {"README.md": CLEAN.encode()}))
    hub.window["api"] = [12, 3, 0, 0]
    start = time.monotonic()
    done = audit(tmp_path, "model:org/*", "--jobs", "4", **told(hub, tmp_path))
    assert time.monotonic() - start > 6
    assert done.returncode in (0, 1), done.stdout
    found = records(tmp_path / "audit.jsonl")
    assert (len(found), {each.status for each in found.values()}) == (30, {"checked"})
    assert hub.seen["refused"] <= 3


def test_a_bucket() -> None:
    now = 0.0
    bucket = Bucket(lambda: now)
    assert [bucket.take() for _ in range(1000)] == [0] * 1000, "nothing is known yet"
    bucket.learn(Said(3, 100, 500))
    assert bucket.take() == 0
    now = 10
    assert 0 < bucket.take() <= 30, "the last requests of a window are spread over it"
    now = 99
    assert [bucket.take(), bucket.take()][0] == 0
    bucket.learn(Said(400, 1, 500))
    assert bucket.take() > 0, "an answer that came late does not bring tokens back"
    now = 101
    assert bucket.take() == 0
    bucket.rest(50)
    assert bucket.take() == 50


def test_plenty_is_not_spread() -> None:
    bucket = Bucket(lambda: 0.0)
    bucket.learn(Said(400, 100, 500))
    assert [bucket.take() for _ in range(350)] == [0] * 350


def test_the_headers() -> None:
    headers = {"ratelimit": '"api";r=0;t=55', "ratelimit-policy": '"fixed window";"api";q=500;w=300'}
    assert said(headers) == Said(0, 55, 500)
    assert said({"ratelimit": '"resolvers";r=12;t=3'}) == Said(12, 3, 0)
    assert said({"ratelimit": "nonsense"}) is said({}) is None
    assert (retry_after({"retry-after": " 120 "}), retry_after({"retry-after": "Wed, 21 Oct 2015"})) == (120, None)


def test_the_cost() -> None:
    units = [HubUnit(f"org/m{each}", "model", SETTINGS) for each in range(10_000)]
    assert cost(units) == (
        "10,000 repositories on the Hub: 10,000 API and about 80,000 file requests: about 2 hours without a token, "
        "about 80 minutes with a free account, about 33 minutes with PRO"
    )
    assert cost(units[:1]).endswith("1 repository on the Hub: 1 API and about 8 file requests, within 5 minutes")


def test_many_files_are_asked_for_by_pages(tmp_path: Path, hub: HubServer) -> None:
    sizes = {f"data/{each:06}.txt": 10 for each in range(50_001)}
    hub.add(
        "org/many", Served("dataset", {"README.md": b"---\nlicense: mit\n---\n[x](data/050000.txt)\n"}, sizes=sizes)
    )
    audit(tmp_path, "dataset:org/many", "--select", "CT005", **told(hub, tmp_path))
    record = records(tmp_path / "audit.jsonl")["org/many"]
    assert (record.status, codes(record)) == ("checked", [])
    assert sum("/tree/" in path for path in hub.requests) == 2


def test_what_is_beyond_the_bounds_is_said(tmp_path: Path, hub: HubServer) -> None:
    code = {f"src/m{each}.py": b"x = 1\n" for each in range(510)}
    hub.add("org/app", Served("space", {"README.md": b"---\nsdk: static\n---\n", "index.html": b"<p>", **code}))
    hub.add("org/big", Served("model", {"README.md": CLEAN.encode(), "notes.txt": b"a" * 2_000_000}))
    audit(tmp_path, "org/*", **told(hub, tmp_path))
    found = records(tmp_path / "audit.jsonl")
    assert found["org/big"].reason == "1 file was too large or too many to be read"
    assert not any("notes.txt" in path for path in hub.requests)
    assert found["org/app"].status == "checked"
    assert "files were too large or too many to be read" in found["org/app"].reason
    assert sum("org/app/resolve" in path for path in hub.requests) == 500


def cached(home: Path, commit: str, there: dict[str, bytes], listing: dict[str, int]) -> None:
    """huggingface_hub's cache after a download: blobs, links to them, a branch and the listing of a commit."""
    root = home / "hub" / "models--org--a"
    for path, data in there.items():
        blob, link = root / "blobs" / f"blob-{path}", root / "snapshots" / commit / path
        for place in (blob, link):
            place.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(data)
        link.symlink_to(os.path.relpath(blob, link.parent))
    for name, text in {
        "refs/main": commit,
        f"trees/{commit}.json": json.dumps(
            {
                "format_version": 1,
                "files": {path: {"size": size, "blob_id": "0"} for path, size in listing.items()},
            }
        ),
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def test_without_a_network_the_cache_is_judged(tmp_path: Path, hub: HubServer) -> None:
    commit = "a" * 40
    there = {"README.md": MODEL.encode(), "config.json": b"{}"}
    cached(tmp_path / "home", commit, there, {**{path: len(data) for path, data in there.items()}, "model.bin": 9})
    (tmp_path / "ids").write_text("org/a\norg/a@main\nmodel:org/b\nother/*\n")
    done = audit(tmp_path, "ids", **told(hub, tmp_path, HF_HUB_OFFLINE="1"))
    assert done.returncode == 2
    found = records(tmp_path / "audit.jsonl")
    assert (found["org/a"].revision, found["org/a"].status, found["org/a"].files) == (commit, "checked", 2)
    assert "MC008" in codes(found["org/a"])
    assert found["org/b"].reason.startswith("HF_HUB_OFFLINE is set, and the local cache has no listing of it")
    assert found["other/*"].reason == "HF_HUB_OFFLINE is set, and it is not in the local cache"
    assert not [path for path in hub.requests if path != "/api/agent-harnesses"]


def test_files_in_the_cache_are_not_asked_for(tmp_path: Path, hub: HubServer) -> None:
    served = Served("model", {"README.md": MODEL.encode(), "config.json": b"{}"})
    hub.add("org/a", served)
    cached(tmp_path / "home", served.commit, {"README.md": MODEL.encode()}, {})
    before = sorted((tmp_path / "home").rglob("*"))
    audit(tmp_path, "model:org/a", **told(hub, tmp_path))
    assert "MC008" in codes(records(tmp_path / "audit.jsonl")["org/a"])
    assert [path for path in hub.requests if "/resolve/" in path] == [f"/org/a/resolve/{served.commit}/config.json"]
    after = [path for path in sorted((tmp_path / "home").rglob("*")) if "harness" not in path.name]
    assert after == before, "nothing is put into the cache"


def test_a_link_out_of_the_cache_is_not_followed(tmp_path: Path, hub: HubServer) -> None:
    served = Served("model", {"README.md": CLEAN.encode()})
    hub.add("org/a", served)
    cached(tmp_path / "home", served.commit, {}, {})
    snapshot = tmp_path / "home" / "hub" / "models--org--a" / "snapshots" / served.commit
    snapshot.mkdir(parents=True)
    (tmp_path / "outside.md").write_text(MODEL)
    (snapshot / "README.md").symlink_to(tmp_path / "outside.md")
    audit(tmp_path, "model:org/a", **told(hub, tmp_path))
    assert codes(records(tmp_path / "audit.jsonl")["org/a"]) == []


def test_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "huggingface_hub.py").write_text("raise ImportError\n")
    done = audit(tmp_path, "model:org/a", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "repositories on the Hub need huggingface_hub: pip install 'hublint[hub]'" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_ends_in_the_middle_is_gone_on_with(tmp_path: Path, hub: HubServer, way: signal.Signals) -> None:
    for number in range(60):
        hub.add(f"org/m{number}", Served("model", {"README.md": MODEL.encode(), "config.json": b"%d" % number}))
    hub.window["resolvers"] = [40, 4, 0, 0]
    environment = {**os.environ, **told(hub, tmp_path)}
    command = [sys.executable, "-m", "hublint", "audit", "model:org/*"]
    run = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=interruptible
    )
    file = tmp_path / "audit.jsonl"
    for _ in range(6000):
        if file.exists() and file.read_bytes().count(b"\n") > 10:
            break
        time.sleep(0.01)
    run.send_signal(way)
    _, stderr = run.communicate(timeout=60)
    assert run.returncode == (-way if way == signal.SIGKILL else 130)
    assert way == signal.SIGKILL or b"are in audit.jsonl, --resume goes on" in stderr
    number = file.read_bytes().count(b'"type": "repository"')
    assert 10 <= number < 60
    asked = {path.split("/")[2] for path in hub.requests if "/resolve/" in path}
    before = len(hub.requests)
    hub.window.clear()
    assert audit(tmp_path, "model:org/*", "--resume", **told(hub, tmp_path)).returncode == 1
    again = {path.split("/")[2] for path in hub.requests[before:] if "/resolve/" in path}
    assert len(again) == 60 - number
    assert len(asked & again) <= 16, "but for those under way, none is asked for twice"
    audit(tmp_path, "model:org/*", "--output", "whole.jsonl", **told(hub, tmp_path))
    lines = [sorted((tmp_path / name).read_text().splitlines()[1:]) for name in ("audit.jsonl", "whole.jsonl")]
    assert lines[0] == lines[1]

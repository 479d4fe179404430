"""Which distributions give which modules and need which others, from lock files of large projects and from pipreqs.

A registry is not asked for names in bulk: a lock file holds what its project's resolver was told of each distribution.
Several of them, of different days, are laid over each other, so that a distribution needs rather too much than too
little.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

LOCKS = (
    "huggingface/lerobot:uv.lock",
    "crewAIInc/crewAI:uv.lock",
    "docling-project/docling:uv.lock",
    "pydantic/pydantic-ai:uv.lock",
    "infiniflow/ragflow:uv.lock",
    "roboflow/supervision:uv.lock",
    "langchain-ai/langgraph:libs/langgraph/uv.lock",
    "microsoft/autogen:python/uv.lock",
    "stanfordnlp/dspy:uv.lock",
    "Chainlit/chainlit:uv.lock",
    "langfuse/langfuse-python:uv.lock",
    "GoogleCloudPlatform/agent-starter-pack:agent_starter_pack/agents/agentic_rag/data_ingestion/uv.lock",
)
MODULES = "pipreqs"

Data = dict[str, Any]


def distributions(folder: Path) -> Data:
    """Each distribution of the lock files: its lowest version there, what it needs, and what its extras need.

    Args:
        folder: where the projects are cloned.

    Raises:
        subprocess.CalledProcessError: git failed.
    """
    found: Data = {}
    for lock in LOCKS:
        project, _, path = lock.partition(":")
        clone = folder / project.replace("/", "_")
        if not clone.exists():
            git = ["git", "clone", "--quiet", "--depth", "1", "--filter=blob:none", "--no-checkout"]
            subprocess.run([*git, f"https://github.com/{project}", clone], check=True)
        shown = subprocess.run(["git", "show", f"HEAD:{path}"], cwd=clone, check=True, stdout=subprocess.PIPE)
        merge(found, shown.stdout.decode("utf-8"))
    return {
        name: {
            "since": ".".join(map(str, min(entry["versions"]))),
            "needs": " ".join(sorted(entry["needs"])),
            "extras": {extra: " ".join(sorted(names)) for extra, names in sorted(entry["extras"].items())},
        }
        for name, entry in sorted(found.items())
    }


def merge(found: Data, lock: str) -> None:
    """Lay one uv.lock over those before it; what it did not get from a registry is left out."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    for package in tomllib.loads(lock)["package"]:
        version = re.match(r"\d+(?:\.\d+)*", package.get("version", ""))
        if "registry" not in package.get("source", {}) or version is None:
            continue
        entry = found.setdefault(package["name"], {"versions": set(), "needs": set(), "extras": {}})
        entry["versions"].add(tuple(map(int, version[0].split("."))))
        entry["needs"].update(_needs(package.get("dependencies", [])))
        for extra, needs in package.get("optional-dependencies", {}).items():
            entry["extras"].setdefault(extra, set()).update(_needs(needs))


def _needs(entries: list[Data]) -> list[str]:
    """`uvicorn[standard]` where an extra is asked for; whatever the marker says."""
    return [
        f"{entry['name']}[{','.join(sorted(entry['extra']))}]" if entry.get("extra") else entry["name"]
        for entry in entries
    ]


def modules(folder: Path) -> tuple[str, Data]:
    """The version of pipreqs and its list of modules whose distributions are named otherwise.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest"]
    subprocess.run([*pip, folder, MODULES], check=True)
    wheel = next(folder.glob(f"{MODULES}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        lines = archive.read(f"{MODULES}/mapping").decode("utf-8").splitlines()
    pairs = (line.strip().partition(":") for line in lines)
    named = {module: normalised(name) for module, _, name in pairs if re.fullmatch(r"\w+", module) and name}
    return wheel.name.split("-")[1], dict(sorted(named.items()))


def normalised(name: str) -> str:
    """A distribution's name as the package index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()

"""Makes helpers beside the tests importable."""

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))


def _cache(name: str) -> str:
    """Where a program keeps what it fetched."""
    return str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / name)


os.environ["XDG_CONFIG_HOME"] = os.devnull  # whoever runs the tests may have a configuration
os.environ["PRE_COMMIT_HOME"] = os.environ.get("PRE_COMMIT_HOME") or _cache("pre-commit")
os.environ["PREK_HOME"] = os.environ.get("PREK_HOME") or _cache("prek")
os.environ["PIP_CACHE_DIR"] = os.environ.get("PIP_CACHE_DIR") or _cache("pip")
os.environ["XDG_CACHE_HOME"] = os.devnull  # nor is anything known from before, but for what others keep
os.environ.pop("HF_HUB_OFFLINE", None)  # the tests' Hub is on this machine
# readline, which pytest imports, sets it for what the tests start, where os.environ does not show it.
os.environ["COLUMNS"] = ""
del os.environ["COLUMNS"]

# In CI the examples are the same at every run; elsewhere each run tries new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

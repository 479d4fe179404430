"""Where the data lies and how it is written: JSON that is compact and yet has one entry a line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UPSTREAM = ROOT / "upstream"
PATCHES = ROOT / "patches"
PACKAGE = ROOT / "hublint_schemas"
TABLES = PACKAGE / "tables"
COMPILED = PACKAGE / "compiled"
SCHEMAS = ("space", "model", "dataset", "eval_results", "eval_yaml")
LINE = 120


def read(path: Path) -> Any:
    """The data of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(path: Path, data: Any) -> bool:
    """Write `data` as JSON; False where the file already says so."""
    return write_text(path, rendered(data) + "\n")


def write_text(path: Path, text: str) -> bool:
    """Write `text`; False where the file already says so."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def rendered(data: Any, indent: int = 0) -> str:
    """JSON text with one entry a line, an entry that is short being kept on its line."""
    plain = json.dumps(data, ensure_ascii=False)
    if not isinstance(data, dict | list) or not data or (indent and len(plain) + indent <= LINE and _is_flat(data)):
        return plain
    pad = " " * (indent + 1)
    if isinstance(data, dict):
        lines = [f"{pad}{json.dumps(key, ensure_ascii=False)}: {rendered(data[key], indent + 1)}" for key in data]
        return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + rendered(item, indent + 1) for item in data) + "\n" + " " * indent + "]"


def _is_flat(data: dict[str, Any] | list[Any]) -> bool:
    """True for a leaf such as `{"name": "Fill-Mask", "modality": "nlp"}`; a mapping of many entries is no leaf."""
    if len(data) > 6:
        return False
    items = data.values() if isinstance(data, dict) else data
    return not any(isinstance(item, dict) for item in items)


def digest(data: Any) -> str:
    """The sha256 of the canonical JSON of `data`: sorted keys, no blanks, UTF-8."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()

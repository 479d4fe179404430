"""Which license of the Hub's list a text means."""

from __future__ import annotations

import hublint_schemas


def id_of(text: str) -> str:
    """The id that a text is another spelling of, such as `apache-2.0` for `Apache 2.0`; else empty."""
    table = hublint_schemas.table("licenses")
    ids: dict[str, str] = table["licenses"]
    spellings: dict[str, str] = table["spellings"]
    words = " ".join(text.split())
    if words in spellings:
        return spellings[words]
    folded = words.lower()
    if folded in ids:
        return folded
    dashed = folded.replace(" ", "-").replace("_", "-")
    for spelling in (folded, dashed, dashed.removesuffix("-license"), dashed.removeprefix("license-")):
        if spelling in ids:
            return spelling
    alike = {license_id for spelling, license_id in spellings.items() if spelling.lower() == folded}
    names = {license_id for license_id, name in ids.items() if name.lower() == folded}
    found = alike | names
    return found.pop() if len(found) == 1 else ""

"""Where the ids, files and licenses in the metadata lead."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

import hublint_schemas
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence, resolve
from hublint.model.hub_ids import is_repo_id
from hublint.repository.repository import README
from hublint.server.cursor import ITEM
from hublint.server.documents import uri_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.yaml.nodes import Node
    from hublint.server.checking import Judged
    from hublint.server.positions import Lines

HUB = "https://huggingface.co"
# The part of the Hub in which an id is looked up, by the key that holds it.
_PLACES = {
    "models": "",
    "base_model": "",
    "new_version": "",
    "datasets": "datasets/",
    "source_datasets": "datasets/",
    "duplicated_from": "spaces/",
    "hf_oauth_authorized_org": "",
}
_FILES = ("app_file", "thumbnail", "license_link", "data_files", "path", "src")


def document_links(judged: Judged, lines: Lines) -> list[types.DocumentLink]:
    """The links in a README.md's metadata, as it was checked."""
    project, document = judged.project, judged.document
    if project is None or document.name != README:
        return []
    card = project.repository.card
    if card is None or card.raw != document.data or card.root is None:
        return []
    found = []
    for route, node in _scalars(card.root, ()):
        target = page_of(project.repository.kind, route, node.content)
        if not target and route and route[-1] in _FILES and project.folder:
            path = node.content.removeprefix("./")
            if path in project.repository.files:
                target = uri_of(os.path.join(project.folder, *path.split("/")))
        if target:
            start, end = lines.at(node.span.start), lines.at(node.span.end)
            found.append(types.DocumentLink(types.Range(types.Position(*start), types.Position(*end)), target))
    return found


def page_of(kind: str, route: tuple[str, ...], text: str) -> str:
    """The page of what a value names: an id on the Hub, a license; empty where there is none."""
    steps = [step for step in route if step != ITEM]
    if len(steps) == 1 and steps[0] in _PLACES and is_repo_id(text):
        place = "spaces/" if steps[0] == "duplicated_from" and kind != "space" else _PLACES[steps[0]]
        return f"{HUB}/{place}{text}"
    if steps == ["license"]:
        links: dict[str, str] = hublint_schemas.table("licenses")["links"]
        return links.get(text, "")
    if steps == ["preload_from_hub"] and is_repo_id(text.partition(" ")[0]):
        return f"{HUB}/{text.partition(' ')[0]}"
    return ""


def _scalars(root: Node, route: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    pending = [(route, root)]
    while pending:
        at, node = pending.pop(0)
        if isinstance(node, Mapping):
            pending += [((*at, entry.name), entry.value) for entry in node]
        elif isinstance(node, Sequence):
            pending += [((*at, ITEM), item) for item in node.items]
        elif isinstance(node, Scalar) and resolve(node) is node and "\n" not in node.text:
            yield at, node

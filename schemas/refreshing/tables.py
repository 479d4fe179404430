"""Merge upstream/ and patches/ into the tables that the wheel carries."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from refreshing.files import PATCHES, TABLES, UPSTREAM, digest, read, write

if TYPE_CHECKING:
    from collections.abc import Callable

Data = dict[str, Any]


def refresh() -> list[str]:
    """Rewrite the tables that are not what upstream and patches say; one line for each."""
    return [f"table {name}" for name in TABLE_NAMES if write(TABLES / f"{name}.json", merged(name))]


def merged(name: str) -> Data:
    """One table with its source, version, date and hash, as the committed file has to be."""
    make, upstream_stems, patch_stem = _RECIPES[name]
    upstream = [read(UPSTREAM / f"{stem}.json") for stem in upstream_stems]
    patches = [read(PATCHES / f"{patch_stem}.json")] if patch_stem else []
    parts = upstream + patches
    data = make(*(part["data"] for part in parts))
    return {
        "source": [f"{part['name']} {part['version']}" for part in upstream]
        + [line for p in patches for line in p["source"]],
        "version": ", ".join(f"{part['name']} {part['version']}" for part in upstream) or patches[0]["date"],
        "date": max(part["date"] for part in parts),
        "sha256": digest(data),
        "data": data,
    }


def _pipeline_tags(tasks: Data, patch: Data) -> Data:
    tags = tasks["pipeline_tags"]
    task_ids: dict[str, Data] = {}
    for tag, entry in tags.items():
        for task_id, name in entry["subtasks"].items():
            task_ids.setdefault(task_id, {"name": name, "categories": []})["categories"].append(tag)
    return {
        "tags": {
            tag: {"name": entry["name"], "modality": entry["modality"], "task_ids": list(entry["subtasks"])}
            for tag, entry in tags.items()
        },
        "task_ids": dict(sorted(task_ids.items())),
        "modalities": tasks["modalities"],
        "hidden_in_models": [tag for tag, entry in tags.items() if entry["hide_in_models"]],
        "hidden_in_datasets": [tag for tag, entry in tags.items() if entry["hide_in_datasets"]],
        "retired": {tag: text for tag, text in patch["retired"].items() if tag not in tags},
        "suggestions": {word: tag for word, tag in patch["suggestions"].items() if word not in tags and tag in tags},
    }


def _libraries(tasks: Data, patch: Data) -> Data:
    libraries = tasks["libraries"]
    return {
        "libraries": dict(sorted(libraries.items())),
        "counted": {name: " ".join(query.split()) for name, query in sorted(tasks["counted"].items())},
        "dataset_libraries": dict(sorted(tasks["dataset_libraries"].items())),
        "evaluation_frameworks": dict(sorted(tasks["evaluation_frameworks"].items())),
        "renamed": patch["renamed"],
        "suggestions": {word: name for word, name in patch["suggestions"].items() if word not in libraries},
    }


def _licenses(hub: Data, patch: Data) -> Data:
    """The documented ids in the Hub's order; one that only the npm types have goes last, without a name."""
    names: dict[str, str] = patch["names"]
    known = {*hub["licenses"], *patch["missing_upstream"]}
    ids = [name for name in names if name in known] + [name for name in hub["licenses"] if name not in names]
    return {
        "licenses": {name: names.get(name, name) for name in ids},
        "links": patch["links"],
        "families": patch["families"],
        "spellings": patch["spellings"],
        "ambiguous": {word: text for word, text in patch["ambiguous"].items() if word not in ids},
    }


def _languages(languages: Data, datasets: Data, patch: Data) -> Data:
    two, three = languages["two_letter"], languages["three_letter"]
    known = {*two, *three, *patch["special"]}
    return {
        "two_letter": two,
        "other": {code: name for code, name in sorted(datasets["languages"].items()) if code not in known},
        "special": patch["special"],
        "bibliographic": patch["bibliographic"],
        "suggestions": {word: code for word, code in patch["suggestions"].items() if word not in known},
        "suspicious": {code: text for code, text in patch["suspicious"].items() if code in known},
    }


def _languages_iso639_3(languages: Data) -> Data:
    return dict(languages["three_letter"])


def _space(huggingface_hub: Data, patch: Data) -> Data:
    """A flavor that huggingface_hub dropped and no page names is `unconfirmed`; one that it gained is `current`."""
    flavors: dict[str, Data] = {}
    for flavor, entry in patch["hardware"].items():
        dropped = flavor not in huggingface_hub["hardware"] and not entry["documented"]
        flavors[flavor] = {**entry, "status": "unconfirmed"} if dropped and entry["status"] == "current" else entry
    for flavor in huggingface_hub["hardware"]:
        flavors.setdefault(flavor, {"status": "current", "documented": False})
    return {**patch, "hardware": flavors, "stages": huggingface_hub["stages"]}


def _removed(library: str) -> Callable[[Data, Data], Data]:
    """What a library lacks: the last version with it, the first without it, and the way out that the patch knows.

    A fourth entry is the version that has it again.
    """

    def merge(removed: Data, patch: Data) -> Data:
        ways_out = patch[library]
        items = {
            item: [*versions, _way_out(item, ways_out)]
            for item, versions in removed["removed"].items()
            if item.removeprefix("HfApi.") == item or item.removeprefix("HfApi.") not in removed["removed"]
        }
        return {"newest": removed["newest"], "removed": {**items, **patch.get(f"{library}_for_a_while", {})}}

    return merge


def _way_out(item: str, ways_out: dict[str, str]) -> str:
    """What the patch says of an item, else of the method `.update` or the parameter `(source` whoever has it."""
    owner, parenthesis, parameter = item.partition("(")
    general = f"({parameter}" if parenthesis else f".{owner.rpartition('.')[2]}"
    return ways_out.get(item) or (ways_out.get(general, "") if item != general.lstrip(".") else "")


def _modules(distributions: Data, modules: Data, patch: Data) -> Data:
    """What gives a module: what the patch says, else pipreqs, else the distribution of that name, where one is known.

    A module that pipreqs gives to a distribution that no lock file has is left out, since that may be a rare namesake;
    one for which the patch has an empty list is left out too.
    """
    named = {module: [name] for module, name in modules.items() if name in distributions}
    known = {module.lower() for module in (*patch, *modules)}
    givers = {name for names in (*named.values(), *patch.values()) for name in names}
    plain = {name.replace("-", "_"): name for name in distributions if re.fullmatch(r"[a-z][a-z0-9-]*", name)}
    rest = {module: [name] for module, name in plain.items() if module not in known and name not in givers}
    return {module: names for module, names in sorted({**rest, **named, **patch}.items()) if names}


def _distributions(distributions: Data) -> Data:
    return distributions


def _debian(gone: Data, patch: Data) -> Data:
    """What each release lacks, with the virtual packages that apt does not choose a package for, and what never was."""
    always = {*patch["virtual"], *patch["never"]}
    return {**patch, "gone": {release: " ".join(sorted({*names.split(), *always})) for release, names in gone.items()}}


def _packages(found: Data, sdists: Data, patch: Data) -> Data:
    """`pinned` has the releases of a package in order, those with the same files in one line, `>=3.8 any: 1.0 1.1`.

    `unbuilt` has, of each release whose sdist was tried, the Pythons for which it cannot be built.
    `built` has the release of a retired package that can be installed all the same, `*` where several may.
    """
    unbuilt: Data = {}
    for key, failure in sdists["rows"].items():
        name, version, python = key.split()
        pythons = unbuilt.setdefault(name, {}).setdefault(version, [])
        pythons += [python] if failure else []
    joined = {name: {version: " ".join(found) for version, found in rows.items()} for name, rows in unbuilt.items()}
    pinned = {name: _lines(releases) for name, releases in found["pinned"].items()}
    return {**found, "pinned": pinned, **patch, "unbuilt": joined}


def _lines(releases: Data) -> list[str]:
    return [f"{files}: {' '.join(same)}" for files, same in groupby(releases, releases.__getitem__)]


def _gradio_starts(found: Data) -> Data:
    """Of each version and Python: what fails by which culprit, whether the whole repair serves, what was installed.

    A failure is its first line, and the components that an app cannot be launched with, none where gradio itself cannot
    be imported. `alone` tells of imports where gradio was installed by itself.
    """
    versions: Data = {}
    alone: Data = {}
    for key, row in found.get("alone", {}).items():
        version, python = key.split()
        fails = {row["culprit"]: [row["import"], ""]} if row["culprit"] and "import" in row else {}
        alone.setdefault(version, {})[python] = {"fails": fails}
    for key, row in found["rows"].items():
        version, python, *held = key.split()
        entry = versions.setdefault(version, {}).setdefault(python, {"fails": {}, "repair": False, "got": {}})
        culprit, line = row["culprit"], row.get("import") or next(iter(row.get("launch", {}).values()), "")
        if culprit:
            entry["fails"][culprit] = [line, " ".join(row.get("launch", ()))]
        if not held:
            entry["got"] = row.get("got", {})
        if {"hub", "pydantic", "starlette"} <= set(held):
            entry["repair"] = not culprit
    rest = {name: found[name] for name in ("free", "libraries", "lets")}
    return {**rest, "versions": versions, "alone": alone}


def _standard_library(found: Data, patch: Data) -> Data:
    """What stubs say came and went; a name that went only where the patch has it too."""
    names = {}
    for name, (came, went) in found["names"].items():
        came, went = "" if name in patch["not_new"] else came, went if name in patch["removed"] else ""
        if came or went:
            names[name] = [came, went]
    return {
        "modules": found["modules"],
        "names": names,
        "brought_by": patch["brought_by"],
        "often_brought": patch["often_brought"],
    }


def _documented(found: Data, patch: Data) -> Data:
    """The first day and commit of each key and value; the patch has keys that had another meaning before."""
    keys = {kind: {**keys, **patch.get(kind, {})} for kind, keys in found["keys"].items()}
    return {**found, "keys": keys}


def _same(patch: Data) -> Data:
    return patch


_RECIPES: dict[str, tuple[Callable[..., Data], tuple[str, ...], str]] = {
    "pipeline_tags": (_pipeline_tags, ("tasks",), "pipeline_tags"),
    "libraries": (_libraries, ("tasks",), "libraries"),
    "licenses": (_licenses, ("hub",), "licenses"),
    "languages": (_languages, ("languages", "datasets"), "languages"),
    "languages_iso639_3": (_languages_iso639_3, ("languages",), ""),
    "space": (_space, ("huggingface_hub",), "space"),
    "datasets": (_same, (), "datasets"),
    "keys": (_same, (), "keys"),
    "documented": (_documented, ("documented",), "documented"),
    "messages": (_same, (), "messages"),
    "modules": (_modules, ("distributions", "modules"), "modules"),
    "debian": (_debian, ("debian",), "debian"),
    "packages": (_packages, ("packages", "sdists"), "packages"),
    "gradio_starts": (_gradio_starts, ("gradio_starts",), ""),
    "standard_library": (_standard_library, ("standard_library",), "standard_library"),
    "distributions": (_distributions, ("distributions",), ""),
    "datasets_removed": (_removed("datasets"), ("datasets_removed",), "removed"),
    "gradio_removed": (_removed("gradio"), ("gradio_removed",), "removed"),
    "huggingface_hub_removed": (_removed("huggingface_hub"), ("huggingface_hub_removed",), "removed"),
}
TABLE_NAMES = tuple(_RECIPES)

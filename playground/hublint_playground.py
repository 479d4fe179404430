"""What the page asks of the engine: plain data for JavaScript, made by the same engine as the command line's.

The current folder holds the repository. Every text that is returned has passed the door through which all output goes:
credentials in it are covered.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint.engine import registry
from hublint.engine.discovery import Options, find
from hublint.engine.report import Checked, Report, fails
from hublint.errors import UsageError
from hublint.reporters import json as json_report
from hublint.reporters.door import passed
from hublint.reporters.style import Style, printable
from hublint.reporters.wording import SEVERITY_WORDS, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hublint.engine.discovery import Found
    from hublint.engine.project import Project, Unread
    from hublint.engine.reported import Reported
    from hublint_schemas import Kind

    Bytes = bytes | memoryview

_PLAIN = Style()


def check(kind: Kind | None = None, profile: str = "") -> str:
    """What is found in the current folder, as JSON.

    Args:
        kind: what it is to be taken for, None for what its files say.
        profile: the rules that run, empty for what its configuration says.

    Returns:
        An object: `report` is the command line's own JSON report; `shown` has what people see of each of its findings,
        in the same order; `said` are sentences about what was not checked; `fails`: whether the command line would.
    """
    try:
        found = _found(kind, profile)
    except UsageError as error:
        return _json({"report": None, "shown": [], "said": [str(error)], "fails": True})
    checked = [Checked.of(project, project.check()) for project in found.projects]
    unread = [(project.prefix, each) for project in found.projects for each in project.unread()]
    report = Report(checked, [each.sentence for each in found.ordinary], len(unread))
    config = [project.settings.config for project in found.projects]
    pairs = zip(checked, config, strict=True)
    undone = not checked or bool(found.problems) or any(each.fails for each in found.ordinary)
    undone = undone or any(each.decisive for _, each in unread) or any(each.result.crashes for each in checked)
    return _json(
        {
            "report": json.loads(json_report.render(report, _PLAIN)),
            "shown": [
                _shown(number, each, finding) for number, each in enumerate(checked) for finding in each.result.findings
            ],
            "said": list(_said(found, checked, unread)),
            "fails": undone or any(fails(each.result, settings.fail_on) for each, settings in pairs),
        }
    )


def fix(kind: Kind | None = None, profile: str = "", unsafe: bool = False) -> tuple[str, dict[str, bytes]]:
    """What all fixes make of the current folder's files: a unified diff, and new bytes by path.

    Args:
        unsafe: apply unsafe fixes too.
    """
    return _fixed((project, project.fix(unsafe).files) for project in _found(kind, profile).projects)


def fix_one(finding: str, kind: Kind | None = None, profile: str = "") -> tuple[str, dict[str, bytes]]:
    """What the fix of one finding makes of the files; nothing where it cannot be applied to them as they are.

    Args:
        finding: its `id` in `shown`, as a check of the same files gave it.
    """
    from hublint.engine.fixing import fix_one as fixed

    number, _, fingerprint = finding.partition(":")
    projects = _found(kind, profile).projects[int(number) :][:1]
    return _fixed((each, fixed(each.repository, each.settings, fingerprint)) for each in projects)


def compare(before: Mapping[str, Bytes | None], kind: Kind | None = None, profile: str = "") -> str:
    """A unified diff from what files held before to what they hold now.

    Args:
        before: their bytes by path, None for those that were not there.
    """
    diffs = []
    for project in _found(kind, profile).projects:
        own = {
            path[len(project.prefix) :]: None if data is None else bytes(data)
            for path, data in before.items()
            if path.startswith(project.prefix)
        }
        now = {path: project.repository.tree.read(path) for path in own}
        diffs.append(_diff(project.changed(own), {path: data for path, data in now.items() if data is not None}))
    return passed("".join(diffs))


def archive(paths: Iterable[str]) -> bytes:
    """Files of the current folder as a zip archive."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for path in paths:
            file.write(path)
    return packed.getvalue()


def rules(words: str = "") -> str:
    """The rules that speak of words, best first, or all; as JSON, a line's worth of each."""
    from hublint.engine.catalogue import describe
    from hublint.engine.rule_search import search

    listed = registry.listed()
    codes = [match.code for match in search(words, listed.values())] if words.strip() else list(listed)
    every = [describe(registry.load(listed[code])) for code in codes]
    kept = ("code", "name", "default", "online", "fix", "kinds", "summary")
    return _json([{**{key: each[key] for key in kept}, "severity": SEVERITY_WORDS[each["severity"]]} for each in every])


def rule(code: str) -> str:
    """A rule's metadata and its page as JSON; `page` is a tree of `[tag, attributes, children]` and texts."""
    from hublint.engine.catalogue import describe

    facts = describe(registry.load(registry.listed()[code]))
    severity = SEVERITY_WORDS[facts["severity"]]
    return _json({**facts, "severity": severity, "page": _page(facts["documentation"])})


def _found(kind: Kind | None, profile: str) -> Found:
    return find(["."], Options(kind, overrides={"profile": profile} if profile else {}))


def _said(found: Found, checked: list[Checked], unread: list[tuple[str, Unread]]) -> Iterator[str]:
    yield from found.problems
    yield from found.notes
    yield from (each.sentence for each in found.ordinary)
    if found.left:
        from hublint.engine.unchecked import left_out

        yield left_out(found.left)
    for prefix, (path, reason, _) in unread:
        yield f"{prefix}{path} cannot be read: {reason}"
    for crash in (crash for each in checked for crash in each.result.crashes):
        yield f"rule {crash.code} failed ({crash.error}); please report this, all other rules have run"


def _shown(repository: int, checked: Checked, finding: Reported) -> dict[str, Any]:
    """What people see of a finding; the texts are those of the text report."""
    entry: dict[str, Any] = {
        "id": f"{repository}:{finding.fingerprint}",
        "path": checked.path(finding),
        "severity": SEVERITY_WORDS[finding.severity],
        "told": [printable(line) for line in told(finding)],
        "fix": _fix_of(finding),
    }
    if finding.frame is not None:
        text, start, end, (left, right) = finding.frame
        parts = [printable(part) for part in (text[:start], text[start:end], text[end:])]
        entry["frame"] = [f"{'…' if left else ''}{parts[0]}", parts[1], f"{parts[2]}{'…' if right else ''}"]
        entry["label"] = printable(finding.label)
    return entry


def _fix_of(finding: Reported) -> dict[str, str] | None:
    """The safety and title of a fix that edits the repository; those about a baseline edit a file beside it."""
    if finding.fix is None or registry.metadata(registry.listed()[finding.code]).subject == "baseline":
        return None
    return {"safety": finding.fix.safety, "title": printable(finding.fix.title)}


def _fixed(every: Iterator[tuple[Project, dict[str, bytes]]]) -> tuple[str, dict[str, bytes]]:
    diffs = []
    files: dict[str, bytes] = {}
    for project, new in every:
        diffs.append(_diff(project, new))
        files |= {project.prefix + path: data for path, data in new.items()}
    return passed("".join(diffs)), files


def _diff(project: Project, files: Mapping[str, bytes]) -> str:
    from hublint.engine.fixing import changes
    from hublint.reporters.diff import render

    return render(project.prefix, changes(project.repository, files), _PLAIN)


def _page(text: str) -> list[Any]:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    return [part for node in SyntaxTreeNode(tokens).children for part in _parts(node)]


def _parts(node: Any) -> list[Any]:
    """A node of a page as data; a block that is a file has its name before it."""
    if node.type == "fence":
        name = node.info.partition(" ")[2].strip()
        return [*([["p", {}, [["code", {}, [name]]]]] if name else []), ["pre", {}, [node.content]]]
    if node.type in ("text", "code_inline", "code_block", "softbreak"):
        own = "\n" if node.type == "softbreak" else node.content
        return [own] if not node.tag or node.type == "softbreak" else [[_TAGS.get(node.type, node.tag), {}, [own]]]
    inner = [part for child in node.children for part in _parts(child)]
    if node.type == "inline" or node.hidden:
        return inner
    href = str(node.attrs.get("href", ""))
    return [[node.tag, {"href": href} if href.startswith("https://") else {}, inner]]


_TAGS = {"code_block": "pre"}


def _json(data: Any) -> str:
    return passed(json.dumps(data), "json")

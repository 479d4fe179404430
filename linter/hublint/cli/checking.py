"""One run of `hublint check`: find the repositories, lint, fix, report."""

from __future__ import annotations

import os
import sys

from hublint.cli.outputs import Stream, for_people, located, outputs, show
from hublint.cli.progress import progress
from hublint.cli.telling import crashed, exit_code, explain, sentences, unread_of
from hublint.engine.cache import cache_of_user
from hublint.engine.discovery import Options, find
from hublint.engine.findings import only
from hublint.engine.outcome import Outcome, judged
from hublint.engine.report import Checked, Report
from hublint.engine.survey import may_be_many
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.reporters.door import complain, emit
from hublint.reporters.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from hublint.cli.outputs import Output
    from hublint.cli.since import Since
    from hublint.engine.applying import Kept
    from hublint.engine.cache import Cache
    from hublint.engine.discovery import Found
    from hublint.engine.fixing import Fixed
    from hublint.engine.project import Project
    from hublint.repository.online import Online
    from hublint_schemas import Kind


class Request(NamedTuple):
    """What a user asks of one run; the defaults are those of the command line.

    `overrides` are settings of `Config` that the command line gives; `jobs` is the number of processes that share the
    work, 0 for one a processor.
    """

    paths: tuple[str, ...] = ()
    overrides: Mapping[str, Any] = {}
    repo_type: Kind | None = None
    config: str | None = None
    isolated: bool = False
    fix: bool = False
    exit_non_zero_on_fix: bool = False
    diff: bool = False
    formats: tuple[str, ...] = ()
    color: str = "auto"
    statistics: bool = False
    quiet: bool = False
    show_files: bool = False
    stdin_filename: str | None = None
    allow_empty: bool = False
    ignore_suppressions: bool = False
    add_suppressions: str | None = None
    since: str | None = None
    changed_lines: bool = False
    sarif_suppressed: bool = False
    jobs: int = 0
    no_cache: bool = False
    online: bool = False


def perform(request: Request) -> int:
    """Do what is asked and give the exit code: 0 clean, 1 findings at or above `fail-on`, 2 the job was not done.

    Raises:
        UsageError: a path, an option or a configuration file cannot be used.
    """
    if not request.online:
        return _performed(request, None)
    from hublint.cli.asking import asking

    with asking() as online:
        return _performed(request, online)


def _performed(request: Request, online: Online | None) -> int:
    wanted = outputs(request.formats)
    paths, overlay = _given(request)
    options = Options(request.repo_type, request.config, request.isolated, request.overrides, overlay)
    options = options._replace(comments=not request.ignore_suppressions, located=located(wanted), online=online)
    stream = Stream(() if request.diff else wanted, sys.stderr if request.fix and overlay else sys.stdout)
    cache = None if request.no_cache or overlay else cache_of_user(paths)
    if not _needs_all(request) and may_be_many(paths):
        from hublint.cli.sharing import shared

        jobs = 1 if online is not None else request.jobs  # so that nothing is asked twice
        done = shared(paths, options, jobs, cache, stream)
        if done is not None:
            found, outcomes = done
            explain(found, _shows(request, wanted), request.allow_empty)
            return _concluded(request, wanted, stream, found, outcomes)
    return _as_a_whole(request, paths, options, overlay, cache, wanted, stream)


def _as_a_whole(
    request: Request,
    paths: tuple[str, ...],
    options: Options,
    overlay: Mapping[str, bytes],
    cache: Cache | None,
    wanted: list[Output],
    stream: Stream,
) -> int:
    """Do what is asked with all repositories at hand."""
    found, since, untouched = _found(request, paths, options)
    projects = found.projects
    explain(found, _shows(request, wanted), request.allow_empty)
    if request.show_files:
        return _show_files(found, request.allow_empty or untouched > 0)
    tell = None if _waits(request, overlay, projects) else stream.tell
    outcomes, fixes, undone = _done(projects, request, overlay, cache, tell)
    checked = [outcome.checked for outcome in outcomes]
    if not overlay:
        pruned = request.fix and not (undone or request.diff)
        checked = _with_baselines(checked, projects, () if since else paths, pruned)
    if since and request.changed_lines:
        checked = since.narrowed(checked, projects)
    outcomes = [outcome._replace(checked=one) for outcome, one in zip(outcomes, checked, strict=True)]
    if request.diff:
        _show_diff(fixes, request.color)
    elif request.fix and overlay:
        _pass_on(fixes, overlay)
    return _concluded(request, wanted, stream, found, outcomes, undone, untouched)


def _concluded(
    request: Request,
    wanted: list[Output],
    stream: Stream,
    found: Found,
    outcomes: list[Outcome],
    undone: bool = False,
    untouched: int = 0,
) -> int:
    """Print the reports and give the exit code."""
    checked = [outcome.checked for outcome in outcomes]
    unread, decisive = unread_of((outcome.checked.prefix, outcome.unread) for outcome in outcomes)
    plugins = sorted({plugin for outcome in outcomes for plugin in outcome.plugins})
    report = Report(checked, sentences(found), unread, plugins, request.sarif_suppressed)
    failed = crashed(report) or undone or bool(found.problems) or decisive
    if not request.diff:
        stream.close(report)
        show(report, wanted, stream.target, request.color, _instead(request))
    if failed:
        return 2
    return exit_code(outcomes, found, request.allow_empty or untouched > 0) or _fixed(request, checked)


def _needs_all(request: Request) -> bool:
    """Whether something is written or compared, for which all repositories must be at hand."""
    asked = (request.fix, request.diff, request.show_files, request.stdin_filename, request.since)
    return any(asked) or request.changed_lines or request.add_suppressions is not None


def _shows(request: Request, wanted: list[Output]) -> bool:
    """Whether a report for people tells why a named path is not checked."""
    return for_people(wanted) and not (request.quiet or request.diff or request.show_files)


def _waits(request: Request, overlay: Mapping[str, bytes], projects: Iterable[Project]) -> bool:
    """Whether what is said of a repository is only known when all are judged."""
    return bool(overlay) or request.changed_lines or any(project.settings.known for project in projects)


def _instead(request: Request) -> str:
    """The format in the place of those for people, if another one is asked for."""
    return "statistics" if request.statistics else "summary" if request.quiet else ""


def _fixed(request: Request, checked: Iterable[Checked]) -> int:
    return int(request.exit_non_zero_on_fix and any(each.fixes for each in checked))


def _found(request: Request, paths: tuple[str, ...], options: Options) -> tuple[Found, Since | None, int]:
    """What is to be checked, what asks git for changes, and how many repositories were not touched."""
    found = find(paths, options)
    since = _since(request)
    if since is None:
        return found, None, 0
    touched = since.touched(found.projects)
    untouched = len(found.projects) - len(touched)
    if untouched:
        complain(f"{counted(untouched, 'repository')} not touched since {request.since}")
    return found._replace(projects=touched, left=(), notes=()), since, untouched


def _done(
    projects: list[Project],
    request: Request,
    overlay: Mapping[str, bytes],
    cache: Cache | None,
    tell: Callable[[Checked], None] | None,
) -> tuple[list[Outcome], list[tuple[Project, Fixed]], bool]:
    """Check, and fix where that is asked for: what was found, what fixing made, and whether some was not written."""
    outcomes: list[Outcome] = []
    fixes: list[tuple[Project, Fixed]] = []
    undone = False
    for project in progress(projects, len(projects)):
        wanted = _only(project, overlay)
        if request.fix or request.diff:
            fixed = project.fix(only=wanted)
            fixes.append((project, fixed))
            result, applied, problem = _kept(project, fixed, request, overlay)
            undone |= bool(problem)
        elif request.add_suppressions is not None:
            from hublint.cli.suppressing import suppress

            (result, done), applied = suppress(project, request.add_suppressions), ()
            undone |= not done
        elif overlay:
            result, applied = project.check(), ()
        else:
            outcomes.append(judged(project, cache))
            if tell is not None:
                tell(outcomes[-1].checked)
            continue
        checked = Checked.of(project, result if wanted is None else only(result, wanted), applied)
        outcomes.append(Outcome.of(project, checked, () if overlay else project.unread()))
        if tell is not None:
            tell(checked)
    return outcomes, fixes, undone


def _with_baselines(
    checked: list[Checked], projects: list[Project], paths: tuple[str, ...], pruned: bool
) -> list[Checked]:
    """The results with all that is to be said of baselines; `pruned`: what is stale in them is taken out."""
    if not any(project.settings.known for project in projects):
        return checked
    from hublint.engine.baselining import prune, with_orphans

    checked = with_orphans(checked, projects, paths)
    return prune(checked, projects) if pruned else checked


def _since(request: Request) -> Since | None:
    """What is asked of git, if anything is."""
    if request.changed_lines and (request.since is None or request.fix or request.diff or request.add_suppressions):
        raise UsageError("--changed-lines needs --since REVISION and shows findings only; fix without it")
    if request.since is None:
        return None
    if request.stdin_filename:
        raise UsageError("--since is not for standard input")
    from hublint.cli.since import Since

    return Since(request.since)


def _given(request: Request) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """The paths to check, and standard input as what the file at its path holds."""
    if request.add_suppressions is not None and (request.fix or request.diff or request.stdin_filename):
        raise UsageError("--add-suppressions goes with neither --fix nor --diff nor standard input; fix first")
    if not request.stdin_filename and request.paths != ("-",):
        return request.paths or (".",), {}
    if not request.stdin_filename or request.paths not in ((), ("-",)):
        raise UsageError("standard input needs --stdin-filename PATH and no other path")
    return (request.stdin_filename,), {os.path.abspath(request.stdin_filename): _standard_input()}


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}") from None


def _only(project: Project, overlay: Mapping[str, bytes]) -> frozenset[str] | None:
    """The files of a project that are judged and fixed: those that came by standard input, else None for all."""
    return frozenset(map(project.inside, overlay)) if overlay else None


def _show_files(found: Found, allow_empty: bool) -> int:
    from hublint.reporters.style import printable

    for project in found.projects:
        repository = project.repository
        lines = [f"{printable(project.prefix or './')} {repository.kind} ({printable(repository.reason)})"]
        lines += [f"  {printable(path)}" for path in repository.files]
        emit("".join(f"{line}\n" for line in lines), sys.stdout)
    unchecked = not found.projects or any(each.fails for each in found.ordinary)
    return 2 if found.problems or (unchecked and not allow_empty) else 0


def _show_diff(fixes: list[tuple[Project, Fixed]], color: str) -> None:
    from hublint.engine.fixing import Change, changes
    from hublint.reporters.diff import render
    from hublint.reporters.style import Style
    from hublint.reporters.summary import would_apply

    style = Style.of(color, sys.stdout)
    for project, fixed in fixes:
        emit(render(project.prefix, changes(project.repository, fixed.files), style), sys.stdout)
    every = [fix for _, fixed in fixes for fix in fixed.fixes]
    if any(project.settings.known for project, _ in fixes):
        from hublint.engine.baselining import without_stale
        from hublint.engine.config import shown_file

        for baseline, data, more in without_stale((project, fixed.result) for project, fixed in fixes):
            change = Change(
                shown_file(baseline.file), baseline.data.decode("utf-8", "replace"), data.decode("utf-8", "replace")
            )
            emit(render("", [change], style), sys.stdout)
            every += more
    offered, left = sum(fixed.offered for _, fixed in fixes), sum(fixed.left for _, fixed in fixes)
    complain(would_apply(every, offered, left), name="")


def _kept(project: Project, fixed: Fixed, request: Request, overlay: Mapping[str, bytes]) -> Kept:
    """Write the fixed files, where that is asked for."""
    from hublint.engine.applying import UNSETTLED, Kept, count_of, keep

    problem = "" if fixed.settled else UNSETTLED
    if problem:
        complain(f"{project.prefix or './'}: {problem}")
    if request.diff:
        return Kept(project.check(), (), problem)
    if overlay or not fixed.files:
        return Kept(fixed.result, fixed.fixes, problem)
    written: list[str] = []
    try:
        kept = keep(project, fixed, written)
    except KeyboardInterrupt:
        complain(f"stopped while writing {project.prefix or './'}: {count_of(written, fixed)}")
        raise
    if kept.problem:
        complain(f"{project.prefix}{kept.problem}")
    return kept


def _pass_on(fixes: list[tuple[Project, Fixed]], overlay: Mapping[str, bytes]) -> None:
    """Print what came by standard input, fixed."""
    path, data = next(iter(overlay.items()))
    for project, fixed in fixes:
        data = fixed.files.get(project.inside(path), data)
    emit(data, sys.stdout)

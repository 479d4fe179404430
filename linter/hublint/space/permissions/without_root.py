"""What a Dockerfile's edits, after which it is not root that runs, would keep from working."""

from __future__ import annotations

from hublint.documents.edits import apply_edits
from hublint.regexes import lazy
from hublint.space.permissions import denied
from hublint.space.permissions.caches import unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.edits import Edit
    from hublint.repository.repository import Repository

# Paths in code that only root may make or write.
_OF_ROOT = lazy(
    r"[\"'](?:/(?:data|cache|models?|storage|srv|mnt|root|var|logs?|db|output|uploads?|tmp_\w+)(?:/[^\"'\n]*)?)[\"']"
)


def may_be_denied_after(repository: Repository, edits: Sequence[Edit]) -> bool:
    """Whether something that is started may be denied a folder once the edits make it run as another user than root."""
    source = repository.dockerfile.source if repository.dockerfile else None
    if source is None:
        return False
    if _OF_ROOT.search(repository.code):
        return True
    text = apply_edits(source.text, [each for each in edits if each.path == source.path])
    changed = repository.changed({source.path: source.encode(text)})
    return bool(denied(changed)) or next(unusable(changed), None) is not None

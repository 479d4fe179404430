"""A rule's case as files: what the command line reads in a folder, and the playground in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.records import NamedTuple
from hublint.repository.git.remotes import FOLDERS
from hublint.testing.listings import archive, expanded

if TYPE_CHECKING:
    from pathlib import Path

    from hublint.testing import Case


class CaseFiles(NamedTuple):
    """Bytes by path, and the sizes by path of files that hold nothing but zeros."""

    data: dict[str, bytes]
    sizes: dict[str, int]

    @classmethod
    def of(cls, case: Case) -> CaseFiles:
        """All that a case says; where it names the repository on the Hub, in the configuration of a git checkout."""
        data = {path: text if isinstance(text, bytes) else text.encode() for path, text in case.files.items()}
        data |= {path: archive(path.rpartition(".")[2], names) for path, names in case.archives.items()}
        if case.repo_id:
            address = f"https://huggingface.co/{FOLDERS[case.kind]}{case.repo_id}"
            data[".git/config"] = f'[remote "origin"]\n\turl = {address}\n'.encode()
        sizes = expanded(case.listing.items())
        return cls(data, {path: size for path, size in sizes.items() if path not in data})

    def write(self, folder: Path) -> None:
        """Make the files; those of zeros take no room."""
        for path, data in self.data.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        for path, size in self.sizes.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                file.truncate(size)

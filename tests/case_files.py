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
    """Bytes by path, the sizes by path of files that hold nothing but zeros, and the paths of links to nowhere."""

    data: dict[str, bytes]
    sizes: dict[str, int]
    links: list[str]

    @classmethod
    def of(cls, case: Case) -> CaseFiles:
        """All that a case says; where it names the repository on the Hub, in the configuration of a git checkout."""
        data = {path: text if isinstance(text, bytes) else text.encode() for path, text in case.files.items()}
        data |= {path: archive(path.rpartition(".")[2], names) for path, names in case.archives.items()}
        if case.repo_id:
            address = f"https://huggingface.co/{FOLDERS[case.kind]}{case.repo_id}"
            data[".git/config"] = f'[remote "origin"]\n\turl = {address}\n'.encode()
        listed = {path: size for path, size in expanded(case.listing.items()).items() if path not in data}
        sizes = {path: size for path, size in listed.items() if size >= 0}
        return cls(data, sizes, [path for path in listed if path not in sizes])

    def write(self, folder: Path) -> None:
        """Make the files; those of zeros take no room."""
        for path in (*self.data, *self.sizes, *self.links):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        for path, data in self.data.items():
            (folder / path).write_bytes(data)
        for path, size in self.sizes.items():
            with (folder / path).open("wb") as file:
                file.truncate(size)
        for path in self.links:
            (folder / path).symlink_to("nowhere")

"""A command that starts something, with all that it is read by."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source, Span
    from hublint.space.container.files import ContainerFiles
    from hublint.space.serving.environment import Environment


class Start(NamedTuple):
    """A command that may start a server, and what surrounds it.

    Attributes:
        argv: its words from the program on.
        source: the file it stands in.
        form: "json" or "shell"; empty where nothing can be added to it.
        env: the variables it sees.
        marks: paths and Dockerfile lines that may hold configuration.
        directory: where it is started.
        files: the files of the image.
        depth: how many scripts lead to it.
    """

    argv: list[ShellWord]
    source: Source
    form: str
    env: Environment
    marks: str
    directory: str
    files: ContainerFiles
    depth: int

    @property
    def name(self) -> str:
        """The program without its folder."""
        return (self.argv[0].value or "").rpartition("/")[2]

    @property
    def span(self) -> Span:
        """From the first to the last word."""
        first, last = self.argv[0].span, self.argv[-1].span
        return type(first)(first.start, max(first.end, last.end))

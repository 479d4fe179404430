"""The environment variables that a Space's processes see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.space.container.base_images import PLAIN_IMAGES, image_name
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, written

if TYPE_CHECKING:
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source
    from hublint.space.serving.images import Image


class Environment:
    """What is known of the variables at one point of a start-up.

    Args:
        source: the Dockerfile, None for a Gradio Space.
        stage: the stage that becomes the image.
    """

    def __init__(self, source: Source | None, stage: Stage | None) -> None:
        self.source = source
        self.stage = stage
        self.base: Image | None = None
        self._exported: dict[str, Evidence] = {}
        self._lost = False

    def copy(self) -> Environment:
        """The same variables for a process that changes its own only."""
        other = Environment(self.source, self.stage)
        other.base = self.base
        other._exported = dict(self._exported)
        other._lost = self._lost
        return other

    def export(self, name: str, word: ShellWord, source: Source) -> None:
        """Take over an assignment of a script or a command line."""
        text = source.text[word.span.start : word.span.end]
        equals = text.find("=") + 1
        literal = None
        if word.value and equals:
            literal = written(source, Span(word.span.start + equals, word.span.end), word.value)
        self._exported[name] = Evidence(word.value, "env", name, source, word.span, literal)

    def lose(self) -> None:
        """Forget everything: something unknown may have changed it."""
        self._exported.clear()
        self._lost = True

    def known(self) -> dict[str, str | None]:
        """Values by name, None where unknown, for the variables of a script."""
        values: dict[str, str | None] = dict(self.stage.env) if self.stage and not self._lost else {}
        values.update({name: evidence.value for name, evidence in self._exported.items()})
        return values

    def is_plain(self) -> bool:
        """Whether the base image is known to set no port or address."""
        if self.base is not None:
            return True
        image = self.stage.image if self.stage else None
        return image is not None and image_name(image) in PLAIN_IMAGES and "jupyter" not in image

    def get(self, name: str) -> Evidence | None:
        """What a variable is; None where it is certainly not set in the image."""
        if name in self._exported:
            return self._exported[name]
        if self._lost:
            return UNKNOWN._replace(name=name)
        if self.stage is None:
            # The builder of Gradio Spaces lets Gradio listen everywhere.
            return Evidence(EVERYWHERE, "env", name) if name == "GRADIO_SERVER_NAME" else UNKNOWN
        for stage in self.stage.chain:
            for instruction in reversed(stage.instructions):
                for pair in reversed(instruction.pairs if instruction.name == "ENV" else []):
                    if pair.key == name and pair.value is not None:
                        value = stage.env.get(name)
                        source, span = self.source, pair.value.span
                        literal = written(source, span, value) if source and value else None
                        return Evidence(value, "env", name, source, span, literal)
        if self.base is not None and name in self.base.env and self.stage.image_word is not None:
            return Evidence(
                self.base.env[name], "image", self.stage.image or name, self.source, self.stage.image_word.span
            )
        return None if self.is_plain() or self.stage.is_scratch else UNKNOWN._replace(name=name)

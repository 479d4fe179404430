"""The environment variables that a Space's processes see."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.space.container.base_images import PLAIN_IMAGES, image_name
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, is_address_variable, written

TYPE_CHECKING = False
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
        begin = word.span.start
        if source.text.startswith(f"{name}=", begin):
            begin += len(name) + 1
        place = Span(begin, word.span.end)
        if word.value is None and word.default:
            found = self.of_text(source, place, word.default)
            if found is not None:
                self._exported[name] = found._replace(name=name, how=found.how and "env")
                return
        literal = written(source, place, word.value) if word.value else None
        self._exported[name] = Evidence(word.value, "env", name, source, word.span, literal)

    def of_text(self, source: Source, span: Span, value: str) -> Evidence | None:
        """What a text of the shell is worth whose unknown variables have defaults, `${PORT:-8000}`.

        Args:
            source: the file.
            span: the text in it.
            value: what it is where every unknown variable takes its default.

        Returns:
            None where the text names no variable; unknown where an image or a script may set it, and where a name is
            not one for ports or addresses.
        """
        names = [*dict.fromkeys(named_variables(source.text[span.start : span.end]))]
        if not names:
            return None
        found = [self.get(name) for name in names]
        if len(names) == 1 and found[0] is not None:
            return found[0] if found[0].value == value else UNKNOWN
        if any(evidence is not None for evidence in found) or not all(map(is_address_variable, names)):
            return UNKNOWN
        return Evidence(value, "flag", names[0], source, span, written(source, span, value), variable=names[0])

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


def named_variables(text: str) -> list[str]:
    """The variables that a word of the shell names, in order."""
    import re

    return re.findall(r"\$\{?([A-Za-z_]\w*)", text)

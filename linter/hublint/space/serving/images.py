"""Images that start a server by themselves: what their own ENTRYPOINT and CMD are.

Read in the Dockerfiles of the images' repositories: ollama/ollama, vllm-project/vllm, ggml-org/llama.cpp,
huggingface/text-generation-inference, nginx/docker-nginx, nginx/docker-nginx-unprivileged, caddyserver/caddy-docker,
jupyter/docker-stacks, rocker-org/rocker-versioned2.
"""

from __future__ import annotations

from hublint.documents import shell
from hublint.documents.dockerfile.commands import start_commands
from hublint.records import NamedTuple
from hublint.space.container.base_images import image_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command
    from hublint.documents.source import Span


class Image(NamedTuple):
    """How an image starts.

    Attributes:
        entrypoint: the words before CMD; empty where CMD is the whole command.
        cmd: its words where the Dockerfile has none.
        env: those of its variables by which servers take their port or address.
        tags: how the tags begin for which this holds.
        configures: the tool for whose address it brings a configuration along.
    """

    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    env: Mapping[str, str] = {}
    tags: str = ""
    configures: str = ""


_NGINX = Image(cmd=("nginx", "-g", "daemon off;"))
_JUPYTER = Image(cmd=("start-notebook.py",), configures="jupyter")
_LLAMA = Image(("/app/llama-server",), env={"LLAMA_ARG_HOST": "0.0.0.0"}, tags="server")

IMAGES = {
    "nginx": _NGINX,
    "nginxinc/nginx-unprivileged": _NGINX,
    "caddy": Image(cmd=("caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile")),
    "ollama/ollama": Image(("/bin/ollama",), ("serve",), {"OLLAMA_HOST": "0.0.0.0:11434"}),
    "vllm/vllm-openai": Image(("vllm", "serve")),
    "ghcr.io/ggml-org/llama.cpp": _LLAMA,
    "ghcr.io/ggerganov/llama.cpp": _LLAMA,
    "ghcr.io/huggingface/text-generation-inference": Image(
        ("text-generation-launcher",), ("--json-output",), {"PORT": "80"}
    ),
    "rocker/shiny": Image(cmd=("/init",)),
    "rocker/shiny-verse": Image(cmd=("/init",)),
    **{
        f"{registry}jupyter/{name}-notebook": _JUPYTER
        for registry in ("", "quay.io/")
        for name in (
            "base", "minimal", "scipy", "datascience", "tensorflow", "pytorch", "pyspark", "all-spark", "r", "julia"
        )
    },
}  # fmt: skip


def known_image(image: str) -> Image | None:
    """The entry of an image with its tag."""
    found = IMAGES.get(image_name(image))
    if found is None or not found.tags:
        return found
    tag = image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    return found if tag.startswith(found.tags) else None


def image_commands(image: Image, stage: Stage) -> list[Command]:
    """What a container starts whose Dockerfile leaves ENTRYPOINT to a known image."""
    word, cmd = stage.image_word, stage.cmd
    if word is None or (cmd is not None and not image.entrypoint):
        return start_commands(stage)
    if cmd is not None and cmd.form != "json":
        return []
    place = word.span
    words = [_placed(text, place) for text in image.entrypoint]
    if cmd is None:
        words += [_placed(text, place) for text in image.cmd]
    else:
        words += [(each.value, each.span, each.to_source()) for each in cmd.argv]
    return shell.argv_commands(words, stage.env)


def _placed(text: str, place: Span) -> tuple[str, Span, Callable[[int], int]]:
    return text, place, lambda _: place.start

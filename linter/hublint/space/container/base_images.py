"""The images that a Dockerfile starts from: their names, and those of which it is known how they start."""

from __future__ import annotations

# Images that run as root and set none of the variables by which servers take their port or address.
PLAIN_IMAGES = frozenset(
    """
    python node ubuntu debian alpine golang rust ruby buildpack-deps eclipse-temurin openjdk fedora rockylinux
    almalinux amazonlinux nvidia/cuda nvcr.io/nvidia/cuda pytorch/pytorch tensorflow/tensorflow continuumio/miniconda3
    continuumio/anaconda3 condaforge/miniforge3 condaforge/mambaforge ghcr.io/astral-sh/uv oven/bun
    mcr.microsoft.com/playwright mcr.microsoft.com/playwright/python
    """.split()
)
_REGISTRIES = ("docker.io/", "public.ecr.aws/docker/", "library/")


def image_name(image: str) -> str:
    """An image without tag, digest and Docker's own registry."""
    folder, slash, name = image.partition("@")[0].rpartition("/")
    path = folder + slash + name.partition(":")[0]
    for registry in _REGISTRIES:
        path = path.removeprefix(registry)
    return path

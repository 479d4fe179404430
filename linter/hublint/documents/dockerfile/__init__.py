"""A Dockerfile as BuildKit reads it, everything in it with its place in the file.

Behaviour follows moby/buildkit: frontend/dockerfile/parser (lines, words), instructions (arguments),
shell (variables) and dockerfile2llb (stages, environment).
"""

from __future__ import annotations

from hublint.documents.dockerfile.dockerfile import Dockerfile
from hublint.documents.dockerfile.stage import Instruction

__all__ = ["Dockerfile", "Instruction"]

"""What stops hublint from doing its job; always shown as one sentence, with exit code 2."""

from __future__ import annotations


class UsageError(Exception):
    """An option, a path or a configuration file that cannot be used as it is."""

"""What stops hublint from doing its job; always shown as one sentence, with exit code 2."""

from __future__ import annotations


class UsageError(Exception):
    """An option, a path or a configuration file that cannot be used as it is."""


class UnheardError(Exception):
    """Whoever read what is printed has gone, as `head` does; there is nobody to tell."""

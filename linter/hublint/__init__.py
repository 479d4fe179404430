"""hublint: linter, validator and autofixer for Hugging Face Hub repositories."""

__version__ = "0.1.0"

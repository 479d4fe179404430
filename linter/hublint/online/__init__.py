"""Answers to what rules ask with `--online`: from the Hub, and from the package index."""

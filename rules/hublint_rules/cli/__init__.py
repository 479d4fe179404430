"""Commands of the `hf` tool that a repository runs or shows."""

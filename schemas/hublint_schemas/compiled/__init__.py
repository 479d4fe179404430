"""The compiled checks, one module a kind."""

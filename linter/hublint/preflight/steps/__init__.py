"""The questions of a preflight, one module for each."""

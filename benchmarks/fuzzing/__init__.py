"""Inputs for benchmarks/fuzz.py and what must hold of hublint on them."""

"""How much of files that hold data is read. Whatever lies beyond is unknown, and nothing is said about it."""

from __future__ import annotations

# Bytes of one file: its head, a footer, or what a compressed head grows to.
HEAD = 1024 * 1024
# Bytes of the file that decides which columns a subset has, searched for a name: datasets reads as many of JSON Lines.
DECIDING = 10 * 1024 * 1024
# Rows of one table: pandas tells the types of a CSV file's columns from as many.
ROWS = 10_000
# Files of one subset, and bytes of all files of a repository.
FILES = 64
ALL = 16 * 1024 * 1024
# Members of an archive.
MEMBERS = 2_000

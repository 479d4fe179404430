"""YAML as the Hub reads it, with the place of everything in it, and edits of it."""

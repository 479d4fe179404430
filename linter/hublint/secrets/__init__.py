"""Credentials in text: what is one, what only looks like one, and how to show it."""

"""Repositories on the Hub: what they hold, asked for piece by piece."""

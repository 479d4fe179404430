"""The text of a card, below its metadata."""

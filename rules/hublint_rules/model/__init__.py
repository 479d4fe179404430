"""A model card's metadata."""

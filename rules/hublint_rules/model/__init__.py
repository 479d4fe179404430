"""A model card's metadata, and what the model's files say about it."""

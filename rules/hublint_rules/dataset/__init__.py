"""A dataset card's metadata, and what it says about the columns and splits."""

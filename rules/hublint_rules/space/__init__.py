"""A Space's metadata and the files it names."""

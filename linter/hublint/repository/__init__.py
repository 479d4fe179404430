"""One Hub repository: its files, its kind, and what they together say."""

"""What git says of a repository: its index, ignored files, attributes and remotes."""

"""What holds for the metadata block of every README.md."""

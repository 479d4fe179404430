"""A dataset's files as the `datasets` library finds and reads them."""

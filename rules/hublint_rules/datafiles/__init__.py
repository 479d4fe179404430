"""The files of a dataset, and what the `datasets` library makes of them."""

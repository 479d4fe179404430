"""The application code of a Space."""

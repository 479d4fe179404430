"""The application's own code: its modules, what it needs installed, the version it runs with, its routes."""

"""The Dockerfile of a Docker Space."""

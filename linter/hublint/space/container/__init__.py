"""The image of a Docker Space: its files, users, base images, build context and stages."""

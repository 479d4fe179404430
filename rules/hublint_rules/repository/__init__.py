"""What lies in a repository: missing, broken, oversized and needless files."""

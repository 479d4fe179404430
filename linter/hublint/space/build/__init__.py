"""What the build of a Space gives: its operating system, its Python, its distributions, and what cannot be installed."""

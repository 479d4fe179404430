"""What the build of a Space gives: its operating system, Python and distributions, and what cannot be installed."""

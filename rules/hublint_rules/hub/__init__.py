"""HB: what the Hub and the package index answer, asked only with `--online`."""

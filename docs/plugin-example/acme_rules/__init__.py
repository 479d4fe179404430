"""Acme's own rules: `hublint check --plugin acme_rules`."""

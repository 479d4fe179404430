"""Acme's own rules: `hublint check --plugin acme_rules`."""

RULES_URL = "https://acme.example/hub-rules#{code}"

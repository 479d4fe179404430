"""Which Secrets and Variables a Space asks for."""

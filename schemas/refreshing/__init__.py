"""How the reference tables, the enums in the schemas and the compiled checks are made; not part of the wheel."""

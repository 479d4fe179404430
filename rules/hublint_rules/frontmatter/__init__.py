"""Rules about the metadata block as a whole, for every kind of repository."""

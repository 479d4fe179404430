"""What a model's files say: its library, task, base model and identifiers."""

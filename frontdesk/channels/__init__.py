"""Where messages come in and answers go out, one class per file."""

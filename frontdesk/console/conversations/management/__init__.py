"""Commands of the conversations."""

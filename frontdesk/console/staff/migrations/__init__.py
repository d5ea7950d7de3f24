"""The tables of the staff."""

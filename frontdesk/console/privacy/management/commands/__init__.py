"""Erase, export, purge."""

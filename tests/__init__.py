"""Tests, the tree of the project again."""

"""Text in, findings out: spaCy, and strict loading of the files under ``data/``."""

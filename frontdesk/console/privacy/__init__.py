"""Erases, exports and forgets what is kept of a person, everywhere, with a receipt."""

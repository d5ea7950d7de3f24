"""Who of the clinic may do what, and a record of who looked at what."""

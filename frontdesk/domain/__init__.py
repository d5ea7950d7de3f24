"""What the clinic knows and decides: plain Python, standard library only."""

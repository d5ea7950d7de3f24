"""Appointments: who works when, which times are free, and who has taken them."""

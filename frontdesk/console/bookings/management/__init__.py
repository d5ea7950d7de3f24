"""Commands of the bookings."""

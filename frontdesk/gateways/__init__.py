"""Where bookings and hand-offs go out, one class per file."""

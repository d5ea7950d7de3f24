"""The tables of what is learned."""

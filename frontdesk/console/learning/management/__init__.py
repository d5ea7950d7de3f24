"""Commands of what is learned."""

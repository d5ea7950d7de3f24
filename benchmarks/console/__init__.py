"""What the staff console does with many conversations (see docs/benchmarks.md)."""

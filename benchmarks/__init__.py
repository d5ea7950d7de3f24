"""What we measure, against the bot that ``rasa init`` makes (see docs/benchmarks.md)."""

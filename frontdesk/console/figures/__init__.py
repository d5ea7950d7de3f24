"""Figures of what the assistant and the team did."""

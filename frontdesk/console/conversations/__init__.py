"""What staff see of the conversations, and how they join in."""

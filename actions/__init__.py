"""What the assistant does: one file per action, named after it."""

"""What staff teach the assistant: messages it doubted, corrected and written into its data."""

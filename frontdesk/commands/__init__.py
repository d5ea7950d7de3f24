"""What `make` calls: starting, training, asking and chatting."""

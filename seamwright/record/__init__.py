"""What was seen: append-only, readable after a kill."""

"""What is done: effects, never opinions."""

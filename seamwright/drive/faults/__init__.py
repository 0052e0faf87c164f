"""What is broken, one fault a file."""

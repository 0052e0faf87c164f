"""`seamwright contracts …`: what is made of a contract set, one command a file."""

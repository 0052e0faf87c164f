"""What a contract becomes."""

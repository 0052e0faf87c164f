"""What it means: pure functions over a contract and a record."""

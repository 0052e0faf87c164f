"""The rules, one promise a file."""

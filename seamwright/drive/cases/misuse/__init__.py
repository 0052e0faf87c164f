"""Misuse beyond schemas: what is wrong with a request before anyone reads what it says."""

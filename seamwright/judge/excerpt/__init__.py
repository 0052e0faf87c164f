"""The excerpt of a long record: small, and judged in place of it."""

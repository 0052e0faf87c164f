"""The alert webhook: keeps what it is sent, and shows it."""

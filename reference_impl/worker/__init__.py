"""The worker: does what takes time."""

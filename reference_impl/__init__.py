"""A reference system that keeps the promises: every box of the diagram, each a process."""

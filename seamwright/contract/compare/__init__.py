"""What a new contract breaks, one kind of change a file.

System · Description ─ snapshot ─▶ Snapshot ─┐
System · Description ─ snapshot ─▶ Snapshot ─┴─ comparison ─▶ changes, each of a class
"""

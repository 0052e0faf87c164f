"""What people read: judges nothing."""

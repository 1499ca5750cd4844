"""What people write of what they read, and what goes back to the people interviewed."""

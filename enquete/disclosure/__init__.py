"""What keeps people from being recognised in an output: pure."""

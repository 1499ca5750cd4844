"""The same people met again: who is due, who is lost, what changed."""

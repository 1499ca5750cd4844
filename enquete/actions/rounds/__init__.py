"""Who codes what, and training."""

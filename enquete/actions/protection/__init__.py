"""What people agreed to, what is taken back, erased, and told to them; the vault's keys."""

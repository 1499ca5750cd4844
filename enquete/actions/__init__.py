"""One module per group of commands: the only place that joins store, vault and the pure parts."""

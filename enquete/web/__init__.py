"""The coding page over HTTP: the same actions as the command line, as JSON."""

"""Human codings: read from files and placed in the texts. Pure."""

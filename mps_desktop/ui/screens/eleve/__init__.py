"""One student: header and tabs."""

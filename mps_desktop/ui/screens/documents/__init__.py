"""Documents to produce."""

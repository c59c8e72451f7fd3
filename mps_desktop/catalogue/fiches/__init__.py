"""Fiches: our own words, and the official texts that the user imports."""

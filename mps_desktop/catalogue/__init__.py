"""The read-only reference data: builders from official open data, opening, search."""

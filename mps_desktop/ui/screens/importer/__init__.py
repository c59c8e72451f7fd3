"""Import of a roster: choose, look at the preview, confirm."""

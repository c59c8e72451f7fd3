"""Questions to people, each behind one method so that tests replace one call."""

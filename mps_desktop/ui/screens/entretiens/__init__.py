"""Meetings with one student, and what the conseil decided about him."""

"""Wishes and balance of a student."""

"""Suggested formations of a student."""

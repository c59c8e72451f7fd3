"""The profile form of a student."""

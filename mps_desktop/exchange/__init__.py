"""Profiles in and out of the program: one JSON file of ours."""

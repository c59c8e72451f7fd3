"""Profiles in and out (room reserved by the design; first used by a later issue)."""

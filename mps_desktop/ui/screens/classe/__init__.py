"""The class table."""

"""MPS Bureau: prepare the orientation of a class, offline."""

__version__ = "0.1.0"

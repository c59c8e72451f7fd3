"""PDF documents drawn from plain dataclasses."""

"""Use cases, one per file; the only callers of the packages below."""

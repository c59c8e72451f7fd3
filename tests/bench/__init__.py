"""Benchmarks, one module per name (``./mps bench NOM --json``): figures are measured here, never asserted in tests.

A benchmark module has ``run(arguments) -> dict``: plain JSON values, times in the unit that the key names
(``_ms``, ``_s``), medians and p95, beside a reference measured in the same process where there is one.
"""

"""Ground floor: errors, progress, paths, settings, log, text and dates. Depends on nothing."""

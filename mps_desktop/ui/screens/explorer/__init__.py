"""Search and read any fiche, without a student."""

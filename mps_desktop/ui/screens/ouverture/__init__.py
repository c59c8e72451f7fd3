"""Before a dossier is open."""

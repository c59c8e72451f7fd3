"""SQLAlchemy 2 typed tables of the dossier. Only tables."""

"""Qt item models: immutable rows in, roles out. Not the tables of the dossier."""

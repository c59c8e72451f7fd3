"""The data that figures rest on, and the dossier on the disk."""

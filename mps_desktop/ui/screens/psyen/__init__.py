"""The psyEN's notes about one student."""

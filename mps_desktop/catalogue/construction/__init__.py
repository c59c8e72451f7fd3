"""How the catalogue is made from official open data: one module by subject, pure functions on rows."""

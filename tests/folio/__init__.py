"""CAF, folios and the database's mark."""

"""Credit and debit notes."""

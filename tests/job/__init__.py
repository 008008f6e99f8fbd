"""Work over many records, done piece by piece."""

"""An invoice becomes a document."""

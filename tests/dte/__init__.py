"""The signed document and its pages."""

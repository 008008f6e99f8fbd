"""What others send us: files opened within bounds, documents read and judged."""

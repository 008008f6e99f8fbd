"""The certification."""

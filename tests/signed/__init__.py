"""Guards of what is signed."""

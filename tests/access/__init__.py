"""Who may read, write and call what, and what nobody gets."""

"""A stranger's mail and what lies in it, read within bounds."""

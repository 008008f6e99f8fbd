"""Another's mail and what it holds, read within bounds."""

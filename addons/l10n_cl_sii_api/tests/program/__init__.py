"""Who calls, how often, and what is refused."""

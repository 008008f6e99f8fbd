"""The SII's own service for boletas: REST, with its own token and verdicts (PROTOCOL 4)."""

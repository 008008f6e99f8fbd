"""Verification with lxml and cryptography alone; shares nothing with who signs."""

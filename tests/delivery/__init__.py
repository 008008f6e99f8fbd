"""Mails with a document."""

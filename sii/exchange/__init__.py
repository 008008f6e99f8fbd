"""Answers between issuer and receiver of a document, and what a receiver may claim."""

"""Sentences for people: one for each problem of the library."""

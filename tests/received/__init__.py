"""Suppliers' documents."""

"""Customers and companies as taxpayers."""

"""The demo: a Chilean company ready to invoice, and its first factura all the way to the SII."""

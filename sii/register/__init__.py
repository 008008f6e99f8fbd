"""The register of purchases and sales (RCV) and fee receipts: CSV, facade or program."""

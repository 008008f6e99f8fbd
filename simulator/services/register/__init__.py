"""The register of purchases and sales, and the reports of fee receipts."""

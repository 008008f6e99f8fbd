"""What receivers and issuers say of a document at the SII."""

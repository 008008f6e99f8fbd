"""What receivers and issuers answer about a document at the SII."""

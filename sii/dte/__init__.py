"""From a document to its signed DTE and envelope: CAF, stamp, signature, schema."""

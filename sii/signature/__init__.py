"""Keys, certificates and signatures: XML-DSig as the SII requires it."""

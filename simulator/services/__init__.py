"""The SII's own doors: four SOAP services and the upload."""

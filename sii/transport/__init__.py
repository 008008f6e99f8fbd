"""How the SII is spoken to: token, upload and status, over SOAP and HTTP."""

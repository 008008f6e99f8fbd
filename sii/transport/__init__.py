"""How requests reach the SII: token, upload and status, over SOAP and HTTP."""

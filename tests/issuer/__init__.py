"""An issuer's settings, certificate and outages."""

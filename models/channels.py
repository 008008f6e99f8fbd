"""The ways to the SII: each is a service with hosts, tokens and outages of its own."""

DTE, BOLETA = CHANNELS = ("dte", "boleta")

"""The ways to the SII: each is a service with hosts, tokens and outages of its own."""

DTE, BOLETA = CHANNELS = ("dte", "boleta")

# Only read from, by one scheduled action: what they do not answer is asked for again.
REGISTER, HONORARIA = "register", "honoraria"

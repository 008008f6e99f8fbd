"""What the routers share: who calls, what is asked, bodies, lists and links."""

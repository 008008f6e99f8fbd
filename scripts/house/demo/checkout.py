"""Odoo's own provider of pretended payments, so that the portal's checkout can be tried."""

ADDON = "payment_demo"


def create(env) -> None:
    """Switch it on, in test mode, for everybody."""
    provider = env.ref("payment.payment_provider_demo")
    provider.write({"state": "test", "is_published": True})

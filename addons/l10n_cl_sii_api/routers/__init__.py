from . import (
    buyers,
    invoices,
    notes,
    payment_plans,
    payments,
    received_documents,
    single_payment_buyers,
    single_payments,
    statements,
    webhooks,
)
from .support import links

INTEGRATION_ROUTERS = [
    buyers.router,
    single_payments.router,
    single_payment_buyers.router,
    payment_plans.router,
    statements.router,
    payments.router,
    notes.router,
    webhooks.router,
]

REGISTER_ROUTERS = [invoices.router, links.router, received_documents.router]

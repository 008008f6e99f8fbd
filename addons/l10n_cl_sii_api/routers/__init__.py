from . import buyers, single_payment_buyers, single_payments, statements

INTEGRATION_ROUTERS = [
    buyers.router,
    single_payments.router,
    single_payment_buyers.router,
    statements.router,
]

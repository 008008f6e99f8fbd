from . import subscription_buyers, subscriptions

SUBSCRIPTION_ROUTERS = [subscriptions.router, subscription_buyers.router]

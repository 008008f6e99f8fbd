from . import buyers

INTEGRATION_ROUTERS = [buyers.router]

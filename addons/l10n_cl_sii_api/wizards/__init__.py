from . import api_client_secret

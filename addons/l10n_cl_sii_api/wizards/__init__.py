from . import api_client_secret
from . import webhook_secret

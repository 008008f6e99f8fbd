from . import uuid_mixin
from . import api_client
from . import api_call
from . import fastapi_endpoint

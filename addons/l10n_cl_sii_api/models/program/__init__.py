"""Programs that call: their keys, users, calls and the addresses that they call."""

from . import uuid_mixin
from . import service
from . import api_client
from . import api_access
from . import program_user
from . import api_call
from . import responsible

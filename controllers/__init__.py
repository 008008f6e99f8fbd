from . import export
from . import health
from . import portal
from . import public
from . import statements
from . import checkout
from . import rcv_webhook
from . import xmlrpc_integers

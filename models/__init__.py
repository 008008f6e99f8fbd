from . import access
from . import base
from . import taxpayer
from . import issuer
from . import folio
from . import dte
from . import envio
from . import amounts
from . import move
from . import transport
from . import note
from . import printing
from . import delivery
from . import health
from . import emission
from . import statement
from . import register
from . import authority
from . import received
from . import claim
from . import signed
from . import certification

# Ids in values are looked at before anything else is made of them: the last extension runs first.
from .access import given_odoo

"""A company towards the SII: environment, certificate, offices, branches, its gateway to the SII
and outages of it.
"""

from . import res_company
from . import responsible
from . import issuer
from . import certificate_key
from . import certificate
from . import schemas
from . import boleta
from . import printing
from . import switch
from . import branch
from . import gateway
from . import next_step
from . import office
from . import environment
from . import rut
from . import mailbox
from . import outage

"""A company towards the SII: environment, certificate, offices, branches, its gateway to the SII
and outages of it.

Hooks, each defined by one later room: `is_shut`, `_copy_text`, `_take_mark`, `_copy_obstacles` and
`_examination_obstacles` (folio), `_l10n_cl_retry_emissions` (emission), `_take_part` of a mail
(received).
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
from . import office
from . import rut
from . import mailbox
from . import mail
from . import history
from . import outage

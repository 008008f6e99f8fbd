"""What all rooms use: mixins of states and queues, events, incidents, today in Chile, codes of
the SII, sentences for people.

``job`` does work over many records; rooms add their kinds of it to `WORKS`. ``news`` tells open
pages what changed.

Knows only `access`. Hooks, each defined by one later room: `_allowed` of the queues (folio),
`_l10n_cl_retry_emissions` of rates (emission), `_l10n_cl_responsible` of companies (issuer).
"""

from . import big_totals
from . import wizard
from . import mail_activity
from . import trace
from . import limiter
from . import incident
from . import mail_thread
from . import uf
from . import ir_cron
from . import state_mixin
from . import chilean_day
from . import queue
from . import news
from . import event
from . import sii_code
from . import ir_actions_server
from . import job

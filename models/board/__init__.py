"""The home of the app: what today asks of whom, over all rooms, and where its menus lead.

Reads the others, keeps nothing of its own but what a person wants to be mailed.
"""

from . import dte
from . import board
from . import figures
from . import tiles
from . import folios
from . import links
from . import month
from . import purchases
from . import causes
from . import todo
from . import steps
from . import companies
from . import lists
from . import actions
from . import menus
from . import res_users
from . import mails

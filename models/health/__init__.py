"""What needs a person: findings over all rooms, the comparison of books and documents, the
watchdog.

Hooks for the rooms after it, called by name: `_emission_findings`, `_emission_report` and
`_emission_figures` (emission), `_register_findings` (register). A new part is a line in
health.py's list.
"""

from . import health
from . import documents
from . import setup
from . import schemas
from . import vault
from . import libraries
from . import lanes
from . import settings
from . import watchdog
from . import account_journal
from . import yearly
from . import till
from . import books
from . import books_compare
from . import books_files

"""What needs a person: findings over all rooms, the comparison of books and documents, the
watchdog.

Rooms after it add their findings.
"""

from . import health
from . import documents
from . import setup
from . import schemas
from . import vault
from . import libraries
from . import watchdog
from . import account_journal
from . import yearly
from . import till
from . import books
from . import books_compare
from . import books_files

"""Who may read, write and call what: entries of methods, guarded fields, ids that values name,
secrets kept encrypted.

Knows nothing of documents; every other room builds on it. Hooks of attachments:
`_l10n_cl_trace_caf` (folio) notes who gets a CAF's file, `_l10n_cl_unpacked` (envio) rebuilds an
envelope that is kept by its documents.
"""

from . import vault
from . import given
from . import given_odoo
from . import door
from . import guard
from . import ir_attachment
from . import attachment_index
from . import intact
from . import intact_copies

"""Who issues and who receives: RUT, activity, commune, names and addresses as the SII wants
them, personal data.

Hook: `_l10n_cl_retry_emissions` of contacts (emission), the last step of their `write`.
"""

from . import acteco
from . import res_city
from . import res_partner
from . import lengths
from . import res_company
from . import document
from . import typed
from . import account_tax
from . import buyer
from . import rut
from . import template_cl
from . import privacy
from . import privacy_erase
from . import company_contact

"""Who issues and who receives: RUT, activity, commune, names and addresses as the SII wants
them, personal data.
"""

from . import acteco
from . import res_city
from . import res_partner
from . import identity
from . import lengths
from . import res_company
from . import document
from . import search
from . import typed
from . import account_tax
from . import buyer
from . import rut
from . import template_cl
from . import privacy
from . import privacy_erase
from . import company_contact

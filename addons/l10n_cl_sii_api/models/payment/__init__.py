"""What programs bring: buyers, payments, plans, transport, notes, and what came of them."""

from . import res_city
from . import tax_contact
from . import gross_vat
from . import payable
from . import single_payment
from . import payment_plan
from . import payment
from . import transport
from . import statement_status
from . import emission_outcome
from . import program_note
from . import taxpayer_privacy

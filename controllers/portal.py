"""The portal's address form for customers of a Chilean company."""

from odoo.addons.l10n_latam_base.controllers.portal import L10nLatamBasePortalAccount
from odoo.http import request


class L10nClPortalAccount(L10nLatamBasePortalAccount):
    """Asks for the kind and number of identification, a RUT unless the customer says otherwise.

    The parent's routes exist only where some addon imports them: l10n_latam_base does not.
    """

    def _l10n_get_default_identification_type_id(self):
        if request.env.company.country_code == "CL":
            return request.env.ref("l10n_cl.it_RUT").sudo()
        return super()._l10n_get_default_identification_type_id()

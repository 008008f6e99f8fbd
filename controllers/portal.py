"""The portal's address form for customers of a Chilean company."""

from odoo.addons.l10n_latam_base.controllers.portal import L10nLatamBasePortalAccount
from odoo.http import request


class L10nClPortalAccount(L10nLatamBasePortalAccount):
    """Asks for the kind and number of identification, a RUT unless the customer chooses otherwise.

    The parent's routes exist only where some addon imports them: l10n_latam_base does not.
    """

    def _l10n_get_default_identification_type_id(self):
        if request.env.company.country_code == "CL":
            return request.env.ref("l10n_cl.it_RUT").sudo()
        return super()._l10n_get_default_identification_type_id()

    def _validate_address_values(self, address_values, *args, **kwargs):
        """An address in Chile is in a commune, however it is spelt; the region goes with it."""
        chilean = address_values.get("country_id") == request.env.ref("base.cl").id
        city = chilean and address_values.get("city")
        commune = request.env["res.city"].sudo()._l10n_cl_find_commune(city)
        if commune:
            address_values.update(city=commune.name, state_id=commune.state_id.id)
        invalid, missing, messages = super()._validate_address_values(
            address_values, *args, **kwargs
        )
        if city and not commune:
            invalid.add("city")
            messages.append(request.env._("There is no commune of that name in Chile."))
        return invalid, missing, messages

from odoo import models
from odoo.exceptions import AccessError

# What the documents of an issuer state of it, and what makes a contact its own
ISSUER_FIELDS = frozenset(
    {
        "active",
        "city",
        "city_id",
        "company_id",
        "country_id",
        "is_company",
        "l10n_cl_activity_description",
        "l10n_cl_sii_taxpayer_type",
        "l10n_latam_identification_type_id",
        "name",
        "parent_id",
        "state_id",
        "street",
        "street2",
        "vat",
        "zip",
    }
)


class ResPartner(models.Model):
    """The contact of a company that issues documents is what they state of the issuer.

    Contacts are shared by all companies: whoever may write contacts in one could change what
    another one signs, or keep it from issuing.
    """

    _inherit = "res.partner"

    def _l10n_cl_check_issuers(self, vals):
        """Raise AccessError when one is the contact of an issuer that this user is not of, and
        what documents state of it changes.

        Who works in a company makes its branches.
        """
        if not ISSUER_FIELDS & vals.keys() or self.env.su:
            return
        companies = self.env["res.company"].sudo().search([("partner_id", "in", self.ids)])
        issuing = companies.filtered("l10n_cl_issuer_id")
        mine = self.env.user.sudo().company_ids
        if foreign := issuing.filtered(lambda company: not company.parent_ids & mine):
            raise AccessError(
                self.env._(
                    "%s issues tax documents with these data: only who works there changes them.",
                    foreign[:1].partner_id.display_name,
                )
            )

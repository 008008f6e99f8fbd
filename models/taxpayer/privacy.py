"""What is held of a person, and why (Ley 21.719). ``docs/privacy.md`` has the same table."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize, escape_psql

from ...sii import rut as ruts

TAX_LAW = "tax_law"
UNTIL_ERASED = "until_erased"
DAYS_180 = "days_180"


class Privacy(models.AbstractModel):
    """Finds a person's data in one company. Addons add their own by ``_sections``."""

    _name = "l10n_cl.privacy"
    _description = "Personal data of a taxpayer"

    @api.model
    def _partners(self, company, rut, email):
        """Contacts of this RUT or e-mail that the company may see, archived ones too."""
        named = []
        if rut:
            same = ruts.canonical(rut) if ruts.is_valid(rut) else rut
            named += [Domain("vat", "=", same), Domain("l10n_cl_typed_rut", "in", [same, rut])]
        if email:
            # no pattern: who asks about % would get everybody
            named.append(Domain("email", "=ilike", escape_psql(email)))
            if normal := email_normalize(email):
                named.append(Domain("email_normalized", "=", normal))
        if not named:
            return self.env["res.partner"]
        visible = Domain("company_id", "in", [False, company.id])
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        found = partners.search(Domain.OR(named) & visible)
        return found | partners.search(Domain("id", "child_of", found.ids) & visible)

    @api.model
    def _sections(self, company, rut, email, partners):
        """(heading, how long it is kept, model, domain, fields) of each kind of data."""
        same = ruts.canonical(rut) if rut and ruts.is_valid(rut) else (rut or "")
        plain = same.replace("-", "")
        ours = Domain("company_id", "=", company.id)
        addresses = [address for address in {email, *partners.mapped("email")} if address]
        return [
            (
                self.env._("Contacts"),
                UNTIL_ERASED,
                "res.partner",
                Domain("id", "in", partners.ids),
                self._partner_fields(),
            ),
            (
                self.env._("Tax documents issued"),
                TAX_LAW,
                "l10n_cl.dte",
                ours & Domain("receiver_rut", "=", same),
                ["display_name", "issued_on", "receiver_name", "amount_total", "state"],
            ),
            (
                self.env._("Tax documents received"),
                TAX_LAW,
                "l10n_cl.received.dte",
                ours & Domain("issuer_rut", "=", same),
                ["display_name", "issuer_name", "amount_total", "state"],
            ),
            (
                self.env._("Entries of the SII's register"),
                TAX_LAW,
                "l10n_cl.rcv.entry",
                ours & Domain("counterpart_rut", "in", [same, plain]),
                ["number", "date", "counterpart_name", "total_amount"],
            ),
            (
                self.env._("Orders whose documents emit themselves"),
                UNTIL_ERASED,
                "sale.order",
                ours & self._enrolments(partners),
                ["name", "date_order", "amount_total", "state"],
            ),
            (
                self.env._("Statements"),
                UNTIL_ERASED,
                "l10n_cl.statement",
                ours & Domain("partner_id", "in", partners.ids),
                ["display_name", "due_date", "amount", "state"],
            ),
            (
                self.env._("Mails with documents"),
                TAX_LAW,
                "l10n_cl.delivery",
                ours & Domain("address", "in", addresses),
                ["display_name", "address", "state"],
            ),
            (
                self.env._("Traces of access"),
                DAYS_180,
                "l10n_cl.trace",
                ours & Domain("user_id.partner_id", "in", partners.ids),
                ["kind", "text", "address", "first_at", "last_at"],
            ),
        ]

    @api.model
    def _enrolments(self, partners):
        """Orders of these contacts whose documents this addon emits (domain of sale.order)."""
        theirs = Domain("partner_id", "in", partners.ids)
        theirs |= Domain("partner_invoice_id", "in", partners.ids)
        return theirs & Domain("l10n_cl_emit_document", "=", True)

    @api.model
    def _partner_fields(self):
        return [
            "name",
            "vat",
            "email",
            "phone",
            "street",
            "city",
            "l10n_cl_typed_rut",
            "l10n_cl_business_name",
            "l10n_cl_activity_description",
            "l10n_cl_exchange_mailbox",
        ]

    @api.model
    def _held(self, company, rut, email):
        """What there is, as JSON can carry it: heading, how long, and the rows of each kind."""
        partners = self._partners(company, rut, email)
        lengths = {
            TAX_LAW: self.env._(
                "Six years and more: tax law (Código Tributario, art. 17 and 200)."
            ),
            UNTIL_ERASED: self.env._("Until it is erased, where no tax document needs it."),
            DAYS_180: self.env._("180 days."),
        }
        held = []
        for heading, length, model, domain, names in self._sections(company, rut, email, partners):
            if rows := self.env[model].sudo().with_context(active_test=False).search(domain):
                found = rows.read(names, load=None)
                held.append({"what": heading, "kept": lengths[length], "records": found})
        return held

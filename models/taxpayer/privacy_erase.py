"""What no tax law keeps of a person is erased when they ask for it."""

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    _inherit = "l10n_cl.privacy"

    @api.model
    def _erase(self, company, rut, email):
        """Erase what was never billed, and contacts that nothing needs.

        Returns sentences: what went, what stays and why. Documents, the ledger of folios and the
        register are never touched.
        """
        partners = self._partners(company, rut, email)
        report = self._erase_never_billed(company, partners)
        report += self._erase_contacts(partners)
        return report or [self.env._("There was nothing that may be erased.")]

    @api.model
    def _erase_never_billed(self, company, partners):
        """Orders whose money never came and that no document is about, with their statements."""
        orders = self.env["sale.order"].sudo().with_company(company)
        ours = Domain("company_id", "=", company.id)
        orders = orders.search(ours & self._enrolments(partners))
        orders = orders.filtered(lambda order: not order.invoice_ids and self._is_unpaid(order))
        report = [self.env._("Erased: %s, never billed.", order.name) for order in orders]
        orders.l10n_cl_statement_ids.unlink()
        orders.filtered(lambda order: order.state != "cancel")._action_cancel()
        orders.unlink()
        return report

    @api.model
    def _is_unpaid(self, order):
        statements = order.l10n_cl_statement_ids
        return not statements.payment_ids and all(
            statement.state in ("pending", "expired", "canceled") and not statement.move_id
            for statement in statements
        )

    @api.model
    def _erase_contacts(self, partners):
        """Each by itself, the last ones first: what refers to one keeps it."""
        report = []
        users = self.env["res.users"].sudo().with_context(active_test=False)
        owned = users.search([("partner_id", "in", partners.ids)]).partner_id
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        owned |= companies.search([("partner_id", "in", partners.ids)]).partner_id
        for partner in (partners - owned).sorted("id", reverse=True):
            name = partner.display_name
            if not partner.company_id and not partner.sudo(False).has_access("unlink"):
                report.append(
                    self.env._(
                        "Kept: contact %s is of all companies. Whoever may delete contacts may "
                        "erase it.",
                        name,
                    )
                )
                continue
            if self._is_needed(partner):
                report.append(self.env._("Kept: contact %s, tax documents name it.", name))
                continue
            try:
                with self.env.cr.savepoint():
                    partner.unlink()
                report.append(self.env._("Erased: contact %s.", name))
            except (psycopg2.IntegrityError, UserError):
                report.append(self.env._("Kept: contact %s, something of it is in use.", name))
        return report

    @api.model
    def _is_needed(self, partner):
        """Whether entries of the books, documents or other records are of this contact."""
        family = [("partner_id", "child_of", partner.id)]
        return bool(
            self.env["account.move.line"].sudo().search_count(family, limit=1)
            or self.env["account.move"].sudo().search_count(family, limit=1)
            or self.env["sale.order"].sudo().search_count(family, limit=1)
            or self.env["l10n_cl.statement"].sudo().search_count(family, limit=1)
        )

from odoo import Command, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.base.texts.errors import errors_as_user_errors
from odoo.addons.l10n_cl_sii.models.issuer.channels import DTE
from odoo.addons.l10n_cl_sii.models.taxpayer.account_tax import VAT
from odoo.addons.l10n_cl_sii.sii import clock, kinds
from odoo.addons.l10n_cl_sii.sii.certification.sets import SetKind
from odoo.addons.l10n_cl_sii.sii.codes import CodRef, NoteReason
from odoo.addons.l10n_cl_sii.sii.document import amounts
from odoo.exceptions import UserError

ON_ITS_WAY = ("ready", "sending", "unknown", "sent")


class Certification(models.Model):
    """Posted documents go in; one sealed envelope comes out, which is not sent here."""

    _inherit = "l10n_cl.certification"

    def _seal(self, moves):
        """One envelope, in the order given. Boletas take the way of facturas here."""
        documents = moves.sudo().l10n_cl_dte_id
        documents = documents.browse([move.l10n_cl_dte_id.id for move in moves.sudo()])
        with errors_as_user_errors(self.env):
            return self.env["l10n_cl.envio"].sudo()._seal(documents, channel=DTE)


class CertificationSet(models.Model):
    """From the cases of a set to posted documents in one envelope."""

    _inherit = "l10n_cl.certification.set"

    @entry("write", MANAGER)
    def action_issue(self):
        """Button: post the documents of the cases in their order and seal them together.

        All in one transaction: what is refused leaves neither documents nor folios taken.
        """
        self.ensure_one()
        self.certification_id._check_environment()
        if self.envio_id.sudo().state in ON_ITS_WAY:
            raise UserError(
                self.env._("The documents of this set are on their way: wait for the SII's answer.")
            )
        partners = self._partners()
        made = self.env["account.move"]
        by_case = {}
        for case in self.case_ids:
            original = by_case.get(case.original, self.env["account.move"])
            partner = original.partner_id or next(partners)
            values = self._move_values(case, partner, original)
            move = self.env["account.move"].sudo().create(values).sudo(self.env.su)
            move.action_post()
            by_case[case.name] = move
            made |= move
        self.sudo().envio_id = self.certification_id._seal(made)
        self.env["l10n_cl.envio"]._wake("send")

    def _partners(self):
        """A customer for each invoice of the set, or UserError when there are too few."""
        if self.kind == SetKind.BOLETA.value:
            return iter([self.env.ref("l10n_cl.par_cfa")] * len(self.case_ids))
        needed = len(self.case_ids.filtered(lambda case: not case.original))
        partners = self.certification_id.partner_ids
        if len(set(partners.mapped("vat"))) < needed:
            raise UserError(
                self.env._(
                    "The set has %(needed)s invoices, each for another customer: choose as many "
                    "with different RUTs (now %(chosen)s).",
                    needed=needed,
                    chosen=len(partners),
                )
            )
        return (same[:1] for same in partners.grouped("vat").values())

    def _move_values(self, case, partner, original):
        content = self._content(case)
        kind = kinds.of(case.document_type_id.code)
        values = {
            "move_type": "out_refund" if kind.is_credit_note else "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "invoice_date": clock.today(),
            "l10n_latam_document_type_id": case.document_type_id.id,
            "l10n_cl_certification_case_id": case.id,
            "invoice_line_ids": [
                *(Command.create(self._line_values(line, content)) for line in content.lines),
                *self._adjustment_lines(kind.code, content),
            ],
        }
        if kind.is_note:
            link = "reversed_entry_id" if kind.is_credit_note else "debit_origin_id"
            values |= {
                link: original.id,
                **original._l10n_cl_note_values(content.code, case.reason),
            }
        if kind.is_credit_note and content.code is not CodRef.CORRECTS_TEXT:
            values["l10n_cl_note_reason"] = self._note_reason(case).value
        return values

    def _note_reason(self, case):
        """Why the SII's case takes back, by its words; all is of one day, so no term is over."""
        returned = any(word in (case.reason or "").upper() for word in ("DEVOL", "ANULA"))
        return NoteReason.RETURN if returned else NoteReason.ERROR

    def _line_values(self, line, content):
        affected = content.totals.net is not None and not line.exempt
        return {
            "name": line.name,
            "quantity": float(line.quantity or 1),
            "price_unit": float(line.unit_price or 0),
            "discount": float(line.discount.percent) if line.discount else 0,
            "tax_ids": [Command.set(self._vat().ids if affected else [])],
        }

    def _adjustment_lines(self, kind, content):
        if not content.adjustments:
            return []
        before = amounts.affected_sum(kind, content.lines, ())
        after = amounts.affected_sum(kind, content.lines, content.adjustments)
        (adjustment,) = content.adjustments
        name = f"{adjustment.reason} {adjustment.percent:f}%"
        values = {"name": name, "quantity": 1, "price_unit": after - before}
        return [Command.create({**values, "tax_ids": [Command.set(self._vat().ids)]})]

    def _vat(self):
        """The company's VAT on sales."""
        company = self.company_id
        vat = company.account_sale_tax_id
        if vat.l10n_cl_sii_code != VAT:
            vat = self.env["account.tax"].search(
                [
                    *self.env["account.tax"]._check_company_domain(company),
                    ("type_tax_use", "=", "sale"),
                    ("l10n_cl_sii_code", "=", VAT),
                ],
                limit=1,
            )
        if not vat:
            raise UserError(self.env._("The company has no VAT on sales (SII code 14)."))
        return vat

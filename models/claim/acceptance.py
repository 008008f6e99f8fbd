from datetime import timedelta

from odoo import api, fields, models

from ...sii import kinds
from ...sii.exchange.claims import ClaimAction
from ..base.big_integer import BigInteger


class Issuer(models.Model):
    """Received documents that need nobody's judgement."""

    _inherit = "l10n_cl.issuer"

    accept_by_rule = fields.Boolean(
        "Accept received documents automatically",
        help="Verified documents that nobody has answered are accepted at the SII. Their totals "
        "must follow from their lines, and their bill must come to the same amount.",
    )
    accept_after = BigInteger(
        "After so many days", default=6, help="Counted from the SII's reception; at most 7."
    )
    accept_limit = fields.Monetary("Up to this total", help="0: whatever the total.")
    accept_known = fields.Boolean(
        "Of known suppliers only", default=True, help="Those with a posted bill."
    )
    accept_goods = fields.Boolean(
        "With receipt of goods or services", help="Ley 19.983: the document can then be ceded."
    )

    _accept_after_sane = models.Constraint(
        "CHECK (accept_after BETWEEN 0 AND 7)", "The SII takes answers for eight days."
    )

    @api.model
    def _accept_by_rule(self):
        """Plan the acceptance of what the rules of each issuer let pass."""
        ruled = self.search([("accept_by_rule", "=", True)])
        self.env["l10n_cl.incident"]._each_alone(ruled, lambda issuer: issuer._accept_some())

    def _accept_some(self):
        claims = self.env["l10n_cl.claim"]
        reason = self.env._("Accepted by rule.")
        answers = [ClaimAction.ACCEPT.value]
        if self.accept_goods:
            answers.append(ClaimAction.RECEIVE_GOODS.value)

        def accept(document):
            for answer in answers:
                claims._plan(document, answer, reason)

        self.env["l10n_cl.incident"]._each_alone(self._acceptable(), accept)

    def _acceptable(self):
        now = fields.Datetime.now()
        domain = [
            ("company_id", "child_of", self.company_id.id),
            ("state", "=", "verified"),
            ("document_code", "in", kinds.codes(claimable=True)),
            ("claim_ids", "=", False),
            ("sums_wrong", "=", False),
            ("bill_id", "!=", False),
            ("deadline", ">", now),
            ("received_at", "<=", now - timedelta(days=self.accept_after)),
        ]
        if self.accept_limit:
            domain.append(("amount_total", "<=", self.accept_limit))
        documents = self.env["l10n_cl.received.dte"].search(domain)
        if self.accept_known:
            bills = self.env["account.move"]._read_group(
                [
                    ("commercial_partner_id", "in", documents.partner_id.ids),
                    ("move_type", "=", "in_invoice"),
                    ("state", "=", "posted"),
                    ("company_id", "in", documents.company_id.ids),
                ],
                ["commercial_partner_id"],
            )
            known = {partner for (partner,) in bills}
            documents = documents.filtered(lambda each: each.partner_id in known)
        return documents.filtered(
            lambda each: each.company_id.l10n_cl_issuer_id == self and not each.bill_difference
        )

from datetime import timedelta

from odoo import api, models
from odoo.tools.misc import format_date

from ...sii import clock, kinds

# What is sent later than this is objected to (DTE-1-650).
_TERM = timedelta(days=3)


class AccountMove(models.Model):
    """The date of a tax document: what cannot be is refused, what is far from today is asked."""

    _inherit = "account.move"

    def _l10n_cl_date_obstacles(self):
        day, today = self.invoice_date or clock.today(), clock.today()
        since = self.company_id.l10n_cl_issuer_id.sudo().resolution_date
        texts = []
        if since and day < since:
            texts.append(
                self.env._(
                    "Its date, %(day)s, is before %(since)s, the date of the SII's resolution: the "
                    "SII rejects it. Correct the date of the invoice.",
                    day=format_date(self.env, day),
                    since=format_date(self.env, since),
                )
            )
        if day > today:
            texts.append(
                self.env._(
                    "Its date, %s, is still to come, and no tax document is dated beyond today. "
                    "Correct the date of the invoice, or confirm it when that day has come.",
                    format_date(self.env, day),
                )
            )
        texts += [
            self.env._(
                "Reference %(folio)s is dated %(day)s, which is still to come. Correct its date.",
                folio=reference.folio,
                day=format_date(self.env, reference.issued_on),
            )
            for reference in self.l10n_cl_reference_ids
            # of tax documents the library says so: none is later than what cites it
            if reference.issued_on > today
            and not kinds.of(reference.l10n_cl_reference_doc_type_selection).is_target
        ]
        return [(text, self) for text in texts]

    @api.depends("state", "l10n_latam_document_type_id")
    def _compute_abnormal_warnings(self):
        """Odoo's own question before an invoice is confirmed by hand, asked of our dates too."""
        result = super()._compute_abnormal_warnings()
        if not self.env.context.get("disable_abnormal_invoice_detection"):
            for move in self.filtered(lambda move: move._l10n_cl_is_far()):
                move.abnormal_date_warning = move._l10n_cl_far_text()
        return result

    def _l10n_cl_is_far(self):
        day, today = self.invoice_date, clock.today()
        if not day or self.state != "draft":
            return False
        if today - _TERM <= day <= today and day.month == today.month:
            return False
        # "Ignore future alerts" is of Odoo's guess at a customer's habits, and not of the law
        return self._l10n_cl_is_emitted()

    def _l10n_cl_far_text(self):
        day, today = self.invoice_date, clock.today()
        names = {"day": format_date(self.env, day), "today": format_date(self.env, today)}
        if day > today:
            return self.env._(
                "The document would be dated %(day)s, which is still to come (today is %(today)s).",
                **names,
            )
        if today - day > _TERM:
            return self.env._(
                "The document would be dated %(day)s (today is %(today)s): the SII objects to what "
                "it gets more than three days late.",
                **names,
            )
        return self.env._(
            "The document would be dated %(day)s, in the month before (today is %(today)s): its "
            "VAT belongs to that month.",
            **names,
        )

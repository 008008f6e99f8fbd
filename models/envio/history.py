from datetime import timedelta

from odoo import api, fields, models

from ...sii import states

# So many lines are deleted in one transaction of the nightly cleaning.
_BATCH = 5000

# what became of another document of the same envelope may be asked about
_ALL_ACCEPTED = [
    ("state", "=", "processed"),
    ("dte_ids", "not any", [("state", "not in", states.LEGAL)]),
]


class Event(models.Model):
    """Lines of history that nobody needs any more go, in batches, where the issuer says after when.

    Only steps on the way of what the SII accepted; the verdict's own line stays, with the SII's
    answer, and no document nor envelope is touched.
    """

    _inherit = "l10n_cl.event"

    _by_day = models.Index("(company_id, create_date)")

    @api.autovacuum
    def _gc_history(self):
        """(done, whether some are left)"""
        issuers = self.env["l10n_cl.issuer"].sudo().search([("history_days", ">", 0)])
        for issuer in issuers:
            before = fields.Datetime.now() - timedelta(days=issuer.history_days)
            old = self.sudo().search(
                [
                    ("company_id", "=", issuer.company_id.id),
                    ("create_date", "<", before),
                    ("to_state", "not in", [*states.FINAL, "processed", "refused"]),
                    "|",
                    "&",
                    ("dte_id.state", "in", states.LEGAL),
                    ("dte_id.write_date", "<", before),
                    "&",
                    ("envio_id.write_date", "<", before),
                    ("envio_id", "any", _ALL_ACCEPTED),
                ],
                order="company_id, create_date",
                limit=_BATCH,
            )
            if old:
                old.unlink()
                return len(old), True
        return 0, False

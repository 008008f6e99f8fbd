from odoo import models
from odoo.exceptions import UserError

from ..access.entry import MANAGER, entry


class Dte(models.Model):
    """A folio is given up: by a manager, and only when the SII does not hold the document.

    Never one that was sent or may have been. The invoice is free again afterwards.
    """

    _inherit = "l10n_cl.dte"

    @entry("read", MANAGER)
    def action_void(self):
        """Give up the folio of a document that the SII does not hold: rejected, or never sent, or
        another one is there in its place.

        The invoice is free again: it can be cancelled, or confirmed with a new folio.
        """
        for document in self.sudo():
            if not document._may_void():
                raise UserError(
                    self.env._(
                        "%s was sent to the SII, or may have been: its folio cannot be given up.",
                        document.display_name,
                    )
                )
            if document.state == "foreign":
                document._leave_to_other()
            else:
                document._void()
            # the index that keeps one document per invoice must see it before the next one
            document.flush_recordset(["state"])
            document._source()._l10n_cl_folio_given_up()

    def _void(self):
        text = self.env._("Folio given up. Declare it void on the SII's portal.")
        self._move_to("void", text)
        self.env["l10n_cl.folio.void"].sudo().create(
            {
                "company_id": self.company_id.id,
                "caf_id": self.caf_id.id,
                "dte_id": self.id,
                "folio": self.folio,
                "reason": self.sii_text,
            }
        )

    def _leave_to_other(self):
        """Give up a folio that is another document's: there is nothing to declare void."""
        self._move_to(
            "elsewhere", self.env._("Folio given up: the SII holds another document under it.")
        )

    def _may_void(self):
        """Rejected, or signed and never on its way: the SII has nothing of it. One that stopped
        before it was sealed, as when its file is lost, never was either."""
        return self.state in ("rejected", "foreign") or (
            self.state in ("signed", "exception") and not self.envio_id
        )

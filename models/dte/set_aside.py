from odoo import fields, models
from odoo.fields import Domain

from ...sii.states import SET_ASIDE


class Dte(models.Model):
    """Folios without document, reserved or free, are rows of the same table, as it is the ledger.

    No search, list, count, export, page or program finds them, for they are no documents. Who
    takes folios reads them by SQL (folio/stock.py, ledger.py), and other SQL over this table leaves
    them out.
    """

    _inherit = "l10n_cl.dte"

    reserved_for = fields.Char(
        readonly=True, copy=False, help="Who holds this folio, which has no document yet."
    )

    _free_first = models.Index("(caf_id, folio) WHERE state = 'free'")
    _reserved_first = models.Index("(reserved_for, caf_id, folio) WHERE state = 'reserved'")

    def _search(self, domain, *args, **options):
        return super()._search(
            Domain(domain) & Domain("state", "not in", SET_ASIDE), *args, **options
        )

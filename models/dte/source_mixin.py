from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii import states
from ..base.texts.errors import errors_as_user_errors


class Source(models.AbstractModel):
    """Whatever can become a tax document: an invoice, a picking, a till order, a program's order.

    The document's row, its envelope, mails, public page, customer's answers and webhooks ask their
    source nothing but what stands here; printing and delivery add what they need. A source is a
    mail.thread and has activities (mail.activity.mixin), and has ``company_id``.

    What a source must give: ``_l10n_cl_document`` and ``_l10n_cl_document_type``. It becomes a
    document by ``_l10n_cl_issue``; from then on it learns each state by
    ``_l10n_cl_state_followed``. None of it is sent by itself.
    """

    _name = "l10n_cl.dte.source.mixin"
    _description = "What can become a tax document"

    # -- what it gives

    def _l10n_cl_document(self):
        """The sii.Document that it becomes. Reads records only."""
        raise NotImplementedError

    def _l10n_cl_document_type(self):
        """The l10n_latam.document.type of what it becomes."""
        raise NotImplementedError

    def _l10n_cl_buyer(self):
        """The card that it is made out to."""
        return self.partner_id

    def _l10n_cl_taxpayer(self):
        """The card of whose RUT it bears."""
        return self._l10n_cl_buyer().commercial_partner_id

    def _l10n_cl_people(self):
        """Users who look after it, the first one first."""
        return [self.create_uid]

    def _l10n_cl_person(self):
        """Who is called when a person must act."""
        return self.company_id._l10n_cl_responsible(*self._l10n_cl_people(), record=self)

    def _l10n_cl_changed_documents(self):
        """The documents (l10n_cl.dte) that it changes, where it becomes a note."""
        return self.env["l10n_cl.dte"]

    # -- its document

    def _l10n_cl_documents(self):
        """All documents that it has been; given up ones, too."""
        mine = [("source_model", "=", self._name), ("source_id", "in", self.ids)]
        return self.env["l10n_cl.dte"].sudo().search(mine)

    def _l10n_cl_current(self):
        """Its document; empty before it is issued, and when its folio was given up."""
        documents = self._l10n_cl_documents()
        return documents.filtered(lambda document: document.state not in states.GIVEN_UP)[:1]

    def _l10n_cl_link(self):
        """Values of l10n_cl.dte that state whose document it is."""
        return {"source_model": self._name, "source_id": self.id}

    def _l10n_cl_issue(self):
        """Take a folio, stamp, sign and store, all or nothing; a rejected document keeps its folio.

        Returns the document. Raises UserError with all that keeps it from being legal, and when it
        was issued already: what the SII may hold is never signed again.
        """
        self.ensure_one()
        documents = self.env["l10n_cl.dte"].sudo()
        document = self._l10n_cl_current() or documents._open_for(self)
        if document.state not in ("pending", "rejected"):
            raise UserError(self.env._("Emitted already: %s.", document.display_name))
        if document.state == "rejected":
            document._reopen()
        with errors_as_user_errors(self.env, between="\n"):
            document._sign(self._l10n_cl_document())
        self.env["l10n_cl.envio"]._wake("send")
        return document

    def _l10n_cl_state_followed(self, document):
        """Its document has a new state, and all other consequences have been drawn."""

    def _l10n_cl_folio_given_up(self):
        """The folio of its document is no longer its own."""

    @api.ondelete(at_uninstall=False)
    def _unlink_l10n_cl_never_with_folio(self):
        mine = [("source_model", "=", self._name), ("source_id", "in", self.ids)]
        if self.env["l10n_cl.dte"].sudo().search_count(mine, limit=1):
            raise UserError(
                self.env._("A document with a folio is evidence and cannot be deleted.")
            )


class Dte(models.Model):
    """Whose document it is: an invoice of Odoo, or any other source."""

    _inherit = "l10n_cl.dte"

    # of what is no invoice
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)

    _one_per_source = models.UniqueIndex(
        "(source_model, source_id) WHERE source_id > 0 AND state NOT IN ('void', 'elsewhere')",
        "This invoice has a tax document already.",
    )

    def _source(self):
        """What it was made of (l10n_cl.dte.source.mixin); an empty one for folios that other
        systems used, and where the source is gone, with its addon perhaps."""
        model = self.env.get(self.source_model) if self.source_id else None
        if model is not None and hasattr(model, "_l10n_cl_state_followed"):
            return model.browse(self.source_id).exists()
        return self.move_id

    def _sources(self):
        """What they were made of, a recordset for each model."""
        found = {}
        for document in self:
            source = document._source()
            found[source._name] = found.get(source._name, source.browse()) | source
        return [sources for sources in found.values() if sources]

    @api.model
    def _with_source(self):
        """Domain of the documents that were made here."""
        return ["|", ("move_id", "!=", False), ("source_id", "!=", False)]

from odoo import api, models
from odoo.fields import Domain

from ..access.entry import EMITTER
from .words import type_name

# So many are looked at; whoever has more has one trouble, not many
_MOST = 200


class Board(models.AbstractModel):
    """What was rejected, stopped or parked, by its cause and not by document."""

    _inherit = "l10n_cl.board"

    @api.model
    def _causes(self, companies):
        """Each: ``figure``, ``title``, ``text``, ``button`` and which list it opens, most first."""
        groups = {}
        documents = self.env["l10n_cl.dte"].search(
            Domain("company_id", "in", companies.ids)
            & Domain("state", "in", ("rejected", "foreign", "exception")),
            order="id desc",
            limit=_MOST,
        )
        for document in documents:
            figure = "stopped" if document.state == "exception" else "rejected"
            groups.setdefault((figure, self._cause_of(document)), []).append(document)
        causes = [
            self._cause(figure, cause, found, figure) for (figure, cause), found in groups.items()
        ]
        parked = self.env["l10n_cl.emission.request"]._read_group(
            [("company_id", "in", companies.ids), ("state", "=", "parked")],
            ["reason_text"],
            ["__count"],
        )
        causes += [self._cause("stopped", text or "", count, "parked") for text, count in parked]
        return sorted(causes, key=lambda cause: -cause["count"])

    def _cause_of(self, document):
        """In the words of the table of codes; else the SII's own."""
        reason = document.reason_ids[:1]
        return reason.title or reason.sii_text or document.sii_text or ""

    def _document_name(self, document):
        """``Factura 10466``."""
        return f"{type_name(document.document_code).rsplit(' ', 1)[0]} {document.folio}"

    def _cause(self, figure, cause, found, opened):
        """found: the documents, or how many requests."""
        count = found if isinstance(found, int) else len(found)
        if opened == "parked":
            one, many = (
                self.env._("1 document cannot be emitted"),
                self.env._("%s documents cannot be emitted: the same is missing", count),
            )
        else:
            name = self._document_name(found[0])
            one = (
                self.env._("%s was rejected", name)
                if figure == "rejected"
                else self.env._("%s has stopped", name)
            )
            many = (
                self.env._("%s documents rejected for the same cause", count)
                if figure == "rejected"
                else self.env._("%s documents stopped for the same cause", count)
            )
        return {
            "figure": figure,
            "count": count,
            "title": one if count == 1 else many,
            "text": cause,
            "icon": "fa-times-circle" if figure == "rejected" else "fa-pause",
            "level": "bad" if figure == "rejected" else "stop",
            "button": self.env._("Correct")
            if self.env.user.has_group(EMITTER)
            else self.env._("View"),
            "open": opened,
            "ids": [] if isinstance(found, int) else [document.id for document in found],
        }

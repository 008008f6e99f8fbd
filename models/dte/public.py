import re
import secrets

from odoo import api, fields, models

from ...sii import states
from ...sii.printing import words

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43,100}")
_ROUTE = "/l10n_cl_sii/document/"


class Dte(models.Model):
    """The page on which whoever holds the token of a document sees and downloads it.

    Buyers must be able to get their boletas for three months (PROTOCOL 4.4): the page stays.
    """

    _inherit = "l10n_cl.dte"

    # the index makes the search take the same time for a wrong token as for a right one
    public_token = fields.Char(
        copy=False, readonly=True, index="btree_not_null", groups="base.group_system"
    )
    public_pdf = fields.Binary(attachment=True, readonly=True, groups="base.group_system")

    def _public_url(self):
        """Address of the page; the token is made when it is needed first."""
        return f"{self.get_base_url()}{self._public_path()}"

    def _public_path(self):
        """The same on whatever host it is asked for."""
        self.ensure_one()
        document = self.sudo()
        if not document.public_token:
            document.public_token = secrets.token_urlsafe(32)
        return f"{_ROUTE}{document.public_token}"

    @api.model
    def _find_public(self, token):
        """The document of a token, as anybody may see it; empty when there is none."""
        if not _TOKEN.fullmatch(token):
            return self.browse()
        found = self.sudo().search([("public_token", "=", token)])
        # PostgreSQL compares with the index, we byte by byte in constant time
        same = found.filtered(lambda dte: secrets.compare_digest(dte.public_token, token))
        return same.filtered(lambda dte: dte._source() and dte.xml_sha256)

    def _printed(self):
        """Those that a print stands for: signed, and neither rejected nor given up."""
        return self.filtered(
            lambda dte: dte.xml_sha256 and dte.state not in ("pending", *states.DEAD)
        )

    def _legal_name(self):
        """Its name in the words of the law, such as 'Factura Electrónica'."""
        return words.document_name(self.document_code)

    def _public_state(self):
        """The verdict in one word, for people who know nothing of queues."""
        self.ensure_one()
        on_its_way = self.state in ("pending", "signed", "sent", "exception")
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._("Being processed") if on_its_way else labels[self.state]

    def _public_pdf_bytes(self):
        """The print, rendered once (room printing keeps it): the page may be asked as often as
        anybody likes."""
        self.ensure_one()
        # print and signed file stand for each other: none without the other
        self._xml_bytes()
        if not (content := self._kept_print()):
            content = self._source().with_company(self.company_id)._l10n_cl_pdf()
            if not self._kept_print():
                self._keep_print(content)
        return content

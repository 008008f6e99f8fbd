import base64

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import VIEWER, entry
from ...models.access.unforeseen import reads
from ...models.printing.sheet import sheet_values
from ...models.received.signer import judge_signer
from ...sii.authority.authorities import Store
from ...sii.errors import SignatureProblem, UnsafeXml
from ...sii.printing import sheet, verdicts
from ...sii.received import document as received
from ...sii.xml import reader

_MOST = 50


class PrintReceived(models.TransientModel):
    """A supplier's XML, printed as the law has documents look: its own print may be lost."""

    _name = "l10n_cl.print.received"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Print a received XML"

    file = fields.Binary("XML file", required=True)
    file_name = fields.Char()
    sheet_ids = fields.One2many("l10n_cl.print.received.sheet", "wizard_id")

    @entry("write", VIEWER)
    @reads("file_name")
    def action_print(self):
        """The PDF of every document in the file."""
        self.ensure_one()
        data = base64.b64decode(self.file)
        try:
            documents = reader.fragments(data)
            resolution = sheet.resolution(data)
            if len(documents) > _MOST:
                raise UserError(self.env._("At most %s documents are printed at once.", _MOST))
            for xml in documents:
                sheet.read(xml)
        except (UnsafeXml, SignatureProblem) as error:
            raise UserError(self._refusal()) from error
        if not documents:
            raise UserError(self._refusal())
        legend = f"Res. {resolution[0]} de {resolution[1]}" if resolution else False
        self.sheet_ids = [
            Command.clear(),
            *(
                Command.create({"xml": base64.b64encode(xml), "resolution": legend})
                for xml in documents
            ),
        ]
        return self.env.ref("l10n_cl_sii.action_report_received").report_action(self.sheet_ids)

    def _refusal(self):
        return self.env._(
            "This is no tax document that can be printed. Load the XML file of a DTE or of an "
            "envelope (EnvioDTE), as the supplier sent it."
        )


class PrintReceivedSheet(models.TransientModel):
    _name = "l10n_cl.print.received.sheet"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Sheet of a received XML"

    wizard_id = fields.Many2one("l10n_cl.print.received", required=True, ondelete="cascade")
    xml = fields.Binary(required=True, attachment=False)
    resolution = fields.Char()

    def _values(self):
        """What the template shows."""
        self.ensure_one()
        xml = base64.b64decode(self.xml)
        document, signer = self._judged(xml)
        return {
            **sheet_values(self.env, document.xml),
            "resolution": self.resolution,
            "verdicts": verdicts.verdicts(document, signer),
            "faulty": bool(document.authenticity.problems),
        }

    def _judged(self, xml):
        """A sii.received.document.ReceivedDte and who signed it (sii.authority.chain.Signer)."""
        issuer = self.env.company.l10n_cl_issuer_id.sudo()
        document = received.read_one(
            xml, issuer._caf_authorities() if issuer else received.AUTHORITIES
        )
        read = document.authenticity
        authorities = issuer._authorities() if issuer else Store()
        signer = judge_signer(read, document.signed_at, authorities, read.certificate is None)
        return document, signer

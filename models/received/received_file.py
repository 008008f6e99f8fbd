import base64

from odoo import api, fields, models

from ...sii.errors import UnsafeXml
from ...sii.received import compare
from ...sii.received import document as received
from ...sii.received.file import FiledDte
from ..base.big_integer import BigInteger
from ..base.texts.places import place_text
from .verdicts import DIFFERS, HELD, UNASKED, WAITING, WHOLE

# Further files of a document; strangers may send any number.
_MOST_FILES = 10
_KEPT = (
    "file_name",
    "envelope_id",
    "envelope_digest",
    "sender",
    "xml_sha256",
    "problems",
    "bytes_verdict",
    "stamp_verdict",
    "chain_verdict",
    "chain_reason",
    "chain_sha1",
    "signer_name",
    "signer_rut",
    "signer_issuer",
    "signer_authority",
    "signed_at",
)


class ReceivedFile(models.Model):
    """Another file of a document that was received: same issuer, type and folio, other bytes.

    It is kept beside the one that counts, with what differs: a person sees both.
    """

    _name = "l10n_cl.received.file"
    _description = "Another file of a received document"
    _inherit = ["l10n_cl.verdicts.mixin", "l10n_cl.intact.mixin"]
    _order = "id desc"

    received_id = fields.Many2one(
        "l10n_cl.received.dte", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="received_id.company_id", store=True, index=True)
    xml_name = fields.Char(compute="_compute_xml_name")
    xml_sha256 = fields.Char("SHA-256", required=True)
    file_name = fields.Char("File", readonly=True)
    envelope_id = fields.Char(readonly=True)
    envelope_digest = fields.Char(readonly=True)
    sender = fields.Char("Sent by", readonly=True)
    issued_on = fields.Date("Date", readonly=True)
    amount_total = BigInteger("Total", readonly=True)
    differences = fields.Text(
        "What differs", readonly=True, help="Place; what the document says; what this file says."
    )
    same_signature = fields.Boolean(
        readonly=True, help="The same signed document, written otherwise around it."
    )

    _one_each = models.UniqueIndex("(received_id, xml_sha256)", "This file is kept already.")

    @api.depends("received_id.xml_name", "xml_sha256")
    def _compute_xml_name(self):
        for file in self:
            stem = (file.received_id.xml_name or "").removesuffix(".xml")
            file.xml_name = f"{stem}_{(file.xml_sha256 or '')[:8]}.xml"

    def _document(self):
        """As the library reads it today (sii.received.document.ReceivedDte). Raises UnsafeXml."""
        authorities = self.received_id._issuer()._caf_authorities()
        [document] = received.read(self._xml_bytes(), authorities)
        return document

    def _may_be_the_siis(self):
        """The files that the SII may hold: whole, and not judged by it yet."""
        return self.filtered(
            lambda file: (
                file.bytes_verdict == WHOLE
                and not file.same_signature
                and file.sii_verdict in (WAITING, UNASKED)
            )
        )


class ReceivedDte(models.Model):
    """In: a second file of a document. Out: it is kept as another file, or takes the first's place.

    Never decides by itself which file counts: the SII does. No file that was kept is lost.
    """

    _inherit = "l10n_cl.received.dte"

    file_ids = fields.One2many("l10n_cl.received.file", "received_id", "Other files", readonly=True)
    files_differ = fields.Boolean(compute="_compute_files_differ", store=True)

    @api.depends("file_ids.same_signature")
    def _compute_files_differ(self):
        for document in self:
            document.files_differ = not all(document.file_ids.mapped("same_signature"))

    def _take_other_file(self, values, document):
        """Keep a file of this document whose bytes are other ones.

        values: as of a new record. document: sii.received.document.ReceivedDte of it.
        """
        name = values["file_name"]
        if values["xml_sha256"] in self.file_ids.mapped("xml_sha256"):
            return self._note(self.env._("Another file of it arrived again: %s.", name))
        if len(self.file_ids) >= _MOST_FILES:
            return self._note(self.env._("One more file of it arrived and was not kept: %s.", name))
        file = self._keep_file(values, document)
        if file.same_signature:
            text = self.env._("The same signed document arrived, written otherwise: %s.", name)
            return self._note(text, file.differences or "")
        text = self.env._("Another file of this document arrived, with other content: %s.", name)
        self._note(" ".join(filter(None, [text, values["problems"]])), file.differences or "")
        if file.bytes_verdict == WHOLE:
            self._ask_about_files()
            self._call_about_files()
        return None

    def _call_about_files(self):
        """Somebody compares the files; which of them counts, the SII has answered or will."""
        held = self.sii_verdict == HELD
        hint = (
            self.env._(
                "The SII holds the one that counts here: ask the supplier who signed the other."
            )
            if held
            else self.env._("The SII is asked which of them it holds.")
        )
        text = self.env._("There are files of this document with other content. %s", hint)
        self._call_a_person(text)

    def _call_about_odd_files(self):
        others = self.file_ids.filtered(lambda file: file.bytes_verdict == WHOLE)
        if not all(others.mapped("same_signature")):
            self._call_about_files()

    def _keep_file(self, values, document):
        own = self._reread()
        same = bool(
            own
            and document.authenticity.signature_value
            and document.authenticity.signature_value == own.authenticity.signature_value
        )
        verdict = self.sii_verdict if same else WAITING
        if not same and self.sii_verdict == HELD:
            verdict = DIFFERS  # the SII holds one signature of a document, and that is the other's
        return self.env["l10n_cl.received.file"].create(
            {
                **self._values_of_file(values),
                "received_id": self.id,
                "sii_verdict": verdict,
                "same_signature": same,
                "differences": self._differences(self._xml_bytes(), document.xml),
            }
        )

    @api.model
    def _values_of_file(self, values):
        """Of a record's values, those of its file."""
        return {name: values[name] for name in ("xml", "issued_on", "amount_total", *_KEPT)}

    def _reread(self):
        """The document in the file that counts, or None where today's reader refuses it."""
        try:
            return self._document()
        except UnsafeXml:
            return None

    def _differences(self, counts, other):
        """What differs, a line for each place. counts: bytes of the file that counts."""
        try:
            found = compare.differences(counts, other)
        except UnsafeXml:
            return self.env._("They cannot be compared.")
        nothing = self.env._("(nothing)")
        return "\n".join(
            f"{place_text(self.env, each.path)}: {each.first or nothing} → {each.second or nothing}"
            if each.path != compare.STAMP
            else self.env._("The stamp (TED) is another one.")
            for each in found
        )

    def _ask_about_files(self):
        """The SII answers which of the files it holds."""
        if self.state == "suspect" and not self.problems:
            self._move_to("new", self.env._("Another file of it is asked about."))
        elif self.sii_verdict == UNASKED:
            self.next_attempt_at = False
            self._call_workers()

    def _keep_own_file(self, counts, verdict=WAITING):
        """The file that counted is kept as one of the others. counts: bytes of its successor."""
        values = {name: self[name] for name in ("issued_on", *_KEPT)}
        self.env["l10n_cl.received.file"].create(
            {
                **values,
                "amount_total": int(self.amount_total),
                "xml": base64.b64encode(self._xml_bytes()),
                "received_id": self.id,
                "sii_verdict": verdict,
                "differences": self._differences(counts, self._xml_bytes()),
            }
        )

    def _promote(self, file):
        """The SII holds this file and not the one that counted: they change places."""
        document = file._document()
        filed = FiledDte(document, file.file_name, file.envelope_id, file.envelope_digest)
        authorities = self._issuer()._authorities()
        values = self._values(filed, self.company_id, file.sender, authorities)
        self._keep_own_file(document.xml, DIFFERS)
        file.unlink()
        self.write({**values, "sii_verdict": HELD})
        text = self.env._("The SII holds the file %s: it counts from now on.", filed.file_name)
        self._note(text)
        if self.bill_id.invoice_line_ids:
            self._bill_is_of_other_file()

import base64
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii.received import file as received_file
from ..access.unforeseen import unforeseen
from ..base.big_integer import BigInteger
from ..base.texts.errors import error_text

MOST_BYTES = 1_000_000
_MOST_DOCUMENTS = 50
MOST_TRIES = 3  # at one document, where a worker may be killed
_LONGEST_TEXT = 100_000


class ReceivedHeavy(models.Model):
    """A file that is too much for one request: kept whole, and read by a scheduled action.

    Each document is kept in a transaction of its own, so that what is done stays done.
    """

    _name = "l10n_cl.received.heavy"
    _description = "Received file that is being read"
    _inherit = ["l10n_cl.queue.mixin"]
    _order = "id desc"
    _queue = "read"

    # waiting --all of it is read--> done
    state = fields.Selection(
        [("waiting", "Being read"), ("done", "Read")],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    kind = fields.Selection(
        [("documents", "Documents of suppliers"), ("register", "List of the SII's register")],
        required=True,
        default="documents",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    uuid = fields.Char(
        "Identifier", required=True, readonly=True, default=lambda _self: str(uuid.uuid4())
    )
    name = fields.Char("File", required=True, readonly=True)
    file = fields.Binary("Content", attachment=True, readonly=True)
    sender = fields.Char("Sent by", readonly=True)
    position = BigInteger("Read", readonly=True, help="Documents that were looked at.")
    kept = BigInteger(readonly=True, help="Documents of this file that are among the received.")
    refused = BigInteger(readonly=True)
    text = fields.Text("What is wrong", readonly=True)

    month = fields.Char(readonly=True, help="Of a list of the register whose name does not tell.")
    month_sure = fields.Boolean(readonly=True)

    _uuid_unique = models.UniqueIndex("(uuid)")

    @api.model
    def _is_heavy(self, data):
        """Whether a file is more than a request should read."""
        return received_file.is_heavy(data, MOST_BYTES, _MOST_DOCUMENTS)

    @api.model
    def _keep(self, data, name, company, sender=""):
        """Keep a file for the scheduled action. Raises UserError where nothing can be received."""
        self.env["l10n_cl.received.dte"]._receiving_issuer(company)
        values = {"name": name[:200], "company_id": company.id, "sender": sender}
        heavy = self.sudo().create({**values, "file": base64.b64encode(data)})
        self._call_workers()
        return heavy

    def _being_read_text(self):
        """A sentence for whoever sent it."""
        return self.env._(
            "%s is big and is being read. What comes of it is shown under "
            "SII Invoicing > SII > Files Being Read.",
            self.name,
        )

    @api.model
    def _cron_read(self):
        """Read the files that wait, document by document, as long as there is time."""
        self._process_queue(self._due("waiting"), lambda heavy: heavy._read())

    def _read(self):
        """Go on where it was left; stops when the scheduled action has no time left."""
        if self.kind == "register":
            self._read_register()
            return
        documents = self.env["l10n_cl.received.dte"].sudo()
        issuer = documents._receiving_issuer(self.company_id)
        authorities = issuer._authorities()
        self.attempts += 1
        if self.attempts > MOST_TRIES:
            self._count(documents, self.env._("Document %s could not be read.", self.position + 1))
        self._commit()
        data = self.with_context(bin_size=False).file
        pieces = received_file.pieces(
            base64.b64decode(data), self.name, issuer._caf_authorities(), self.position
        )
        for name, piece in pieces:
            if isinstance(piece, received_file.FiledDte):
                kept, text = documents._take_alone(
                    piece, self.company_id, self.sender or "", authorities
                )
            else:
                kept, text = documents, error_text(self.env, piece)
            self._count(kept, text and documents._refusal(name, text))
            if not self._commit_processed(1):
                return
        self._end()

    def _count(self, kept, text):
        self.write({"position": self.position + 1, "attempts": 0})
        if kept:
            self.kept += 1
        if text:
            self.refused += 1
            self.text = f"{self.text or ''}{text}\n"[:_LONGEST_TEXT]

    def _end(self):
        self.state = "done"
        body = self.env._(
            "%(file)s is read: %(kept)s documents kept, %(refused)s refused.",
            file=self.name,
            kept=self.kept,
            refused=self.refused,
        )
        for issuer in self.company_id.l10n_cl_issuer_id.sudo():
            issuer.message_post(body=body)

    def _process_failed(self, error):
        """Whatever is wrong with the file as a whole: noted on it, and it is not tried forever."""
        text = str(error) if isinstance(error, UserError) else unforeseen(self.env, error)
        self.write(
            {"state": "done", "text": f"{self.text or ''}{text}\n", "refused": self.refused + 1}
        )

    # -- a list of the register that is too long for one request: one transaction, as any list

    @api.model
    def _is_long(self, size):
        """Whether lists of so many bytes are more than a request should read."""
        return size > MOST_BYTES

    @api.model
    def _keep_register(self, data, name, company, month, sure=False):
        """Keep a list of the register for the scheduled action. sure: month is not asked about."""
        values = {"kind": "register", "name": name[:200], "company_id": company.id}
        values |= {"month": month, "month_sure": sure}
        heavy = self.sudo().create({**values, "file": base64.b64encode(data)})
        self._call_workers()
        return heavy

    def _read_register(self):
        self.attempts += 1
        given_up = self.attempts > MOST_TRIES  # a worker may be killed over it
        self._commit()
        if given_up:
            self.write({"refused": 1, "text": self.env._("%s could not be read.", self.name)})
        else:
            self._take_register(base64.b64decode(self.with_context(bin_size=False).file))
        self._end()

    def _take_register(self, data):
        company = self.company_id
        reader = self.env["l10n_cl.import.rcv"].with_company(company)
        values = {"month": self.month, "month_sure": self.month_sure}
        reader = reader.create({"company_id": company.id, **values})
        result = reader._read(self.name, data)
        self.write(
            {
                "kept": result.created + result.changed + result.unchanged,
                "refused": 0 if result.period_id else 1,
                "text": result.problems,
            }
        )

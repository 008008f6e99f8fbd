from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access.unforeseen import unforeseen
from ..base.big_integer import BigInteger
from ..base.incident import reporting


class ReceivedDte(models.Model):
    """A tax document that somebody issued to us: evidence that nobody edits.

    One record for each document, by whatever way and however often it arrives.
    """

    _name = "l10n_cl.received.dte"
    _description = "Received tax document"
    _inherit = [
        "l10n_cl.state.mixin",
        "l10n_cl.queue.mixin",
        "l10n_cl.verdicts.mixin",
        "l10n_cl.intact.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "issued_on desc, id desc"
    _queue = "verify"
    _check_company_auto = True

    # new --its signatures hold and the SII knows it--> verified
    # new --altered, or the SII does not know it--> suspect --ask again--> new
    # verified --we accept, claim or receive the goods--> answered
    # verified --eight days pass in silence, which accepts it--> expired
    state = fields.Selection(
        [
            ("new", "To verify"),
            ("verified", "Verified"),
            ("suspect", "Suspect"),
            ("answered", "Answered"),
            ("expired", "Accepted by silence"),
        ],
        required=True,
        default="new",
        readonly=True,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    issuer_rut = fields.Char("Supplier RUT", required=True, readonly=True)
    issuer_name = fields.Char("Supplier", readonly=True)
    receiver_rut = fields.Char("Receiver RUT", readonly=True)
    document_code = BigInteger("Type", required=True, readonly=True)
    document_type_id = fields.Many2one(
        "l10n_latam.document.type", readonly=True, ondelete="restrict"
    )
    folio = BigInteger(required=True, readonly=True)
    issued_on = fields.Date("Date", required=True, readonly=True)
    due_on = fields.Date("Due date", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_net = fields.Monetary("Net", readonly=True)
    amount_exempt = fields.Monetary("Exempt", readonly=True)
    amount_vat = fields.Monetary("VAT", readonly=True)
    amount_total = fields.Monetary("Total", readonly=True)
    amount_not_billable = fields.Monetary(
        "Not billed", readonly=True, help="What the document tells beside its total (MontoNF)."
    )
    amount_previous_balance = fields.Monetary(
        "Previous balance", readonly=True, help="Owed before, and no part of the total."
    )
    amount_payable = fields.Monetary(
        "To pay", readonly=True, help="What the supplier asks for, all of this together."
    )
    xml_name = fields.Char(compute="_compute_xml_name")
    file_name = fields.Char("File", readonly=True)
    envelope_id = fields.Char(readonly=True)
    envelope_digest = fields.Char(readonly=True)
    sender = fields.Char("Sent by", readonly=True, help="E-mail address that it came from.")
    variant = fields.Char("Signed as", readonly=True, help="Namespaces of its signature: D, N, X.")
    sums_wrong = fields.Boolean("Totals do not follow from lines", readonly=True)
    sii_text = fields.Char("The SII says", readonly=True)
    unknown_answers = fields.Integer(readonly=True)
    received_at = fields.Datetime("Received by the SII", readonly=True)
    event_ids = fields.One2many("l10n_cl.event", "received_id", "History")

    _to_verify_first = models.Index("(id) WHERE state = 'new'")
    _suspects = models.Index("(id) WHERE state = 'suspect'")
    _newest = models.Index("(company_id, issued_on DESC, id DESC)")
    _one_each = models.UniqueIndex(
        "(company_id, issuer_rut, document_code, folio)", "This document was received already."
    )

    _legal_moves = {
        "new": {"verified", "suspect"},
        "suspect": {"new"},
        "verified": {"answered", "expired"},
        "answered": set(),
        "expired": set(),
    }

    @api.depends("document_type_id", "document_code", "folio", "issuer_name")
    def _compute_display_name(self):
        for received in self:
            prefix = received.document_type_id.doc_code_prefix or received.document_code
            received.display_name = f"{prefix} {received.folio:06d} {received.issuer_name or ''}"

    @api.depends("issuer_rut", "document_code", "folio")
    def _compute_xml_name(self):
        for received in self:
            received.xml_name = (
                f"{received.issuer_rut}_T{received.document_code}F{received.folio}.xml"
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_suspects(self):
        if any(received.state not in ("new", "suspect") for received in self):
            raise UserError(self.env._("A document that the SII knows cannot be deleted."))

    def _event_field(self):
        return "received_id"

    def _state_changed(self, before):
        self.activity_unlink(["l10n_cl_sii.activity_received"])
        for received in self:
            if received.state == "new":
                received._call_workers()
            elif received.state == "suspect":
                received._call_a_person(received.problems or received.sii_text)

    @reporting
    def _call_a_person(self, note):
        """One activity for each document; a repeated one is replaced."""
        self._l10n_cl_call(
            "l10n_cl_sii.activity_received",
            self.env._("%s needs attention", self.display_name),
            note,
            *self._responsible_users(),
        )

    def _responsible_users(self):
        """Who looks after the supplier, or else who loaded the document."""
        return self.sudo().partner_id.user_id, self.create_uid

    def _issuer(self):
        """Who we are to the SII."""
        return self.company_id.l10n_cl_issuer_id.sudo()

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and tried again tomorrow.

        One that today's reader cannot judge at all counts as altered: the others are judged.
        """
        if not self.bytes_verdict:
            self.write({"bytes_verdict": "altered", "stamp_verdict": "invalid"})
        self._ask_again(unforeseen(self.env, error))

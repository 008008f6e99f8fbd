from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...sii import kinds, states
from ..base.big_integer import BigInteger
from ..issuer.channels import BOLETA, DTE


class Dte(models.Model):
    """One tax document: evidence that nobody edits.

    Made by ``_open_for`` (its folio) and ``_sign`` (its bytes), both in emit.py; followed by
    its envelope. What each new state brings about is listed in state.py. Its number, once taken,
    is never given to another document, and no byte of its XML changes after it was signed, unless
    the SII rejected it: then the same folio is corrected.
    """

    _name = "l10n_cl.dte"
    _description = "Electronic tax document (DTE)"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin", "l10n_cl.intact.mixin"]
    _order = "issued_on desc, document_code, folio desc"
    _check_company_auto = True

    # pending --stamp and sign--> signed --upload--> sent --poll--> accepted | objected | rejected
    # pending, signed, sent --cannot go on--> exception --retry--> pending | signed | sent
    # sent --its envelope was refused for another's fault--> signed
    # signed --refused at the door--> rejected --correct, same folio--> pending
    # rejected, signed and never sent, exception and never sealed --give up the folio--> void
    # exception --its track id was lost, and the portal shows it--> rejected
    # signed, sent, rejected --the SII holds another document of this folio--> foreign
    # exception --whose document the SII holds was in doubt, and the portal shows it--> foreign
    # foreign --give up the folio--> elsewhere; so are folios born that another system used
    # objected is legal: accepted with objections (reparos)
    state = fields.Selection(
        [(state.name, state.label) for state in states.OF_DOCUMENTS],
        required=True,
        default="pending",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    issuer_id = fields.Many2one("l10n_cl.issuer", required=True, readonly=True, ondelete="restrict")
    issuer_rut = fields.Char(required=True, readonly=True)
    environment = fields.Selection(
        selection=lambda self: (
            self.env["l10n_cl.issuer"]._fields["environment"]._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    document_type_id = fields.Many2one(
        "l10n_latam.document.type", required=True, readonly=True, ondelete="restrict"
    )
    document_code = BigInteger("Type", required=True, readonly=True)
    folio = BigInteger(readonly=True)
    caf_id = fields.Many2one("l10n_cl.caf", "CAF", readonly=True, ondelete="restrict", index=True)
    generation = BigInteger(
        readonly=True, default=1, help="Grows when a rejected document is corrected."
    )
    # the inverse by which Odoo finds, unasked, whose fields a change of state changes
    projection_ids = fields.One2many("account.move", "l10n_cl_dte_id", "Invoices", readonly=True)
    move_id = fields.Many2one(
        "account.move", "Invoice", readonly=True, index=True, ondelete="restrict"
    )
    waits_for_id = fields.Many2one(
        "l10n_cl.dte",
        "Waits for",
        readonly=True,
        index="btree_not_null",
        help="A note is sent once the SII has accepted the document it refers to.",
    )
    bulk = fields.Boolean(readonly=True, help="Posted with many others: nobody waits for it.")
    issued_on = fields.Date(readonly=True)
    receiver_rut = fields.Char("Receiver RUT", readonly=True)
    receiver_name = fields.Char("Receiver", readonly=True)
    receiver_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, help="The card that it was made out to."
    )
    amount_total = BigInteger("Total", readonly=True, help="Pesos.")
    payload = fields.Json(readonly=True, help="What the document says; its XML is made of it.")
    xml_name = fields.Char(compute="_compute_xml_name")
    envio_id = fields.Many2one("l10n_cl.envio", readonly=True, index=True, ondelete="restrict")
    track_id = fields.Char(related="envio_id.track_id")
    sii_text = fields.Char("The SII says", readonly=True)
    event_ids = fields.One2many("l10n_cl.event", "dte_id", "History")
    is_boleta = fields.Boolean("Boleta", compute="_compute_is_boleta", search="_search_is_boleta")
    void_ids = fields.One2many("l10n_cl.folio.void", "dte_id", readonly=True)
    elsewhere_told = fields.Boolean(
        readonly=True,
        copy=False,
        help="A manager said that another system used this folio, and may take that back.",
    )

    # lists of people: as the model is ordered
    _newest = models.Index("(issued_on DESC, document_code, folio DESC)")
    _folio_unique = models.UniqueIndex(
        "(issuer_rut, environment, document_code, folio) WHERE folio > 0",
        "This folio is taken.",
    )
    _one_per_move = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL AND state NOT IN ('void', 'elsewhere')",
        "This invoice has a tax document already.",
    )
    # what is not decided, in the order in which it is taken up (queue/claim.py): an index of the
    # state alone would be preferred while the statistics are those of yesterday, and then sorted
    _undecided_first = models.Index(
        "(state, issuer_id, COALESCE(bulk, FALSE), id) WHERE state NOT IN ('accepted', 'objected')"
    )
    _to_seal_first = models.Index(
        "(issuer_id, COALESCE(bulk, FALSE), id) WHERE state = 'signed' AND envio_id IS NULL"
    )
    _folio_sane = models.Constraint(
        "CHECK (folio IS NULL OR folio >= 0)", "A folio is a positive number."
    )

    @api.depends("document_type_id", "folio")
    def _compute_display_name(self):
        for dte in self:
            prefix = dte.document_type_id.doc_code_prefix or ""
            dte.display_name = f"{prefix} {dte.folio:06d}".strip()

    @api.depends("issuer_rut", "document_code", "folio")
    def _compute_xml_name(self):
        for dte in self:
            dte.xml_name = f"{dte.issuer_rut}_T{dte.document_code}F{dte.folio}.xml"

    @api.ondelete(at_uninstall=False)
    def _unlink_never_with_folio(self):
        if any(dte.folio for dte in self):
            raise UserError(
                self.env._("A document with a folio is evidence and cannot be deleted.")
            )

    def _event_field(self):
        return "dte_id"

    @api.depends("document_code")
    def _compute_is_boleta(self):
        for document in self:
            document.is_boleta = kinds.of(document.document_code).is_boleta

    @api.model
    def _search_is_boleta(self, operator, values):
        if operator != "in":
            return NotImplemented
        boletas = Domain("document_code", "in", kinds.codes(is_boleta=True))
        return Domain.OR(boletas if value else ~boletas for value in values)

    def _is_boleta(self):
        return kinds.of(self.document_code).is_boleta

    def _channel(self):
        """The channel that reports on this document: of its envelope, else of its kind.

        Boletas of a certification set go with the facturas (PROTOCOL 11).
        """
        self.ensure_one()
        return self.envio_id.channel or (BOLETA if self._is_boleta() else DTE)

    def _mark_key(self):
        """Under which name the mark's file (folio/mark.py) keeps the highest folio sent."""
        return f"{self.issuer_rut} {self.environment} {self.document_code}"

"""A source of documents that is no invoice: a model of these tests alone."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry

from ...sii import clock
from ...sii.codes import TipoDte
from ...sii.document import Document, Issuer, Line, Receiver
from ...sii.document.amounts import totals

PARCEL = "l10n_cl.test.parcel"


def _document_of(parcel):
    issuer, company = parcel.company_id.l10n_cl_issuer_id.sudo(), parcel.company_id
    partner = parcel.partner_id
    lines = (Line(name=parcel.name, amount=parcel.price),)
    return Document(
        kind=TipoDte.FACTURA,
        issued_on=clock.today(),
        issuer=Issuer(
            rut=issuer.company_rut,
            name=company.name,
            giro=company.l10n_cl_activity_description,
            actecos=tuple(map(int, issuer.acteco_ids.mapped("code"))),
            address=company.street,
            comuna=company.partner_id.city_id.name,
            city=company.city or "",
        ),
        receiver=Receiver(
            rut=partner.vat,
            name=partner.name,
            giro=partner.l10n_cl_activity_description,
            address=partner.street,
            comuna=partner.city_id.name,
            city=partner.city or "",
        ),
        lines=lines,
        totals=totals(TipoDte.FACTURA, lines),
    )


def _model():
    class Parcel(models.Model):
        """Something that is sold by the piece, and becomes a factura."""

        _module = None
        _name = PARCEL
        _description = "Parcel"
        _inherit = ["mail.thread", "mail.activity.mixin", "l10n_cl.dte.source.mixin"]

        company_id = fields.Many2one("res.company", required=True)
        partner_id = fields.Many2one("res.partner", required=True)
        statement_id = fields.Many2one("l10n_cl.statement")
        name = fields.Char(required=True)
        price = fields.Integer(required=True)
        heard = fields.Char(default="")

        def _l10n_cl_document_type(self):
            return self.env["l10n_latam.document.type"].search(
                [("code", "=", "33"), ("country_id.code", "=", "CL")]
            )

        def _l10n_cl_document(self):
            return _document_of(self)

        def _l10n_cl_state_followed(self, document):
            self.heard = f"{self.heard} {document.state}".strip()

        def _l10n_cl_folio_given_up(self):
            self.heard += " free"

        def _l10n_cl_program_statement(self):
            return self.statement_id

    return Parcel


class ParcelCase:
    """Beside a case of ours: the model is there for its tests, and gone after them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._take_away)
        add_to_registry(cls.registry, _model())
        cls.registry._setup_models__(cls.env.cr, [])
        cls.registry.init_models(cls.env.cr, [PARCEL], {})
        cls.env["ir.model.access"].create(
            {
                "name": "parcel",
                "model_id": cls.env["ir.model"]._get_id(PARCEL),
                "group_id": cls.env.ref("base.group_user").id,
                "perm_read": True,
            }
        )

    @classmethod
    def _take_away(cls):
        del cls.registry[PARCEL]
        cls.registry._setup_models__(cls.env.cr, [])

    def parcel(self, **values):
        return (
            self.env[PARCEL]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "name": "Encomienda Ñuble",
                    "price": 5000,
                    **values,
                }
            )
        )

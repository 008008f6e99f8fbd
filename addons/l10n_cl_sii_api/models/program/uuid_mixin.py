import uuid

from odoo import fields, models
from odoo.tools import SQL


class UuidMixin(models.AbstractModel):
    """What programs call a record by; ids of the database stay inside."""

    _name = "l10n_cl.uuid.mixin"
    _description = "Identifier for programs"

    l10n_cl_uuid = fields.Char(
        "Identifier for programs",
        readonly=True,
        copy=False,
        index="btree_not_null",
        default=lambda _self: str(uuid.uuid4()),
    )
    l10n_cl_external_id = fields.Char("Reference of the program", copy=False)
    l10n_cl_extra_fields = fields.Json("Further data of the program", copy=False)

    # lists of programs
    _l10n_cl_newest = models.Index("(company_id, create_date DESC NULLS LAST, id DESC)")

    def _init_column(self, column_name):
        """Of the records that are there already, each gets an identifier of its own."""
        if column_name != "l10n_cl_uuid":
            return super()._init_column(column_name)
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = gen_random_uuid()::text",
                table=SQL.identifier(self._table),
                column=SQL.identifier(column_name),
            )
        )
        return None


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "l10n_cl.uuid.mixin"]

    _l10n_cl_external_id_once = models.UniqueIndex(
        "(create_uid, l10n_cl_external_id) WHERE l10n_cl_external_id != ''",
        "This program has one of this external_id already.",
    )


class SaleOrderTemplate(models.Model):
    _name = "sale.order.template"
    _inherit = ["sale.order.template", "l10n_cl.uuid.mixin"]

    _l10n_cl_external_id_once = models.UniqueIndex(
        "(create_uid, l10n_cl_external_id) WHERE l10n_cl_external_id != ''",
        "This program has one of this external_id already.",
    )


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "l10n_cl.uuid.mixin"]

    _l10n_cl_external_id_once = models.UniqueIndex(
        "(create_uid, l10n_cl_payable, l10n_cl_external_id) WHERE l10n_cl_external_id != ''",
        "This program has one of this external_id already.",
    )

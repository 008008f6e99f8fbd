"""What belongs to quotation templates goes over to the addon that has it now, with its columns."""

_NEW = "l10n_cl_sii_sale_management"
_MOVED = (
    "sale_order_template_view_form_emission",
    "field_sale_order_template__l10n_cl_emit_document",
    "field_sale_order_template__l10n_cl_emission_policy_id",
)


def migrate(cr, version):
    """The addon installs itself for new databases; here both of its sides are there already."""
    cr.execute(
        "UPDATE ir_model_data SET module = %s WHERE module = 'l10n_cl_sii' AND name = ANY(%s)",
        (_NEW, list(_MOVED)),
    )
    cr.execute(
        """
        UPDATE ir_module_module SET state = 'to install'
         WHERE name = %s AND state = 'uninstalled'
           AND EXISTS (SELECT FROM ir_module_module other
                        WHERE other.name = 'sale_management' AND other.state = 'installed')
        """,
        (_NEW,),
    )

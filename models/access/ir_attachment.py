from odoo import api, models
from odoo.exceptions import AccessError

# Files beside an invoice that show what was signed
_OF_INVOICES = {"account.move": {"l10n_cl_xml_file"}}
# The printed document: made anew when it is deleted, but never another file
_PRINTED = ("account.move", "invoice_pdf_report_file")
_CONTENT = {
    "checksum",
    "datas",
    "db_datas",
    "mimetype",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "store_fname",
    "type",
    "url",
}


class IrAttachment(models.Model):
    """The file of a guarded field is that field: nobody changes it by its attachment."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._l10n_cl_check_field(vals.get("res_model"), vals.get("res_field"))
                self._l10n_cl_check_printed(
                    vals.get("res_model"), vals.get("res_field"), vals.get("res_id")
                )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            for attachment in self.sudo():
                model, field = attachment.res_model, attachment.res_field
                self._l10n_cl_check_field(model, field)
                if "res_field" in vals or "res_model" in vals:
                    self._l10n_cl_check_field(
                        vals.get("res_model", model), vals.get("res_field", field)
                    )
                if _CONTENT & vals.keys():
                    self._l10n_cl_check_printed(model, field, attachment.res_id)
                    self._l10n_cl_check_printed(
                        vals.get("res_model", model),
                        vals.get("res_field", field),
                        vals.get("res_id", attachment.res_id),
                    )
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            for attachment in self.sudo():
                self._l10n_cl_check_field(attachment.res_model, attachment.res_field)
        return super().unlink()

    def _l10n_cl_check_field(self, model_name, field_name):
        if not field_name or model_name not in self.env:
            return
        model = self.env[model_name]
        closed = field_name in _OF_INVOICES.get(model_name, ())
        if hasattr(model, "_check_people"):
            closed = not model._is_open(field_name)
        if closed:
            field = model._fields.get(field_name)
            raise AccessError(
                self.env._(
                    "“%(field)s” of %(what)s is kept as it is: its file can neither be changed "
                    "nor deleted.",
                    field=field.string if field else field_name,
                    what=model._description,
                )
            )

    def _l10n_cl_check_printed(self, model_name, field_name, res_id):
        """Raise AccessError where a person gives a signed document another print."""
        if (model_name, field_name) != _PRINTED or not res_id:
            return
        move = self.env["account.move"].browse(int(res_id)).exists()
        if move.sudo()._l10n_cl_signed():
            raise AccessError(move._l10n_cl_signed_text([field_name]))

from odoo import models

_CONTENT = {"datas", "db_datas", "raw"}


class Caf(models.Model):
    """Who was given the file of a CAF: it holds no key, and still it is the company's own.

    Administrators alone can read it. Lists, forms and exports of every kind end in the two methods
    here; downloads, and files read as such, in the attachment's.
    """

    _inherit = "l10n_cl.caf"

    def _read_format(self, fnames, load="_classic_read"):
        if "xml" in fnames:
            self._trace_read()
        return super()._read_format(fnames, load)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        if any(path[:1] == ["xml"] for path in fields):
            self._trace_read()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _trace_read(self):
        """Leave a line for the managers of each company; none for what our own code reads."""
        if self.env.su:
            return
        for company, cafs in self.sudo().grouped("company_id").items():
            names = ", ".join(cafs.mapped("display_name"))
            text = self.env._("The CAF file was given out: %s", names)
            self.env["l10n_cl.trace"]._leave("caf_read", company, text, cafs[:1])


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su and _CONTENT.intersection(fnames):
            self._l10n_cl_trace_caf()
        return super()._read_format(fnames, load)

    def _l10n_cl_trace_caf(self):
        """Leave a line where these are files of CAFs."""
        of_cafs = self.sudo().filtered(
            lambda each: (each.res_model, each.res_field) == ("l10n_cl.caf", "xml")
        )
        # whoever asks gets it: a stream is made of a record that was found as system
        cafs = self.env["l10n_cl.caf"].sudo(False).browse(of_cafs.mapped("res_id"))
        cafs._trace_read()

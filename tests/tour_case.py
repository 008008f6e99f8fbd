"""What tests in a browser share: the database is theirs all the time, files come from outside."""

from contextlib import contextmanager

from odoo.tests import HttpCase


class TourCase(HttpCase):
    @contextmanager
    def enter_registry_test_mode(self):
        """A browser test is in that mode all the time."""
        yield
        self.env.invalidate_all()

    def publish(self, name, file, extension="xml"):
        """The browser finds a file (base64) under this name, as a person does on his disk."""
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": f"{name}.{extension}", "datas": file, "public": True})
        )
        self.env["ir.model.data"].sudo().create(
            {
                "module": "l10n_cl_sii",
                "name": name,
                "model": attachment._name,
                "res_id": attachment.id,
            }
        )

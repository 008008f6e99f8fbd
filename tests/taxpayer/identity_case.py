"""A database that forgets what it sent, while the SII remembers."""

from contextlib import contextmanager
from pathlib import Path

from freezegun import freeze_time

from ...sii import clock
from ..common import COMPANY_RUT, SiiCase


class IdentityCase(SiiCase):
    @contextmanager
    def forgotten(self):
        """What happens inside is undone here, as by a restored backup; the SII keeps it."""
        savepoint = self.env.cr.savepoint()
        yield
        self.env.flush_all()
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    def another_holds(self, price=5000, **values):
        """Another system has used our next folio: the SII holds its document. The folio.

        It was signed at another moment of this hour: a document of the same data, key and second
        has the same bytes, and is the same document.
        """
        ours = clock.now()
        with self.forgotten(), freeze_time(ours.replace(minute=(ours.minute + 30) % 60)):
            other = self.post(lines=[{"price_unit": price}], **values)
            self.run_crons()
            self.assertEqual(other.l10n_cl_dte_state, "accepted", other.l10n_cl_dte_sii_text)
            return other.l10n_cl_dte_id.folio

    def held(self, folio, code=33):
        """Verdicts of the SII under a folio."""
        return [each["verdict"] for each in self.sii.documents(COMPANY_RUT, code, folio)]

    def attachment(self, record, field="xml"):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("res_field", "=", field),
                ]
            )
        )

    def alter(self, record, old, new, field="xml"):
        """Change a stored file behind Odoo's back, as somebody at the disk does."""
        self.env.flush_all()
        stored = self.attachment(record, field)
        data = stored._l10n_cl_stored_bytes()
        self.assertIn(old, data)
        self.keep(stored, data.replace(old, new))

    def lose(self, record, field="xml"):
        """Delete a stored file behind Odoo's back. What it held."""
        self.env.flush_all()
        stored = self.attachment(record, field)
        data = stored._l10n_cl_stored_bytes()
        self.keep(stored, None)
        return data

    def keep(self, attachment, data):
        """Put bytes in the place of a stored file; None: there is none any more."""
        if attachment.store_fname:
            path = Path(attachment._full_path(attachment.store_fname))
            path.unlink() if data is None else path.write_bytes(data)
        else:
            self.cr.execute(
                "UPDATE ir_attachment SET db_datas = %s WHERE id = %s", (data, attachment.id)
            )
        self.env.invalidate_all()

    def incidents(self, record):
        return (
            self.env["l10n_cl.incident"]
            .sudo()
            .search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        )

import base64

from odoo import api, fields, models

from .heavy import MOST_BYTES, MOST_TRIES


class ReceivedHeavy(models.Model):
    """A list of the register that is too long for one request: one transaction, as any list is."""

    _inherit = "l10n_cl.received.heavy"

    month = fields.Char(readonly=True, help="Of a list of the register whose name does not tell.")

    month_sure = fields.Boolean(readonly=True)

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
        self.env.ref("l10n_cl_sii.cron_read_heavy").sudo()._trigger()
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

"""The button of an incident, where what it is about is gone."""

from odoo.exceptions import UserError

from ..common import SiiCase


class TestIncidentOpen(SiiCase):
    def test_the_addon_is_gone(self):
        values = {"res_model": "an.addon.of.old", "res_id": 1}
        incident = self.env["l10n_cl.incident"].sudo().new(values)
        with self.assertRaisesRegex(UserError, "no longer installed|ya no está"):
            incident.action_open()

    def test_no_reason_is_named(self):
        request = self.env["l10n_cl.emission.request"].sudo().new({})
        with self.assertRaises(UserError):
            request.action_open_reason()

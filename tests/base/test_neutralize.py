"""A neutralised copy calls no SII, whatever runs in it."""

from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests.common import _super_send

from ...sii.errors import NotSent
from ..common import SiiCase


class TestNeutralize(SiiCase):
    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        if request.url.startswith("http://neutralized.invalid"):
            return _super_send(session, request, **kwargs)
        return super()._request_handler(session, request, **kwargs)

    def neutralize(self):
        self.env.flush_all()
        for query in get_neutralization_queries(["l10n_cl_sii"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_nothing_leaves(self):
        accepted = self.post()
        self.run_crons()
        sent, ready, signed, lost = self.post(), self.post(), self.post(), self.post()
        envios = self.env["l10n_cl.envio"].sudo()
        envios._seal(ready.l10n_cl_dte_id.sudo())
        sealed = envios._seal(sent.l10n_cl_dte_id.sudo())
        sealed._move_to("sending")
        sealed._move_to("sent", track_id="1234567890")
        sent.l10n_cl_dte_id.sudo()._move_to("sent")
        envios._seal(lost.l10n_cl_dte_id.sudo())._move_to("sending")
        asked = len(self.exchanges())
        self.neutralize()
        waiting = sent + ready + signed + lost
        self.assertEqual(set(waiting.mapped("l10n_cl_dte_state")), {"exception"})
        self.assertIn("Neutralised", ready.l10n_cl_dte_sii_text)
        self.assertEqual(accepted.l10n_cl_dte_state, "accepted", "what was decided stays")
        self.run_crons()
        waiting.l10n_cl_dte_id.action_retry()
        self.assertEqual(lost.l10n_cl_dte_id.envio_id.state, "unknown", "asked for, not resent")
        self.run_crons()
        self.run_crons()
        self.assertEqual(len(self.exchanges()), asked, "not even when taken up by hand")

    def test_production_is_left_behind(self):
        # the simulator's folios are no production's, so the issuer becomes one afterwards
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.neutralize()
        self.assertEqual(self.issuer.environment, "certification")
        self.assertEqual((self.issuer.resolution_number, self.issuer.resolution_date), (0, False))
        self.assertFalse(self.issuer.sudo().database_mark)
        self.assertFalse(self.issuer._folios_left(33))
        self.assertIn("private key", self.issuer.missing)
        signing = self.issuer.sudo().certificate_id.l10n_cl_key_id
        self.assertFalse(signing)
        rows = self.env["l10n_cl.vault"].sudo().search([("kept", "!=", False)])
        cafs = self.env["l10n_cl.caf"].sudo().with_context(active_test=False).search([])
        self.assertEqual(set(rows), set(cafs.key_id), "folios of certification keep theirs")
        self.issuer.sudo().certificate_id = self.load_certificate()
        with self.issuer._gateway() as gateway, self.assertRaises(NotSent):
            gateway.ping()

    def test_certification_keeps_its_set_up(self):
        values = {"base_url": "https://api.example.com/v1", "token": "sk", "link_token": "link"}
        provider = self.env["l10n_cl.rcv.provider"].sudo().create(values)
        self.neutralize()
        self.assertFalse(provider.active)
        self.assertFalse(provider.token_id)
        self.assertTrue(self.issuer._folios_left(33))
        self.assertFalse(self.issuer.missing)

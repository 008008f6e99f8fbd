"""Open pages hear what the SII answered: one message a run and company, to who may read."""

import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket

from ...models.base.news import CHANNEL
from ..common import SiiCase


class TestNews(SiiCase):
    def messages(self):
        """Payloads of ours on the bus, and the companies whose channel they went to."""
        found = []
        for row in self.env["bus.bus"].sudo().search([]):
            message = json.loads(row.message)
            if message["type"] == CHANNEL:
                channel = json.loads(row.channel)
                self.assertEqual(channel[1], "res.company")
                self.assertEqual(channel[2], message["payload"]["company"])
                found.append(message["payload"])
        return found

    def channels(self, user):
        """What the server adds to the channels of this user's browser."""
        session = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "request", session):
            channels = self.env["ir.websocket"].with_user(user)._build_bus_channel_list([])
        return [each[0] for each in channels if isinstance(each, tuple) and each[1] == CHANNEL]

    def test_one_message_a_run(self):
        moves = [self.post() for _each in range(3)]
        self.env.cr.flush()
        self.env["bus.bus"].sudo().search([]).unlink()
        self.run_crons("cron_send")
        sent = self.messages()
        self.assertEqual(len(sent), 1)
        self.assertEqual(sent[0]["company"], self.company.id)
        self.assertEqual(
            sent[0]["records"]["account.move"], {str(move.id): "sent" for move in moves}
        )
        self.run_crons()
        told = self.messages()[-1]["records"]["account.move"]
        self.assertEqual(told, {str(move.id): "accepted" for move in moves})

    def test_ids_and_states_only(self):
        move = self.post()
        self.env.cr.flush()
        message = self.messages()[-1]
        self.assertEqual(set(message), {"company", "records", "waiting"})
        self.assertEqual(message["records"]["account.move"], {str(move.id): "signed"})

    def test_who_hears(self):
        other = self.env["res.company"].create({"name": "Another"})
        reader = self.member("reader", "base.group_user,l10n_cl_sii.group_viewer")
        self.assertEqual(self.channels(reader), [reader.company_id])
        self.assertNotIn(other, self.channels(reader))
        plain = self.member("plain", "base.group_user")
        self.assertFalse(self.channels(plain))
        portal = self.env["res.users"].create(
            {
                "name": "Buyer",
                "login": "buyer",
                "group_ids": self.env.ref("base.group_portal").ids,
            }
        )
        self.assertFalse(self.channels(portal))

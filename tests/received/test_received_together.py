"""The same document by two ways at once: one is kept, and nothing of the other is lost."""

from odoo.exceptions import UserError

from .received_case import ReceivedCase


class TestTogether(ReceivedCase):
    def another_was_quicker(self, times=1, table="l10n_cl_received_dte"):
        """Another process commits the same document between our looking for it and our keeping it:
        PostgreSQL refuses our row, and the next transaction sees theirs."""
        self.env.flush_all()
        self.cr.execute(
            f"""
            CREATE SEQUENCE refused_{table};
            CREATE FUNCTION refuse_{table}() RETURNS trigger AS $$
            BEGIN
                IF nextval('refused_{table}') <= {times} THEN
                    RAISE EXCEPTION 'duplicate key' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_{table}();
            """
        )

    def kept(self):
        return self.received.sudo().search([("company_id", "=", self.buyer.id)])

    def receive_raw(self, xml, name="dos.xml"):
        with self.enter_registry_test_mode():
            return self.received.sudo()._receive_with_refusals(
                xml, name, self.buyer, "b@example.com"
            )

    def test_reported_as_already_there(self):
        _move, xml = self.issued()
        self.another_was_quicker()
        with self.assertRaisesRegex(UserError, "dos.xml: .*it arrived by another way"):
            self.receive_raw(xml)
        self.assertEqual(len(self.kept()), 1)

    def test_the_others_of_the_file_are_kept(self):
        """In a mail: what was there is reported in the mailbox, the rest of the file is kept."""
        moves = self.post() + self.post() + self.post()
        self.run_crons("cron_send", "cron_poll")
        xml = self.env["l10n_cl.envio"].sudo()._seal(moves.l10n_cl_dte_id.sudo())._xml_bytes()
        self.another_was_quicker()
        with self.enter_registry_test_mode():
            self.buyer_issuer._take_documents("envio.xml", xml)
        self.assertEqual(len(self.kept()), 3)
        self.assertIn("it arrived by another way", self.buyer_issuer.message_ids[0].body)

    def test_another_file_of_it_is_kept_beside(self):
        """Two processes bring the same further file of a document that is known."""
        document = self.receive()
        other = document._xml_bytes().replace(b"<MntTotal>1190<", b"<MntTotal>1191<")
        self.another_was_quicker(table="l10n_cl_received_file")
        with self.assertRaisesRegex(UserError, "it arrived by another way"):
            self.receive_raw(other)
        document.invalidate_recordset()
        self.assertEqual(document.file_ids._xml_bytes(), other)

    def test_others_are_always_quicker(self):
        _move, xml = self.issued()
        self.another_was_quicker(times=100)
        with (
            self.assertLogs("odoo.addons.l10n_cl_sii", "ERROR"),
            self.assertRaisesRegex(UserError, "dos.xml"),
        ):
            self.receive_raw(xml)
        self.assertFalse(self.kept())

    def test_a_heavy_file_goes_on(self):
        moves = self.post() + self.post()
        self.run_crons("cron_send", "cron_poll")
        xml = self.env["l10n_cl.envio"].sudo()._seal(moves.l10n_cl_dte_id.sudo())._xml_bytes()
        heavy = self.env["l10n_cl.received.heavy"]._keep(xml, "grande.xml", self.buyer)
        self.another_was_quicker()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_read_heavy").method_direct_trigger()
        self.assertEqual((heavy.state, heavy.kept, heavy.refused), ("done", 1, 1))
        self.assertIn("it arrived by another way", heavy.text)
        self.assertEqual(len(self.kept()), 2)

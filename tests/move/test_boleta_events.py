"""Tickets for events want data that are not written: nobody issues them by half."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.exceptions import UserError

from ..boleta_case import BoletaCase


class TestBoletaEvents(BoletaCase):
    def keep_old_choice(self):
        """As a database of the former version has it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE l10n_cl_issuer SET boleta_service = '4' WHERE id = %s", [self.issuer.id]
        )
        self.issuer.invalidate_recordset()

    def test_nobody_chooses_it(self):
        choices = self.issuer._fields["boleta_service"].get_values(self.env)
        self.assertEqual(choices, ["3", "1", "2"])
        with self.assertRaises(ValueError):
            self.issuer.boleta_service = "4"

    def test_refused_with_a_sentence(self):
        self.keep_old_choice()
        with self.assertRaisesRegex(UserError, "Service.*ticket for an event"):
            self.boleta()

    def test_the_upgrade_reports_to_who_had_chosen_it(self):
        self.keep_old_choice()
        before = self.issuer.message_ids
        file = Path(__file__).parents[2] / "migrations/19.0.1.1.0/post-event_tickets.py"
        spec = spec_from_file_location("post_event_tickets", file)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.0.0")
        self.assertEqual(self.issuer.boleta_service, "3")
        notes = self.issuer.message_ids - before
        self.assertIn("Tickets for events of others", "".join(notes.mapped("body")))
        self.boleta()

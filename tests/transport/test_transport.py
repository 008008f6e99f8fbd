"""Goods that travel with an invoice: what is asked, refused and written (Res. 154/2025)."""

import base64
import importlib.util
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ...sii import clock
from ...sii.printing import sheet, words
from .transport_case import TransportCase

STATEMENT = "No se cuenta con la información de patente del vehículo, transportista, chofer."


class TestTransport(TransportCase):
    def test_a_vehicle_that_is_picked(self):
        move = self.emit(
            **self.carried(
                l10n_cl_dispatch="2",
                l10n_cl_trailer_id=self.trailer.id,
                l10n_cl_origin_id=self.cellar.id,
                l10n_cl_departs_at=self.at(1, hour=7),
                l10n_cl_arrives_on=clock.today() + timedelta(days=2),
            )
        )
        expected = {
            "Transporte/s:Patente": "ABCD12",
            "Transporte/s:PatenteCarro": "JK4567",
            "Transporte/s:RUTTrans": "76192083-9",
            "Transporte/s:Chofer/s:RUTChofer": "12345678-5",
            "Transporte/s:DirDest": "Los Leones 55",
            "Transporte/s:CmnaDest": "Peñalolén",
            "Transporte/s:FchSalida": str(clock.today() + timedelta(days=1)),
            "Transporte/s:HraSalida": "07:30:00",
            "Transporte/s:FchLlegada": str(clock.today() + timedelta(days=2)),
            "Emisor/s:DirOrigen": "Lo Echevers 550",
            "Emisor/s:CmnaOrigen": self.cellar.city_id.name,
        }
        for path, text in expected.items():
            self.assertEqual(self.texts(move, path), [text], path)
        self.assertFalse(self.texts(move, "DscItem"))

    def test_what_is_not_known_is_stated_and_printed(self):
        move = self.emit(
            **self.carried(
                l10n_cl_vehicle_id=False,
                l10n_cl_plate_unknown=True,
                l10n_cl_carrier_unknown=True,
                l10n_cl_driver_unknown=True,
            )
        )
        self.assertFalse(self.texts(move, "Transporte/s:Patente"))
        self.assertEqual(self.texts(move, "DscItem"), [STATEMENT])
        shown = sheet.read(base64.b64decode(move.l10n_cl_dte_id.xml))
        rows = dict(words.header_rows(shown))
        self.assertEqual(rows["Declaración"], STATEMENT)
        self.assertEqual(rows["Destino"].split(",")[0], "Los Leones 55")
        self.assertEqual(rows["Origen"].split(",")[0], "Av. Providencia 1234")
        self.assertIn("Salida", rows)
        self.assertFalse(shown.lines[0].description)

    def test_each_thing_that_lacks_has_its_sentence(self):
        nothing = {"l10n_cl_vehicle_id": False}
        for sentence, values in (
            ("choose the vehicle", nothing),
            ("choose the carrier", nothing),
            ("choose the driver", nothing),
            ("choose the carrier", {"l10n_cl_carrier_id": False}),
            ("at which hour they leave", {"l10n_cl_departs_at": False}),
            ("is not a plate", {"l10n_cl_plate": "CAMION"}),
            ("is not a plate", {"l10n_cl_plate": "AB CD 12 34 5"}),
            ("is not a plate", {"l10n_cl_trailer_plate": "12 34"}),
            ("is before the goods leave", {"l10n_cl_arrives_on": clock.today() - timedelta(1)}),
            ("say on which day they arrive", {"l10n_cl_departs_at": self.at(2)}),
            ("before the day of the document", {"l10n_cl_departs_at": self.at(-1)}),
            (
                "before the document was there",
                {
                    "l10n_cl_departs_at": self.at(-1),
                    "invoice_date": clock.today() - timedelta(days=1),
                },
            ),
            ("stated as not known too", {"l10n_cl_driver_unknown": True}),
        ):
            with self.subTest(sentence=sentence, values=values):
                self.assert_refused(sentence, **values)

    def test_a_departure_before_the_day_of_the_document(self):
        self.assert_refused(
            "before the day of the document",
            invoice_date=clock.today() + timedelta(days=1),
        )

    def test_a_driver_without_rut(self):
        self.assert_refused(
            "give his RUT",
            l10n_cl_driver_id=self.env["res.partner"].create({"name": "Sin RUT"}).id,
        )

    def test_a_destination_that_lacks(self):
        place = self.env["res.partner"].create(
            {"name": "Obra", "parent_id": self.customer.id, "type": "delivery", "street": "Km 8"}
        )
        place.city_id = False
        move = self.draft(**self.carried(partner_shipping_id=place.id))
        obstacles = move._l10n_cl_obstacles(move._l10n_cl_document())
        self.assertEqual([each.record for each in obstacles], [place])
        self.assertIn("commune of the place that they go to", obstacles[0].text)

    def test_plates_are_folded(self):
        for typed in ("ABCD-12", "ab cd 12", "AB·CD·12", "ABCD12"):
            move = self.emit(**self.carried(l10n_cl_plate=typed))
            self.assertEqual(self.texts(move, "Transporte/s:Patente"), ["ABCD12"])

    def test_a_correction_keeps_its_departure(self):
        move = self.post(**self.carried())
        move.l10n_cl_dte_id.sudo()._move_to("rejected", "x")
        move.button_draft()
        # as when some days have gone by since
        day = clock.today() - timedelta(days=2)
        move.write({"invoice_date": day, "l10n_cl_departs_at": self.at(-2)})
        self.assertFalse(move._l10n_cl_goods_obstacles())

    def test_goods_are_asked_for_and_services_are_not(self):
        asked = self.draft(lines=[{}, {"product_id": self.goods.id}])
        self.assertTrue(asked.l10n_cl_goods_asked)
        with self.assertRaisesRegex(UserError, "Say whether its goods travel"):
            asked.action_post()
        asked.l10n_cl_goods_travel = "no"
        asked.action_post()
        self.assertFalse(self.texts(asked, "Transporte"))
        self.assertFalse(self.draft().l10n_cl_goods_asked)
        self.assertTrue(self.post().l10n_cl_dte_id)

    def test_what_posts_as_system_is_not_asked(self):
        """A script and the action of recurring invoices have nobody who could answer."""
        move = self.draft(lines=[{"product_id": self.goods.id}])
        move.sudo().action_post()
        self.assertTrue(move.l10n_cl_dte_id)
        self.assertFalse(self.texts(move, "Transporte"))

    def test_a_guia_that_goes_along_answers(self):
        reference = {
            "l10n_cl_reference_doc_type_selection": "52",
            "folio": "77",
            "issued_on": clock.today(),
        }
        move = self.emit(
            lines=[{"product_id": self.goods.id}], l10n_cl_reference_ids=[(0, 0, reference)]
        )
        self.assertFalse(move.l10n_cl_goods_asked)
        self.assertFalse(self.texts(move, "Transporte"))

    def test_notes_ask_nothing(self):
        move = self.emit(**self.carried())
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        reversal = wizard.create({"journal_id": move.journal_id.id, "reason": "Devuelto"})
        reversal.reverse_moves()
        note = reversal.new_move_ids
        self.assertFalse(note.l10n_cl_goods_asked)
        self.assertFalse(note.l10n_cl_vehicle_id)

    def test_signed_transport_cannot_be_changed(self):
        move = self.post(**self.carried())
        user = self.member("cobranza", "base.group_user,account.group_account_invoice")
        for name, value in (
            ("l10n_cl_trailer_plate", "AB1234"),
            ("l10n_cl_departs_at", self.at(hour=20)),
            ("l10n_cl_goods_travel", "no"),
            ("l10n_cl_origin_id", self.cellar.id),
        ):
            with self.assertRaises(UserError, msg=name):
                move.with_user(user)[name] = value

    def test_what_a_signed_document_names_is_not_deleted(self):
        """Nobody empties by that what he may not write."""
        move = self.post(
            **self.carried(l10n_cl_trailer_id=self.trailer.id, l10n_cl_origin_id=self.cellar.id)
        )
        named = move.l10n_cl_carrier_id, move.l10n_cl_driver_id
        self.assertTrue(all(named))
        for record in (self.truck, self.trailer, self.cellar, *named):
            field = next(
                field
                for field in move._fields.values()
                if field.comodel_name == record._name and move[field.name] == record
            )
            self.assertEqual(field.ondelete, "restrict", field.name)
            refused = self.assertRaisesRegex(UserError, f"{move.name} names what would be deleted")
            with refused, self.cr.savepoint():
                record.unlink()
        spare = self.truck.copy({"plate": "ZZYX99"})
        spare.unlink()
        self.assertFalse(spare.exists())

    def test_what_recurs_is_not_asked_again(self):
        move = self.draft(
            lines=[{"product_id": self.goods.id}],
            l10n_cl_goods_travel="no",
            auto_post="monthly",
            invoice_date=clock.today(),
        )
        move.action_post()
        copies = self.env["account.move"].search([("auto_post_origin_id", "=", move.id)]) - move
        self.assertEqual(copies.l10n_cl_goods_travel, "no")
        self.assertFalse(move.copy().l10n_cl_goods_travel)

    def test_what_recurs_travels_by_the_same_vehicle(self):
        """When it leaves is stated as not known: nobody is there to state it."""
        move = self.draft(
            auto_post="monthly", invoice_date=clock.today(), **self.carried(l10n_cl_dispatch="2")
        )
        move.action_post()
        copy = self.env["account.move"].search([("auto_post_origin_id", "=", move.id)]) - move
        self.assertEqual(copy.l10n_cl_vehicle_id, self.truck)
        self.assertEqual((copy.l10n_cl_plate, copy.l10n_cl_dispatch), ("ABCD12", "2"))
        self.assertEqual(copy.l10n_cl_driver_id, self.driver)
        self.assertFalse(copy.l10n_cl_departs_at)
        copy.write({"invoice_date": clock.today(), "date": clock.today()})
        copy.sudo().action_post()
        self.assertEqual(self.texts(copy, "Transporte/s:Patente"), ["ABCD12"])
        [text] = self.texts(copy, "DscItem")
        self.assertEqual(text, "No se cuenta con la información de fecha y hora de salida.")

    def test_a_fault_is_reported_once(self):
        """A draft that was kept over night."""
        for days in (0, 1):
            move = self.draft(
                invoice_date=clock.today() - timedelta(days=days),
                **self.carried(l10n_cl_departs_at=self.at(-1)),
            )
            texts = [each.text for each in move._l10n_cl_obstacles(move._l10n_cl_document())]
            texts += [each.text for each in move._l10n_cl_goods_obstacles()]
            self.assertEqual(len([text for text in set(texts) if "departure" in text]), 1, texts)

    def test_a_clerk_picks_and_does_not_type(self):
        user = self.member("cobranza", "base.group_user,account.group_account_invoice")
        move = self.draft(lines=[{"product_id": self.goods.id}])
        with Form(move.with_user(user)) as form:
            form.l10n_cl_goods_travel = "yes"
            self.assertTrue(form.l10n_cl_departs_at)
            form.l10n_cl_vehicle_id = self.truck
            self.assertEqual(form.l10n_cl_plate, "ABCD12")
            self.assertEqual(form.l10n_cl_driver_id, self.driver)
            form.l10n_cl_driver_unknown = True
            self.assertFalse(form.l10n_cl_driver_id)
            form.l10n_cl_driver_unknown = False
            form.l10n_cl_driver_id = self.driver
        move.with_user(user).action_post()
        self.assertEqual(self.texts(move, "Transporte/s:Patente"), ["ABCD12"])


class TestVehiclesAndBranches(TransportCase):
    def test_plates_of_the_table(self):
        self.assertEqual(self.truck.plate, "ABCD12")
        self.truck.plate = "fg hj-34"
        self.assertEqual(self.truck.plate, "FGHJ34")
        self.assertEqual(self.trailer.carrier_id, self.company.partner_id)
        with self.assertRaises(ValidationError):
            self.truck.plate = "CAMION"
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception):  # noqa: B017
            self.truck.copy({"plate": "JK-4567"}).flush_recordset()

    def test_found_as_people_type_them(self):
        for typed in ("ab-cd 12", "abcd12", "AB·CD"):
            found = self.env["l10n_cl.vehicle"].name_search(typed)
            self.assertEqual(found, [(self.truck.id, "ABCD12")], typed)
        for typed in ("bodega", "80123457", "echevers"):
            found = self.env["l10n_cl.branch"].name_search(typed)
            self.assertEqual([each for each, _name in found], self.cellar.ids, typed)

    def test_rights(self):
        clerk = self.member("cobranza", "base.group_user,account.group_account_invoice")
        viewer = self.member("mira", "base.group_user,l10n_cl_sii.group_viewer")
        vehicle = self.env["l10n_cl.vehicle"].with_user(clerk).create({"plate": "XY1234"})
        with self.assertRaises(UserError):
            vehicle.with_user(viewer).plate = "XY1235"
        with self.assertRaises(UserError):
            self.cellar.with_user(clerk).street = "x"
        other = self.setup_other_company()["company"]
        stranger = self.member("otra", "account.group_account_manager", other)
        for record in (vehicle, self.cellar):
            with self.assertRaises(UserError):
                record.with_user(stranger).read(["display_name"])

    def test_a_journal_points_to_its_branch(self):
        journal = self.company_data["default_journal_sale"]
        journal.l10n_cl_sii_branch_id = self.cellar
        self.assertEqual(journal.l10n_cl_branch_name, "Bodega")
        self.assertEqual(journal.l10n_cl_sii_branch_code, 80123457)
        move = self.emit()
        self.assertEqual(self.texts(move, "Emisor/s:Sucursal"), ["Bodega"])
        self.assertEqual(self.texts(move, "Emisor/s:CdgSIISucur"), ["80123457"])
        self.assertEqual(self.texts(move, "Emisor/s:DirOrigen"), ["Lo Echevers 550"])

    def test_what_programs_write_on_a_journal_goes_to_its_branch(self):
        journal = self.company_data["default_journal_sale"]
        journal.write({"l10n_cl_branch_name": "Ñuñoa", "l10n_cl_sii_branch_code": 80123456})
        branch = journal.l10n_cl_sii_branch_id
        self.assertEqual((branch.name, branch.code), ("Ñuñoa", 80123456))
        journal.l10n_cl_branch_name = "Maipú"
        self.assertEqual(journal.l10n_cl_sii_branch_id, branch)
        self.assertEqual(branch.name, "Maipú")

    def test_former_values_of_journals_become_branches(self):
        """One for those of equal values; who named a vehicle stated that goods travel."""
        path = Path(__file__).parents[2] / "migrations/19.0.1.1.0/post-transport.py"
        spec = importlib.util.spec_from_file_location("post_transport", path)
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        self.cr.execute(
            """ALTER TABLE account_journal
                 ADD COLUMN IF NOT EXISTS l10n_cl_branch_name varchar,
                 ADD COLUMN IF NOT EXISTS l10n_cl_sii_branch_code int8"""
        )
        sales = self.company_data["default_journal_sale"]
        others = sales.copy() | sales.copy()
        named, silent = self.draft(l10n_cl_plate="ABCD12"), self.draft()
        self.env.flush_all()
        self.cr.execute(
            """UPDATE account_journal
                  SET l10n_cl_branch_name = 'Ñuñoa', l10n_cl_sii_branch_code = 80123456
                WHERE id = ANY(%s)""",
            [(sales | others[0]).ids],
        )
        self.cr.execute(
            "UPDATE account_journal SET l10n_cl_sii_branch_code = 77 WHERE id = %s", [others[1].id]
        )
        for _twice in range(2):
            migration.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        branch = sales.l10n_cl_sii_branch_id
        self.assertEqual((branch.name, branch.code), ("Ñuñoa", 80123456))
        self.assertEqual(branch.company_id, self.company)
        self.assertEqual(others[0].l10n_cl_sii_branch_id, branch)
        self.assertEqual(others[1].l10n_cl_sii_branch_id.code, 77)
        self.assertEqual((named.l10n_cl_goods_travel, silent.l10n_cl_goods_travel), ("yes", False))

"""What a document shows of its lines: texts, units and prices, in the customer's language."""

import re

from ...models.amounts.lines import whole_words
from ..amounts.amounts_case import AmountsCase


class TestMoveWords(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_CL")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.meters = cls.env["uom.uom"].create({"name": "m² (metro cuadrado)"})
        cls.meters.with_context(lang="es_CL").name = "m² (metro)"
        cls.meters.with_context(lang="en_US").name = "sqm (square metre)"

    def test_a_line_that_begins_with_an_empty_line(self):
        for text in ("\nCable", "  \n\n Cable", "Cable\n", "\n\nCable\nde cobre", "Cable  \nx"):
            move = self.emit(lines=[{"name": text}])
            self.assertEqual(self.texts(move, "Detalle/s:NmbItem"), ["Cable"])

    def test_an_empty_line_is_the_product(self):
        for text in ("", "\n", "  \n "):
            move = self.emit(lines=[{"name": text}])
            self.assertEqual(self.texts(move, "Detalle/s:NmbItem"), [self.cable.name])

    def test_units_are_whole_words(self):
        self.customer.lang = "es_CL"
        move = self.emit(lines=[{"product_uom_id": self.meters.id}])
        self.assertEqual(self.texts(move, "Detalle/s:UnmdItem"), ["m²"])
        for name, unit in (
            ("kg", "kg"),
            ("Unid", "Unid"),
            ("Unidades", "Unid"),
            ("caja 12", "caja"),
            ("a b c d", "a b"),
            ("m³ (c)", "m³"),
            (" kg", "kg"),
        ):
            self.assertEqual(whole_words(name, 4), unit)

    def test_in_the_customers_language(self):
        for lang, unit in (("es_CL", "m²"), ("en_US", "sqm"), (False, "m²")):
            self.customer.lang = lang
            move = self.draft(lines=[{"product_uom_id": self.meters.id}])
            for clerk in ("en_US", "es_CL"):
                document = move.with_context(lang=clerk)._l10n_cl_document()
                self.assertEqual(document.lines[0].unit, unit, (lang, clerk))

    def test_the_reason_of_a_note_too(self):
        self.customer.lang = "es_CL"
        move = self.emit()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids, lang="en_US")
            .create({"journal_id": move.journal_id.id})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        self.assertEqual(note.l10n_cl_reference_ids.reason, "Anula documento")

    def printed(self, moves):
        """The page that becomes a PDF, as a clerk in English prints it."""
        reports = self.env["ir.actions.report"].with_context(lang="en_US")
        return reports._render_qweb_html("account.report_invoice", moves.ids)[0].decode()

    def test_a_print_speaks_to_the_customer(self):
        moves = self.env["account.move"]
        for lang in (False, "en_US", "es_CL"):
            customer = self.customer.copy({"lang": lang})
            moves |= self.draft(partner_id=customer.id)
        moves.partner_id[0].lang = False  # Odoo gives each new contact the clerk's
        shown = re.findall('data-oe-lang="([^"]*)"', self.printed(moves))
        self.assertEqual(shown, ["es_CL", "en_US", "es_CL"])

    def test_prices_are_those_that_were_typed(self):
        for quantity, price, shown in (
            (3, 1000.5, "1000.5"),
            (1, 20995, "20995"),
            (7, 12.345, "12.345"),
            (1, 1250.5, "1250.5"),
            # computed ones: whole pesos where they come to the amount
            (1, 163329.439776, "163329"),
            (2, 163329.039776, "163329"),
            (6, 20995.833333, "20995.833333"),
        ):
            move = self.emit(lines=[{"quantity": quantity, "price_unit": price}])
            self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), [shown])

    def test_prices_are_kept_to_the_peso(self):
        """The rounding of the whole moves no price."""
        prices = [0.5, 333.33, 20995.5, 1.25]
        move = self.emit(lines=[{"price_unit": each, "quantity": 3} for each in prices])
        self.assertEqual([float(each) for each in self.texts(move, "Detalle/s:PrcItem")], prices)

    def test_nothing_left(self):
        for code in (33, 39):
            move = self.draft(code, lines=[{}, {"name": "Anticipo", "price_unit": -1000}])
            texts = [each.text for each in move._l10n_cl_obstacles(move._l10n_cl_document())]
            self.assertEqual(len(texts), 1)
            self.assertIn("Nothing is left to invoice", texts[0])

    def test_the_branchs_own_address(self):
        branch = self.env["res.partner"].create(
            {
                "name": "Sucursal Ñuñoa",
                "type": "other",
                "parent_id": self.company.partner_id.id,
                "street": "Irarrázaval 100",
                "phone": "+56 2 2111 1111",
                "city_id": self.env.ref("l10n_cl_sii.city_cl_13120").id,
            }
        )
        journal = self.company_data["default_journal_sale"]
        journal.write({"l10n_cl_branch_name": "Ñuñoa", "l10n_cl_branch_id": branch.id})
        move = self.emit()
        self.assertEqual(self.texts(move, "Emisor/s:DirOrigen"), ["Irarrázaval 100"])
        self.assertEqual(self.texts(move, "Emisor/s:CmnaOrigen"), [branch.city_id.name])
        self.assertEqual(self.texts(move, "Emisor/s:RznSoc"), [self.company.name])
        self.company.phone = "+56 2 2999 9999"
        for printed in (self.printed(move), self.printed(self.draft())):
            self.assertIn(branch.phone, printed)
            self.assertNotIn(self.company.phone, printed)
            self.assertIn("Irarrázaval 100, Ñuñoa", printed)
            self.assertNotIn(self.company.street, printed)
        # what the branch lacks is reported with the branch to complete
        branch.write({"street": False, "city_id": False, "city": False})
        draft = self.draft()
        places = [each.record for each in draft._l10n_cl_obstacles(draft._l10n_cl_document())]
        self.assertEqual(places, [branch, branch])
        journal.l10n_cl_branch_id = False
        self.assertEqual(self.draft()._l10n_cl_document().issuer.address, self.company.street)

    def test_a_line_of_which_nothing_is_sold(self):
        """Somebody made its quantity 0: it is shown without the price of a whole one."""
        nothing = {"name": "Nada", "price_unit": 500, "quantity": 0}
        move = self.emit(lines=[{"price_unit": 1000}, nothing, {**nothing, "discount": 10}])
        self.assertEqual(self.texts(move, "Detalle/s:MontoItem"), ["1000", "0", "0"])
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["1000"])

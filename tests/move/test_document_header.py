"""What people write around the lines: payment, service, transport, branch, orders."""

from datetime import UTC, datetime

from odoo import Command
from odoo.exceptions import UserError

from ..amounts.amounts_case import AmountsCase


class TestHeader(AmountsCase):
    def test_instalments(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Tres cuotas",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": share, "nb_days": days})
                    for share, days in ((33.33, 30), (33.33, 60), (33.34, 90))
                ],
            }
        )
        move = self.emit(invoice_payment_term_id=term.id, lines=[{"price_unit": 99999}])
        self.assertEqual(self.texts(move, "IdDoc/s:FmaPago"), ["2"])
        self.assertEqual(self.texts(move, "IdDoc/s:TermPagoGlosa"), ["Tres cuotas"])
        amounts = [int(text) for text in self.texts(move, "MntPagos/s:MntPago")]
        self.assertEqual(len(amounts), 3)
        self.assertEqual(sum(amounts), move.amount_total)
        self.assertEqual(self.texts(move, "MntPagos/s:FchPago")[-1], str(move.invoice_date_due))

    def test_free_of_charge(self):
        move = self.emit(l10n_cl_payment="3", l10n_cl_means="OT")
        self.assertEqual(self.texts(move, "IdDoc/s:FmaPago"), ["3"])
        self.assertEqual(self.texts(move, "IdDoc/s:MedioPago"), ["OT"])
        self.assertEqual(self.texts(move, "IdDoc/s:FchVenc"), [])

    def test_service_of_a_month(self):
        move = self.emit(
            l10n_cl_service="2",
            l10n_cl_period_from="2026-10-01",
            l10n_cl_period_to="2026-10-31",
        )
        self.assertEqual(self.texts(move, "IdDoc/s:IndServicio"), ["2"])
        self.assertEqual(self.texts(move, "IdDoc/s:PeriodoDesde"), ["2026-10-01"])
        self.assertEqual(self.texts(move, "IdDoc/s:PeriodoHasta"), ["2026-10-31"])

    def test_period_that_ends_before_it_starts(self):
        move = self.draft(l10n_cl_period_from="2026-10-31", l10n_cl_period_to="2026-10-01")
        with self.assertRaises(UserError):
            move.action_post()

    def test_people_and_branch(self):
        journal = self.company_data["default_journal_sale"]
        journal.write({"l10n_cl_branch_name": "Ñuñoa", "l10n_cl_sii_branch_code": 80123456})
        person = self.env["res.partner"].create(
            {"name": "Ana Soto", "parent_id": self.customer.id, "type": "contact"}
        )
        self.customer.ref = "CLI-9"
        seller = self.env["res.users"].create(
            {"name": "Pedro Vidal", "login": "pvidal", "company_ids": self.company.ids}
            | {"company_id": self.company.id}
        )
        move = self.emit(partner_id=person.id, invoice_user_id=seller.id)
        expected = {
            "Emisor/s:Sucursal": "Ñuñoa",
            "Emisor/s:CdgSIISucur": "80123456",
            "Emisor/s:CdgVendedor": "Pedro Vidal",
            "Receptor/s:CdgIntRecep": "CLI-9",
            "Receptor/s:Contacto": "Ana Soto",
        }
        for path, text in expected.items():
            self.assertEqual(self.texts(move, path), [text], path)

    def test_transport(self):
        carrier = self._create_customer(name="Transportes Sur", vat="76192083-9")
        driver = self._create_customer(name="Luis Rojas", vat="12345678-5", is_company=False)
        shop = self._create_customer(
            name="Tienda", parent_id=self.customer.id, type="delivery", street="Maipú 12"
        )
        move = self.emit(
            l10n_cl_goods_travel="yes",
            l10n_cl_departs_at=datetime.now(UTC).replace(tzinfo=None),
            l10n_cl_dispatch="2",
            l10n_cl_plate="AB-CD 12",
            l10n_cl_carrier_id=carrier.id,
            l10n_cl_driver_id=driver.id,
            partner_shipping_id=shop.id,
        )
        expected = {
            "Patente": "ABCD12",
            "RUTTrans": "76192083-9",
            "Chofer/s:RUTChofer": "12345678-5",
            "Chofer/s:NombreChofer": "Luis Rojas",
            "DirDest": "Maipú 12",
            "CmnaDest": "Peñalolén",
        }
        for path, text in expected.items():
            self.assertEqual(self.texts(move, f"Transporte/s:{path}"), [text], path)
        self.assertEqual(self.texts(move, "IdDoc/s:TipoDespacho"), ["2"])

    def test_driver_without_rut(self):
        driver = self.env["res.partner"].create({"name": "Sin RUT"})
        move = self.draft(l10n_cl_driver_id=driver.id)
        with self.assertRaises(UserError):
            move.action_post()

    def order(self, reference):
        self.cable.invoice_policy = "order"
        self.env.user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "client_order_ref": reference,
                "order_line": [
                    Command.create({"product_id": self.cable.id, "tax_ids": self.vat.ids})
                ],
            }
        )
        order.action_confirm()
        return order

    def test_purchase_orders_of_the_customer(self):
        orders = self.order("OC-7") + self.order("OC-8 de la obra Los Leones") + self.order(False)
        move = orders._create_invoices()
        move.action_post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assertEqual(self.texts(move, "Referencia/s:TpoDocRef"), ["801", "801"])
        self.assertEqual(self.texts(move, "Referencia/s:FolioRef"), ["OC-7", "OC-8 de la obra Lo"])

    def test_forty_references_and_no_more(self):
        sheet = self.env.ref("l10n_cl.dc_hes")

        def references(count):
            return [
                Command.create({"document_type_id": sheet.id, "folio": str(number)})
                for number in range(count)
            ]

        guides = {"l10n_cl_reference_doc_type_selection": "52", "is_global": True}
        move = self.emit(l10n_cl_reference_ids=[*references(39), Command.create(guides)])
        self.assertEqual(self.texts(move, "Referencia/s:TpoDocRef"), [*["HES"] * 39, "52"])
        self.assertEqual(self.texts(move, "Referencia/s:IndGlobal"), ["1"])
        self.assertEqual(self.texts(move, "Referencia/s:FolioRef")[-1], "0")
        with self.assertRaisesRegex(UserError, "at most 40"):
            self.post(l10n_cl_reference_ids=references(41))

"""Rows and words of prints, for what the SII's law wants shown apart (PROTOCOL 5.7, 6.3)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ...sii.codes import MedioPago, TipoDespacho, TipoDte, TpoMov
from ...sii.document import (
    Adjustment,
    Document,
    ForeignTotals,
    GlobalAdjustment,
    Issuer,
    Line,
    Receiver,
    Reference,
    TaxTotal,
    Totals,
    Transport,
)
from ...sii.printing import words


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWords(BaseCase):
    def labels(self, rows):
        return [f"{row.label}: {words.money(row.amount)}" for row in rows]

    def test_additional_taxes_are_named_with_their_rates(self):
        totals = Totals(
            total=15_155,
            net=10_000,
            vat_rate=Decimal(19),
            vat=1_900,
            taxes=(TaxTotal(24, 3_150, Decimal("31.5")), TaxTotal(28, 105)),
        )
        self.assertEqual(
            self.labels(words.total_rows(33, totals)),
            [
                "Monto neto: $ 10.000",
                "IVA (19%): $ 1.900",
                "ILA licores, piscos, destilados (31,5%): $ 3.150",
                "Impuesto específico diésel: $ 105",
                "Total: $ 15.155",
            ],
        )

    def test_a_purchase_invoice_shows_what_is_withheld(self):
        totals = Totals(
            total=10_000,
            net=10_000,
            vat_rate=Decimal(19),
            vat=1_900,
            taxes=(TaxTotal(15, 1_900, Decimal(19)),),
        )
        self.assertEqual(
            self.labels(words.total_rows(46, totals)),
            [
                "Monto neto: $ 10.000",
                "IVA (19%): $ 1.900",
                "Subtotal: $ 11.900",
                "Menos IVA retenido (19%): $ -1.900",
                "Total: $ 10.000",
            ],
        )

    def test_what_is_not_withheld_and_the_base_of_meat(self):
        totals = Totals(
            total=13_356,
            net=13_000,
            vat_rate=Decimal(19),
            vat=2_470,
            taxes=(TaxTotal(33, 1_040, Decimal(8)), TaxTotal(17, 500, Decimal(5))),
            vat_not_withheld=1_430,
            slaughter_base=10_000,
        )
        rows = self.labels(words.total_rows(46, totals))
        self.assertIn("IVA no retenido: $ 1.430", rows)
        self.assertIn("Monto base faenamiento carne: $ 10.000", rows)
        self.assertLess(rows.index("IVA no retenido: $ 1.430"), rows.index("Total: $ 13.356"))
        bare = replace(totals, vat_not_withheld=None, slaughter_base=None)
        self.assertEqual(len(self.labels(words.total_rows(46, bare))), len(rows) - 2)

    def test_means_of_payment(self):
        issuer = Issuer("76354771-K", "A", "B", (1,), "Calle 1", "Buin")
        receiver = Receiver("96790240-3", "C")
        day = date(2026, 3, 9)
        document = Document(TipoDte.FACTURA, day, issuer, receiver, (), Totals(total=1))
        found = [
            dict(words.header_rows(replace(document, means=means))).get("Medio de pago")
            for means in (MedioPago.CASH, MedioPago.CARD, None, "7")
        ]
        self.assertEqual(found, ["Efectivo", "Tarjeta de crédito o débito", None, "7"])

    def test_a_boleta_without_a_rate_shows_its_vat(self):
        rows = self.labels(words.total_rows(39, Totals(total=1_190, net=1_000, vat=190)))
        self.assertIn("IVA (19%): $ 190", rows)

    def test_construction_credit_deposits_and_balances(self):
        totals = Totals(
            total=11_165,
            net=10_000,
            vat_rate=Decimal(19),
            vat=1_900,
            construction_credit=1_235,
            deposits=500,
            previous_balance=2_000,
            payable=13_165,
        )
        rows = self.labels(words.total_rows(33, totals))
        self.assertIn("Crédito especial empresas constructoras: $ -1.235", rows)
        self.assertIn("Garantía por envases: $ 500", rows)
        self.assertEqual(rows[-2:], ["Saldo anterior: $ 2.000", "Valor a pagar: $ 13.165"])

    def test_global_discounts_and_surcharges(self):
        adjustments = (
            GlobalAdjustment(TpoMov.DISCOUNT, "Cliente fiel", percent=Decimal("7.5")),
            GlobalAdjustment(TpoMov.SURCHARGE, "Flete", amount=2_500, exempt=True),
        )
        self.assertEqual(
            self.labels(words.adjustment_rows(adjustments)),
            ["Descuento global: Cliente fiel: -7,5 %", "Recargo global exento: Flete: $ 2.500"],
        )

    def test_another_currency(self):
        foreign = ForeignTotals("DOLAR USA", Decimal("950.5"), Decimal("1234.5"))
        self.assertEqual(
            self.labels(words.foreign_rows(foreign)),
            ["Total DOLAR USA: 1.234,5", "Tipo de cambio: 950,5"],
        )

    def test_documents_and_references_in_words(self):
        named = [words.document_name(code) for code in ("33", 61, "801", "HES", "SET", "999")]
        self.assertEqual(
            named,
            [
                "Factura Electrónica",
                "Nota de Crédito Electrónica",
                "Orden de Compra",
                "HES",
                "SET",
                "999",
            ],
        )
        self.assertEqual(
            [words.document_name(code) for code in (40, 48, "103", "820", 823)],
            [
                "Liquidación Factura",
                "Comprobante de Pago Electrónico",
                "Liquidación",
                "Inscripción en el Registro de Acuerdos con Plazo de Pago Excepcional",
                "Plan de Manejo CONAF",
            ],
        )

    def test_transfers_of_guides(self):
        self.assertEqual(words.transfer_name(5), "Traslado interno")
        self.assertEqual(words.transfer_name(7), "Devolución de mercaderías")
        self.assertEqual(words.transfer_name(10), "10")

    def test_days_and_numbers_as_chileans_write_them(self):
        self.assertEqual(words.day(date(2026, 2, 1)), "01-02-2026")
        self.assertEqual(words.number(Decimal("1234567.500")), "1.234.567,5")

    def test_lines(self):
        discounted = Line("", 900, quantity=Decimal("2.50"), unit="Kg", discount=Adjustment(100))
        dearer = Line("", 1100, surcharge=Adjustment(100, Decimal(10)))
        self.assertEqual(
            [
                (words.counted(line), words.change_percent(line), words.change_amount(line))
                for line in (discounted, dearer, Line("", 5))
            ],
            [("2,5 Kg", "", "$ 100"), ("", "+10", "+ $ 100"), ("", "", "")],
        )

    def test_ruts_and_references(self):
        self.assertEqual(words.dotted("76354771-K"), "76.354.771-K")
        self.assertEqual(words.dotted("AB-12"), "AB-12")
        self.assertEqual(
            [
                words.cited(Reference("801", "7", date(2026, 2, 1), reason="Obra")),
                words.cited(Reference(label="SET", reason="CASO-1")),
            ],
            ["Ref.: Orden de Compra N° 7 del 01-02-2026 Obra", "Ref.: CASO-1"],
        )

    def test_transport(self):
        transport = Transport(
            plate="ABCD12",
            driver_name="Juan Soto",
            address="Ruta 5",
            comuna="Buin",
            dispatch=TipoDespacho.BY_RECEIVER,
        )
        issuer = Issuer("76354771-K", "Ñandú", "Venta", (), "Providencia 1", "Providencia")
        self.assertEqual(
            list(words._transport_rows(transport, issuer)),
            [
                ("Despacho", "Por cuenta del receptor"),
                ("Transporte", "Patente ABCD12, Chofer Juan Soto"),
                ("Origen", "Providencia 1, Providencia"),
                ("Destino", "Ruta 5, Buin"),
            ],
        )
        partial = replace(
            transport,
            plate="",
            trailer_plate="JK-4567",
            departs_at=datetime(2026, 12, 1, 7, 5),
            arrives_on=date(2026, 12, 2),
            not_known=("plate", "carrier"),
        )
        self.assertEqual(
            list(words._transport_rows(partial, issuer))[1:],
            [
                ("Transporte", "Carro JK4567, Chofer Juan Soto"),
                ("Origen", "Providencia 1, Providencia"),
                ("Destino", "Ruta 5, Buin"),
                ("Salida", "01-12-2026 07:05"),
                ("Llegada estimada", "02-12-2026"),
                (
                    "Declaración",
                    "No se cuenta con la información de patente del vehículo, transportista.",
                ),
            ],
        )

"""A company whose goods travel: a truck, a trailer, a driver, and a cellar that they leave from."""

from datetime import UTC, datetime, time, timedelta

from odoo.exceptions import UserError

from ...sii import clock
from ..amounts.amounts_case import AmountsCase


class TransportCase(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create({"name": "Cemento 25 kg", "type": "consu"})
        cls.carrier = cls._create_customer(name="Transportes Sur", vat="76192083-9")
        cls.driver = cls._create_customer(name="Luis Rojas", vat="12345678-5", is_company=False)
        vehicles = cls.env["l10n_cl.vehicle"]
        cls.truck = vehicles.create(
            {"plate": "ab-cd 12", "carrier_id": cls.carrier.id, "driver_id": cls.driver.id}
        )
        cls.trailer = vehicles.create({"plate": "JK 4567", "is_trailer": True})
        cls.cellar = cls.env["l10n_cl.branch"].create(
            {
                "name": "Bodega",
                "code": 80123457,
                "street": "Lo Echevers 550",
                "city_id": cls.env.ref("l10n_cl_sii.city_cl_13125").id,
            }
        )

    @staticmethod
    def at(days=0, hour=12):
        """An hour in Chile, as Odoo keeps it."""
        local = datetime.combine(clock.today(), time(hour, 30), clock.CHILE) + timedelta(days=days)
        return local.astimezone(UTC).replace(tzinfo=None)

    def carried(self, **values):
        """Values of an invoice that truck and goods travel with today."""
        return {
            "lines": [{"product_id": self.goods.id}],
            "l10n_cl_goods_travel": "yes",
            "l10n_cl_vehicle_id": self.truck.id,
            "l10n_cl_departs_at": self.at(),
            **values,
        }

    def assert_refused(self, sentence, **values):
        move = self.draft(**self.carried(**values))
        with self.assertRaisesRegex(UserError, sentence):
            move.action_post()
        self.assertFalse(move.l10n_cl_dte_id)

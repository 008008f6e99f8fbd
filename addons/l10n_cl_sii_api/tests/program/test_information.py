"""invoice_information: whose document it is, given with each sale."""

from ..common import ApiCase
from ..payment.test_single_payments import INFORMATION

CONSUMER = {
    "address": "Pasaje Los Aromos 45",
    "commune": "Maipú",
    "region": "Metropolitana de Santiago",
    "email": "ana@example.com",
}
REQUIRED = "Invoice information is required when the service emits documents"
NOT_A_COMMUNE = "Commune is not a valid Chilean commune"
PATH = "/single_payment_buyers"


class TestCommuneChosenElsewhere(ApiCase):
    """At checkout, or by a person in the form: nobody typed it for a program."""

    def test_commune_that_no_program_gave(self):
        for given in ({}, {"commune": None}, {"commune": "Maipú"}):
            sold = self.enrol(self.make_service(), invoice_information=given)
            order = self.env["sale.order"].search([("l10n_cl_uuid", "=", sold["id"])])
            chosen = self.env["res.city"]._l10n_cl_exact_commune("Las Condes")
            order.partner_invoice_id.city_id = chosen
            answer = self.call("GET", f"/single_payment_buyers/{sold['id']}")[1]["data"]
            self.assertEqual(answer["invoice_information"]["commune"], "Las Condes")


class TestInformation(ApiCase):
    def enrolment(self, information, service=None, **values):
        """(status, answer) of an enrolment."""
        ids = {
            "single_payment_id": (service or self.make_service())["id"],
            "buyer_id": self.make_buyer()["id"],
        }
        body = {**ids, "invoice_information": information, **values}
        return self.call("POST", PATH, {"single_payment_buyer": body})

    def update(self, sold, **values):
        status, answer = self.call(
            "PATCH", f"{PATH}/{sold['id']}", {"single_payment_buyer": values}
        )
        self.assertEqual(status, 200, answer)
        return answer["data"]

    def test_business(self):
        _status, answer = self.enrolment(INFORMATION)
        information = answer["data"]["invoice_information"]
        self.assertEqual(information, {"document": "invoice", **INFORMATION})
        self.assertNotIn("warnings", answer)

    def test_consumer(self):
        _status, answer = self.enrolment(CONSUMER)
        nothing = dict.fromkeys(("rut", "business_name", "activity"))
        information = answer["data"]["invoice_information"]
        self.assertEqual(information, {"document": "receipt", **nothing, **CONSUMER})

    def test_document_is_derived(self):
        for without in ("rut", "activity"):
            information = {**INFORMATION, without: None, "document": "invoice"}
            _status, answer = self.enrolment(information)
            self.assertEqual(answer["data"]["invoice_information"]["document"], "receipt")

    def test_required(self):
        error = self.refused(
            "POST",
            PATH,
            {
                "single_payment_buyer": {
                    "single_payment_id": self.make_service()["id"],
                    "buyer_id": self.make_buyer()["id"],
                }
            },
        )
        self.assertEqual(error["message"], REQUIRED)
        self.assertEqual(error["param"], "single_payment_buyer.invoice_information")

    def test_not_required_on_update(self):
        sold = self.enrol(self.make_service(), invoice_information=INFORMATION)
        changed = self.update(sold, external_id="A-7", extra_fields={"color": ["rojo"]})
        self.assertEqual(changed["external_id"], "A-7")
        self.assertEqual(changed["extra_fields"], {"color": ["rojo"]})
        self.assertEqual(changed["invoice_information"], sold["invoice_information"])

    def test_ignored_when_nothing_is_emitted(self):
        service = self.make_service(emit_document=False)
        status, answer = self.enrolment({**INFORMATION, "commune": "Atlantis"}, service)
        self.assertEqual(status, 201, answer)
        self.assertIsNone(answer["data"]["invoice_information"]["rut"])
        changed = self.update(answer["data"], invoice_information=INFORMATION)
        self.assertIsNone(changed["invoice_information"]["rut"])

    def test_communes(self):
        service, buyer = self.make_service(), self.make_buyer()
        sold = self.enrol(service, buyer, invoice_information=CONSUMER)
        cities = self.env["res.city"].search([("l10n_cl_cut_code", "!=", False)])
        self.assertEqual(len(cities), 346)
        guide = cities.filtered("l10n_cl_guide_name")
        self.assertEqual(len(guide), 7)
        for name in (
            "Santiago",
            "O'Higgins",
            "Coihaique",
            "Coyhaique",
            *guide.mapped("l10n_cl_guide_name"),
        ):
            answer = self.update(sold, invoice_information={"commune": name})
            self.assertEqual(answer["invoice_information"]["commune"], name)

    def test_what_is_no_commune(self):
        service, buyer = self.make_service(), self.make_buyer()
        ids = {"single_payment_id": service["id"], "buyer_id": buyer["id"]}
        sold = self.enrol(service, buyer, invoice_information=CONSUMER)
        wrong = ["santiago", "SANTIAGO", "Maipu", " Maipú", "Ñuble", "", "Buenos Aires"]
        for name in [*wrong, "Mai\0pú", 13101, ["Maipú"], {"name": "Maipú"}, False]:
            part = {**ids, "invoice_information": {**CONSUMER, "commune": name}}
            error = self.refused("POST", PATH, {"single_payment_buyer": part})
            self.assertEqual(error["message"], NOT_A_COMMUNE)
            self.assertEqual(error["param"], "single_payment_buyer.invoice_information.commune")
            error = self.refused("PATCH", f"{PATH}/{sold['id']}", {"single_payment_buyer": part})
            self.assertEqual(error["message"], NOT_A_COMMUNE)

    def test_region_is_echoed(self):
        for region in ("Región Metropolitana", "XIII", "Narnia"):
            _status, answer = self.enrolment({**CONSUMER, "region": region})
            self.assertEqual(answer["data"]["invoice_information"]["region"], region)

    def test_wrong_check_digit(self):
        """The guide's own sample has one: it is taken, reported, and no factura comes out."""
        status, answer = self.enrolment({**INFORMATION, "rut": "76.123.456-7"})
        self.assertEqual(status, 201)
        self.assertEqual(answer["data"]["invoice_information"]["rut"], "76.123.456-7")
        (warning,) = answer["warnings"]
        self.assertEqual(
            (warning["code"], warning["param"]),
            ("rut_invalid", "single_payment_buyer.invoice_information.rut"),
        )
        (statement,) = answer["data"]["statements"]
        reason = statement["emission"]["reason"]
        self.assertEqual((reason["code"], reason["field"]), ("rut_invalid", "rut"))
        changed = self.update(answer["data"], invoice_information={"rut": "76.123.456-0"})
        self.assertIsNone(changed["statements"][0]["emission"]["reason"])

    def test_incomplete_factura_is_reported_at_once(self):
        for name in ("business_name", "address", "commune"):
            information = {key: INFORMATION[key] for key in INFORMATION if key != name}
            status, answer = self.enrolment(information)
            self.assertEqual(status, 201)
            emission = answer["data"]["statements"][0]["emission"]
            self.assertEqual(
                (emission["state"], emission["reason"]["code"], emission["reason"]["field"]),
                ("waiting", "buyer_incomplete", name),
            )

    def test_each_sale_has_its_own(self):
        buyer, service = self.make_buyer(), self.make_service()
        business = self.enrol(service, buyer, invoice_information=INFORMATION)
        person = self.enrol(service, buyer, invoice_information=CONSUMER)
        again = self.enrol(service, buyer, invoice_information=INFORMATION)
        self.update(again, invoice_information={"address": "Moneda 1"})
        for sold, address in [(business, INFORMATION["address"]), (again, "Moneda 1")]:
            information = self.call("GET", f"{PATH}/{sold['id']}")[1]["data"]["invoice_information"]
            self.assertEqual(
                (information["document"], information["address"]), ("invoice", address)
            )
        information = self.call("GET", f"{PATH}/{person['id']}")[1]["data"]["invoice_information"]
        self.assertEqual(information["document"], "receipt")
        self.assertEqual(len(self.call("GET", "/buyers")[1]["data"]), 1)

    def test_what_no_document_can_carry_is_reported_at_once(self):
        """As the checkout does; what fits has no warning."""
        service = self.make_service()
        for name, value, code in (
            ("business_name", "x" * 101, "text_too_long"),
            ("business_name", "Ñandú ж", "text_not_encodable"),
            ("activity", "x" * 41, "text_too_long"),
            ("activity", "   ", "blank"),
            ("address", "x" * 71, "text_too_long"),
            ("email", "not an address", "email_invalid"),
        ):
            sold = {"single_payment_id": service["id"], "buyer_id": self.make_buyer()["id"]}
            sold["invoice_information"] = {**INFORMATION, name: value}
            body = {"single_payment_buyer": sold}
            status, answer = self.call("POST", "/single_payment_buyers", body)
            self.assertEqual(status, 201, answer)
            warnings = [(each["code"], each["param"]) for each in answer["warnings"]]
            param = f"single_payment_buyer.invoice_information.{name}"
            self.assertEqual(warnings, [(code, param)], answer)
            if code == "text_too_long":
                self.assertEqual(answer["warnings"][0]["limit"], len(value) - 1)
        body["single_payment_buyer"]["invoice_information"] = INFORMATION
        self.assertNotIn("warnings", self.call("POST", "/single_payment_buyers", body)[1])
        _status, answer = self.call("POST", "/buyers", {"buyer": {"name": "x" * 101}})
        self.assertEqual(answer["warnings"][0]["limit"], 100)

"""Pesos, folios, types, strangers' numbers above 2,147,483,647: stored, sent, printed, read."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...models.base.big_integer import LARGEST, BigInteger
from ..printing.print_case import PrintCase
from ..received.received_case import ReceivedCase

FOLIO = 4_812_345_678
# Columns of 32 bits that are enough: what only our own code writes, one by one.
COUNTERS = {
    "l10n_cl.api.call.status": "HTTP status",
    "l10n_cl.certification.case.sequence": "place in a list of some dozens",
    "l10n_cl.dte.told_generation": "generations of one document",
    "l10n_cl.envio.polls": "questions to the SII",
    "l10n_cl.envio.probes": "questions to the SII",
    "l10n_cl.incident.times": "how often the same failed",
    "l10n_cl.issuer.boleta_unanswered": "failures in a row",
    "l10n_cl.issuer.history_days": "days that a person chose",
    "l10n_cl.issuer.unanswered": "failures in a row",
    "l10n_cl.job.size": "documents of one piece",
    "l10n_cl.limiter.failures": "within a minute",
    "l10n_cl.limiter.minute": "since 1970: good for four thousand years",
    "l10n_cl.limiter.place": "one of some thousands",
    "l10n_cl.rcv.period.progress": "per cent",
    "l10n_cl.received.dte.unknown_answers": "answers in a row",
    "l10n_cl.reference.sequence": "place in a list, Odoo's handle",
    "l10n_cl.subscription.product.sequence": "place in a list, Odoo's handle",
    "l10n_cl.trace.times": "within a minute",
    "l10n_cl.webhook.delivery.status": "HTTP status",
    "res.config.settings.l10n_cl_cron_workers": "processes",
}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestColumns(ReceivedCase):
    def ours(self):
        """(name, field) of each stored integer of ours, in every model of the database."""
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                of_ours = any(module.startswith("l10n_cl_sii") for module in field._modules)
                if of_ours and field.type == "integer" and field.store and not model._abstract:
                    yield f"{name}.{field.name}", field

    def test_every_integer_of_ours_has_64_bits_or_a_reason(self):
        narrow = {
            name
            for name, field in self.ours()
            # the tries of every queue (base/queue) are few
            if field.column_type[0] != "int8" and field.name != "attempts"
        }
        self.assertEqual(narrow - COUNTERS.keys(), set())
        self.assertGreater(len(list(self.ours())) - len(narrow), 60)

    def test_the_database_has_them_so(self):
        self.env.cr.execute(
            "SELECT table_name || '.' || column_name, udt_name FROM information_schema.columns"
            " WHERE table_schema = current_schema AND udt_name IN ('int4', 'int8')"
        )
        columns = dict(self.env.cr.fetchall())
        for name, field in self.ours():
            table = self.env[field.model_name]._table
            if f"{table}.{field.name}" in columns:
                self.assertEqual(columns[f"{table}.{field.name}"], field.column_type[0], name)

    def test_what_no_document_can_hold_is_refused_by_a_sentence(self):
        documents = self.env["l10n_cl.dte"]
        for name, field in self.ours():
            if isinstance(field, BigInteger):
                self.assertEqual(field.convert_to_column(LARGEST, documents), LARGEST, name)
                for beyond in (LARGEST + 1, -LARGEST - 1, 2**63, 10**5000):
                    with self.assertRaisesRegex(UserError, "18 digits"):
                        field.convert_to_column(beyond, documents)

    def test_what_is_no_number_is_refused_by_a_sentence(self):
        """JSON, as Python reads it, has NaN and Infinity."""
        order = self.env["sale.order"].sudo().create({"partner_id": self.customer.id})
        wizard = self.env["l10n_cl.payment.plan"].sudo().create({"order_id": order.id})
        documents = self.env["l10n_cl.dte"]
        for value in (float("nan"), float("inf"), -float("inf"), "x", [1, 2]):
            with self.subTest(value=value):
                with self.assertRaisesRegex(UserError, "whole number|número entero"):
                    wizard.count = value
                with self.assertRaisesRegex(UserError, "whole number|número entero"):
                    documents.search([("folio", ">", value)])

    def test_a_suppliers_folio_of_ten_digits_becomes_a_bill(self):
        self.big_caf()
        document = self.receive(lines=[{"price_unit": 3_000_000_000}])
        self.assertEqual((document.folio, document.amount_total), (self.first, 3_570_000_000))
        bill = document.bill_id
        self.assertIn(str(self.first), bill.l10n_latam_document_number)
        self.assertEqual(bill.amount_total, 3_570_000_000)
        bill.action_post()
        self.env.flush_all()
        self.assertIn(str(self.first), bill.name)

    def test_a_folio_that_is_given_up(self):
        self.big_caf()
        document = self.post().l10n_cl_dte_id
        document.action_void()
        self.assertEqual(document.void_ids.folio, self.first)

    def big_caf(self):
        """The SII gives each folio once, and remembers it when the test is over."""
        if self.cafs[33].first < FOLIO:
            self.cafs[33].active = False
            self.cafs[33] = self.load_caf(33, count=10, first=FOLIO)
        self.first = self.cafs[33].first


@tagged("post_install_l10n", "post_install", "-at_install")
class TestBigInvoices(PrintCase, HttpCase):
    def accepted(self, **values):
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        return move

    def test_two_and_a_half_thousand_million(self):
        for lines in ([{"price_unit": 2_500_000_000}], [{"price_unit": 500_000_000}] * 10):
            move = self.accepted(lines=lines)
            net = sum(line["price_unit"] for line in lines)
            total = net + round(net * 0.19)
            self.assertEqual(move.l10n_cl_dte_id.amount_total, total)
            [held] = self.sii.documents(move.company_id.vat, 33, move.l10n_cl_dte_id.folio)
            self.assertEqual(held["total"], total)
            printed = self.print_out(move)
            text = f"{total:,}".replace(",", ".")
            self.assertTrue(any(page.shows(text) for page in printed.pages), text)

    def test_every_peso_of_the_largest_prices(self):
        """A unit price has twelve digits at most at the SII."""
        price = 10**12 - 1
        move = self.accepted(code=34, lines=[{"price_unit": price}] * 12)
        document = move.l10n_cl_dte_id
        self.assertEqual((move.amount_total, document.amount_total), (12 * price, 12 * price))
        self.env.invalidate_all()
        self.assertEqual(document.amount_total, 12 * price)

    def test_beyond_what_a_document_holds(self):
        for price in (10**12, 2**53 - 1, 10**16 + 1, 10**17, 10**18, 10**30):
            with self.subTest(price), self.assertRaises(UserError):
                self.post(code=34, lines=[{"price_unit": price}])

    def test_integers_over_json_floats_over_xmlrpc(self):
        self.cafs[33].active = False
        self.load_caf(33, count=10, first=FOLIO)
        move = self.accepted(lines=[{"price_unit": 2_500_000_000}])
        document, total = move.l10n_cl_dte_id, 2_975_000_000
        password = "long enough for anybody"
        user = self.env.user
        user.sudo().write({"password": password})
        self.authenticate(user.login, password)
        wanted = {"folio": {}, "amount_total": {}}
        [read] = self.rpc("l10n_cl.dte", "web_read", document.ids, wanted)
        self.assert_integers(read, folio=FOLIO, amount_total=total)
        domain = [("folio", "=", FOLIO)]
        [read] = self.rpc("l10n_cl.dte", "search_read", domain, list(wanted))
        self.assert_integers(read, folio=FOLIO, amount_total=total)
        [group] = self.rpc(
            "l10n_cl.dte", "formatted_read_group", domain, ["folio"], ["amount_total:sum"]
        )
        self.assert_integers(group, **{"folio": FOLIO, "amount_total:sum": total})
        call = (self.env.cr.dbname, user.id, password, "l10n_cl.dte")
        [read] = self.xmlrpc_object.execute_kw(*call, "read", [document.ids, list(wanted)])
        self.assertEqual((read["folio"], read["amount_total"]), (float(FOLIO), float(total)))
        self.assertIsInstance(read["folio"], float)
        [group] = self.xmlrpc_object.execute_kw(
            *call,
            "formatted_read_group",
            [[("folio", "=", float(FOLIO))], ["folio"], ["amount_total:sum"]],
        )
        self.assertEqual(group["amount_total:sum"], total)

    def rpc(self, model, method, *arguments):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": arguments, "kwargs": {}},
        )

    def assert_integers(self, answer, **wanted):
        for name, value in wanted.items():
            self.assertEqual(answer[name], value)
            self.assertIsInstance(answer[name], int, name)

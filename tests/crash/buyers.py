"""What buyers owe, and pay, at the doors that the web client uses."""

from clerk import Clerk
from patience import until

# Whoever commits what became of a statement waits at a gate too.
GATES = """
    CREATE CONSTRAINT TRIGGER crash_gate AFTER INSERT OR UPDATE OF state ON l10n_cl_statement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
    CREATE CONSTRAINT TRIGGER crash_gate AFTER INSERT OR UPDATE OF state
        ON l10n_cl_emission_request
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
"""
PRICE = 10_000


class Buyers:
    """Orders of the demo's first customer that emit their factura when they are paid."""

    def __init__(self, clerk: Clerk, scratch) -> None:
        self._clerk, self._scratch = clerk, scratch
        if not scratch.value(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'crash_gate' AND"
            " tgrelid = 'l10n_cl_statement'::regclass"
        ):
            scratch.rows(GATES)

    def policy(self, **values) -> None:
        """The company's only policy."""
        policies = self._clerk.search("l10n_cl.emission.policy", [("company_id", "=", 1)])
        if not policies:
            policies = self._clerk.call("l10n_cl.emission.policy", "create", [{"company_id": 1}])
        values = {"document": "invoice", "emit_at": "payment", "emit_unpaid": False, **values}
        self._clerk.call("l10n_cl.emission.policy", "write", policies, values)
        self._clerk.call("res.company", "write", [1], {"l10n_cl_emission_policy_id": policies[0]})

    def owe(self, **statement) -> int:
        """A statement, all of a confirmed order."""
        (customer,) = self._clerk.search("res.partner", [("vat", "=", "77888456-9")], limit=1)
        (product,) = self._clerk.search("product.product", [("default_code", "=", "NB-14")])
        pesos = self._clerk.read("res.company", 1, "currency_id")["currency_id"][0]
        line = {"product_id": product, "product_uom_qty": 1, "price_unit": PRICE}
        order = {
            "partner_id": customer,
            "l10n_cl_emit_document": True,
            "order_line": [(0, 0, line)],
            "l10n_cl_statement_ids": [
                (0, 0, {"amount": PRICE * 1.19, "currency_id": pesos, **statement})
            ],
        }
        (order,) = self._clerk.call("sale.order", "create", [order])
        self._clerk.call("sale.order", "action_confirm", [order])
        return self._clerk.search("l10n_cl.statement", [("order_id", "=", order)])[0]

    def payment(self, statement: int) -> int:
        """A draft payment that names the statement."""
        (journal,) = self._clerk.search("account.journal", [("type", "=", "bank")], limit=1)
        values = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self._clerk.read("l10n_cl.statement", statement, "partner_id")[
                "partner_id"
            ][0],
            "amount": PRICE * 1.19,
            "journal_id": journal,
            "l10n_cl_statement_ids": [(6, 0, [statement])],
        }
        return self._clerk.call("account.payment", "create", [values])[0]

    def pay(self, payment: int) -> None:
        self._clerk.colleague().call("account.payment", "action_post", [payment])

    def state(self, statement: int) -> tuple[str, str]:
        """Of the statement and of its request."""
        query = (
            "SELECT statement.state, request.state FROM l10n_cl_statement statement"
            " JOIN l10n_cl_emission_request request ON request.statement_id = statement.id"
            " WHERE statement.id = %s"
        )
        (states,) = self._scratch.rows(query, statement)
        return states

    def emitted_once(self, statement: int) -> int:
        """Time passes until the statement's document is emitted; the one invoice."""
        until(lambda: self.state(statement)[1] == "done", meanwhile=self._scratch.hurry)
        query = "SELECT id FROM account_move WHERE l10n_cl_statement_id = %s"
        (move,) = self._scratch.rows(query, statement)
        return move[0]

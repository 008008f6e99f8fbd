"""What people do in Odoo, through the doors that the web client uses."""

import base64
from collections.abc import Mapping
from copy import copy
from types import MappingProxyType
from typing import Any

import requests
from house.demo import company
from house.demo.user import User
from house.progress import StepError

FACTURA = 33


class Clerk(User):
    """Writes and confirms facturas for the demo's first customer."""

    context: Mapping = MappingProxyType({})

    def colleague(self, company: str = "") -> "Clerk":
        """The same user at another screen, that works at the same time.

        :param company: name of the company that is chosen there.
        """
        colleague = copy(self)
        colleague._session = requests.Session()
        colleague._session.cookies.update(self._session.cookies)
        if company:
            companies = self.search("res.company", [("name", "=", company)])
            colleague.context = {"allowed_company_ids": companies}
        return colleague

    def call(self, model: str, method: str, *arguments: Any, **options: Any) -> Any:
        return super().call(model, method, *arguments, context={**self.context}, **options)

    def draft(self, count: int = 1, **values) -> list[int]:
        """The ids of so many new draft facturas, one after the other."""
        (customer,) = self.search("res.partner", [("vat", "=", "77888456-9")], limit=1)
        (product,) = self.search("product.product", [("default_code", "=", "NB-14")])
        line = (0, 0, {"product_id": product, "quantity": 1})
        factura = {"move_type": "out_invoice", "partner_id": customer, "invoice_line_ids": [line]}
        return self.call("account.move", "create", [factura | values] * count)

    def confirm(self, *moves: int) -> None:
        self.call("account.move", "action_post", list(moves))

    def post(self) -> int:
        (move,) = self.draft()
        self.confirm(move)
        return move

    def confirm_in_spite_of(self, trouble: str, *moves: int) -> int:
        """Confirm all together, again and again while Odoo answers with that trouble; how often.

        :raises StepError: it answered with another.
        """
        refusals = 0
        while True:
            try:
                self.confirm(*moves)
                return refusals
            except StepError as error:
                if trouble not in error.output:
                    raise
                refusals += 1

    def load_folios(self, sii, count: int, type_: int = FACTURA) -> None:
        """Ask the SII for folios, and load the file."""
        caf = sii.issue_caf({"rut": company.RUT, "type": type_, "count": count})
        file = base64.b64encode(caf["xml"].encode("iso-8859-1")).decode()
        self.call("l10n_cl.caf", "create", [{"file": file}])

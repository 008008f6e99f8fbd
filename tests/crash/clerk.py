"""What people do in Odoo, through the doors that the web client uses."""

import base64

from house.demo import company
from house.demo.user import User

FACTURA = 33


class Clerk(User):
    """Writes and confirms facturas for the demo's first customer."""

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

    def load_folios(self, sii, count: int) -> None:
        """Ask the SII for folios of facturas, and load the file."""
        caf = sii.issue_caf({"rut": company.RUT, "type": FACTURA, "count": count})
        file = base64.b64encode(caf["xml"].encode("iso-8859-1")).decode()
        self.call("l10n_cl.caf", "create", [{"file": file}])

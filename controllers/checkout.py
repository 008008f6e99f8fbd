"""Tax data before an online payment: checked while they are typed, kept, and demanded."""

from odoo.addons.sale.controllers.portal import PaymentPortal
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import Controller, request, route

from ..sii import rut
from .door import MOST_BYTES, OF_STRANGERS, check_choice, is_id, missed, token_of
from .statements import StatementPortal

_TYPED_LIMIT = 80
_COMMUNES = 8


class Checkout(Controller):
    """What anybody may ask while typing. No personal data is returned, and nothing is kept."""

    @route("/l10n_cl_sii/checkout/rut", readonly=True, **OF_STRANGERS)
    def rut(self, rut_typed=""):
        """Whether the check digit is right; the RUT as it is written in Chile, or a sentence."""
        typed = _text(rut_typed)
        if not rut.is_valid(typed):
            return {"good": False, "text": request.env._("Check the digit after the dash.")}
        dotted = request.env["res.partner"]._format_dotted_vat_cl(rut.canonical(typed))
        return {"good": True, "text": dotted}

    @route("/l10n_cl_sii/checkout/communes", readonly=True, **OF_STRANGERS)
    def communes(self, name=""):
        """Communes of Chile that a text may mean, and the one that it does mean."""
        cities = request.env["res.city"].sudo()
        typed = _text(name)
        domain = [("l10n_cl_cut_code", "!=", False), ("display_name", "ilike", typed)]
        near = cities.search(domain, limit=_COMMUNES) if typed else cities
        city = cities._l10n_cl_find_commune(typed)
        answer = {"names": near.mapped("name"), "found": bool(city)}
        if not city:
            text = request.env._("There is no commune of that name in Chile.")
            return {**answer, "text": text}
        region = city.state_id
        return {**answer, "text": f"{city.name}, {region.name}", "region_id": region.id}


class StatementCheckout(StatementPortal):
    @route("/my/statements/<string:uuid>/buyer", **OF_STRANGERS)
    def l10n_cl_statement_buyer(self, uuid, access_token=None, document="", data=None):
        """Keep the buyer's tax data: ``{"errors": {field: sentence}}``."""
        statement = self._l10n_cl_statement(uuid, access_token)
        if not statement:
            missed()
            raise ValidationError(request.env._("This link is not valid."))
        return _take(statement.order_id, document, data)


class OrderCheckout(PaymentPortal):
    @route("/my/orders/<int:order_id>/buyer", **OF_STRANGERS)
    def l10n_cl_order_buyer(self, order_id, access_token=None, document="", data=None):
        """The same, of an order."""
        return _take(self._l10n_cl_order(order_id, access_token), document, data)

    @route(max_content_length=MOST_BYTES)
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        order = self._l10n_cl_order(order_id, access_token)
        access_token = token_of(access_token)
        if text := order._l10n_cl_checkout_obstacle():
            raise ValidationError(text)
        check_choice(**kwargs)
        return super().portal_order_transaction(order_id, access_token, **kwargs)

    def _l10n_cl_order(self, order_id, access_token):
        try:
            # a number that no record can have would be an error of the database
            known = order_id if is_id(order_id) else 0
            order = self._document_check_access("sale.order", known, token_of(access_token))
        except (AccessError, MissingError):
            missed()
            raise ValidationError(request.env._("This link is not valid.")) from None
        return order.with_company(order.company_id)


def _text(value):
    """What was typed, without what no database keeps."""
    if not isinstance(value, str):
        return ""
    typed = value[:_TYPED_LIMIT].encode(errors="ignore").decode()
    return typed.replace("\0", "")


def _take(order, document, data):
    if not order._l10n_cl_checkout_is_open():
        raise UserError(request.env._("The document of this order cannot be changed any more."))
    given = data if isinstance(data, dict) else {}
    return {"errors": order._l10n_cl_take_checkout(document, given)}

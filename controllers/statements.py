"""What a buyer owes, by statement: the list, the page of each, and its payment."""

import re

from odoo import Command
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.addons.portal.controllers.portal import pager
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route

from .door import OF_STRANGERS, PRIVATE, check_choice, missed, not_found, token_of

_UUID = re.compile("[0-9a-f-]{36}")
_PAGE = "/my/statements/<string:uuid>"


class StatementPortal(PortalAccount):
    """Whoever may read a statement, or holds its token, sees and pays it; others get a 404."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "l10n_cl_statement_count" in counters:
            statements = request.env["l10n_cl.statement"]
            may = statements.has_access("read")
            domain = self._l10n_cl_statement_domain()
            values["l10n_cl_statement_count"] = statements.search_count(domain) if may else 0
        return values

    def _l10n_cl_statement_domain(self):
        return request.env["l10n_cl.statement"]._portal_domain(request.env.user.partner_id)

    @route(
        ["/my/statements", "/my/statements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def l10n_cl_statements(self, page=1, **_query):
        statements = request.env["l10n_cl.statement"]
        if not statements.has_access("read"):
            return request.redirect("/my")
        domain = self._l10n_cl_statement_domain()
        total = statements.search_count(domain)
        pages = pager(url="/my/statements", total=total, page=page, step=self._items_per_page)
        found = statements.search(domain, limit=self._items_per_page, offset=pages["offset"])
        values = {
            **self._prepare_portal_layout_values(),
            "statements": found.sudo(),
            "page_name": "l10n_cl_statement",
            "pager": pages,
            "default_url": "/my/statements",
        }
        return request.render("l10n_cl_sii.portal_statements", values)

    @route(_PAGE, type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    def l10n_cl_statement(self, uuid, access_token=None, **_query):
        statement = self._l10n_cl_statement(uuid, access_token)
        if not statement:
            raise not_found()
        obstacle = statement._portal_obstacle()
        values = {
            "statement": statement,
            "order": statement.order_id,
            "obstacle": obstacle,
            "page_name": "l10n_cl_statement",
            "res_company": statement.company_id,
            "transaction": statement.transaction_ids.filtered(lambda tx: tx.state != "draft")[:1],
        }
        if not obstacle:
            values |= self._l10n_cl_payment_values(statement)
        answer = request.render(
            "l10n_cl_sii.portal_statement",
            self._get_page_view_values(statement, access_token, values, "my_statements", False),
        )
        answer.headers.update(PRIVATE)
        return answer

    @route(f"{_PAGE}/transaction", **OF_STRANGERS)
    def l10n_cl_statement_transaction(self, uuid, access_token=None, **kwargs):
        """A draft transaction over what is owed today, and what the browser needs to go on."""
        statement = self._l10n_cl_statement(uuid, access_token)
        if not statement:
            missed()
            raise ValidationError(request.env._("This link is not valid."))
        self._validate_transaction_kwargs(kwargs)
        check_choice(**kwargs)
        order = statement.order_id
        if text := statement._portal_obstacle() or order._l10n_cl_checkout_obstacle():
            raise ValidationError(text)
        owed = statement._portal_pesos()
        if self._cast_as_float(kwargs.pop("amount", None)) != owed:
            raise ValidationError(request.env._("What is owed has changed: load this page again."))
        transaction = self._create_transaction(
            amount=owed,
            currency_id=statement.company_id.currency_id.id,
            partner_id=self._l10n_cl_payer(statement).id,
            reference_prefix=order.name,
            custom_create_values={"l10n_cl_statement_ids": [Command.set(statement.ids)]},
            **{**kwargs, "landing_route": statement.get_portal_url(), "is_validation": False},
        )
        return transaction._get_processing_values()

    def _l10n_cl_statement(self, uuid, access_token):
        """The statement, for all rights, of whoever may see it; else an empty one."""
        none = request.env["l10n_cl.statement"].sudo()
        found = none.search([("uuid", "=", uuid)]) if _UUID.fullmatch(uuid) else none
        if not found:
            return none
        try:
            token = token_of(access_token)
            statement = self._document_check_access(found._name, found.id, token)
        except (AccessError, MissingError):
            return none
        return statement.with_company(statement.company_id)

    def _l10n_cl_payer(self, statement):
        """Whose saved cards are shown, and whose the payment is."""
        user = request.env.user
        return statement.partner_id if user._is_public() else user.partner_id

    def _l10n_cl_payment_values(self, statement):
        pesos = statement._portal_pesos()
        values = self._get_common_page_view_values(
            {
                "partner": statement.partner_id,
                "company": statement.company_id,
                "total_amount": pesos,
                "currency": statement.company_id.currency_id,
                "landing_route": statement.get_portal_url(),
                "transaction_route": f"{statement.access_url}/transaction",
            },
            access_token=statement._portal_ensure_token(),
        )
        return {**values, "amount": pesos}

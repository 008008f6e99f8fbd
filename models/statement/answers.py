from odoo import models
from odoo.exceptions import AccessError

from ..access.entry import MANAGER

# Of an order that its buyer may see: a draft shows no statement to pay
_SEEN = ("sale", "cancel")


class Statement(models.Model):
    """What a buyer was asked to pay is not changed by whoever may write statements.

    Paying less than what was sold would else end in a document of that little.
    """

    _inherit = "l10n_cl.statement"

    def _is_shown_to_buyer(self):
        """Whether its buyer may have seen what he owes: on his page, or by the link to it."""
        shown = self.sudo()
        return shown.order_id.state in _SEEN or bool(shown.access_token)

    def _amounts(self):
        """{statement: (amount, currency)}, to see afterwards what was changed."""
        return {each: (each.amount, each.currency_id) for each in self}

    def _amounts_changed(self, before):
        """Who changed amounts that buyers know is noted on each.

        before: see ``_amounts``. Raises AccessError when it is nobody who may.
        """
        for statement, (amount, currency) in before.items():
            if (statement.amount, statement.currency_id) == (amount, currency):
                continue
            statement._check_may_change_shown()
            text = self.env._(
                "%(who)s changed the amount from %(before)s to %(after)s.",
                who=self.env.user.name,
                before=currency.format(amount),
                after=statement.currency_id.format(statement.amount),
            )
            statement._message_log_batch({statement.id: text})

    def _check_may_change_shown(self):
        """Raise AccessError when a buyer was informed of one and this user may not change that."""
        if self.env.su or not (shown := self.filtered(lambda each: each._is_shown_to_buyer())):
            return
        if not shown._may_change_shown():
            label = self.env.ref(MANAGER).sudo().full_name
            raise AccessError(
                self.env._(
                    "The buyer was told what %(statement)s comes to. Whoever has the right "
                    "“%(right)s” may change or delete it.",
                    statement=shown[:1].display_name,
                    right=label,
                )
            )

    def _may_change_shown(self):
        """Whether this user may change what buyers were asked to pay. Addons extend this."""
        return self.env.user.has_group(MANAGER)

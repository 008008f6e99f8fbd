from functools import lru_cache

from odoo import fields, models

from ...sii.authority.authorities import Recognition, Store, from_pem
from ...sii.codes import Environment

_PARAMETER = "l10n_cl_sii.authority."


@lru_cache(maxsize=8)
def _store(known):
    """The library's store; parsing certificates is what costs. known: see ``from_pem``."""
    return Store(from_pem(*each) for each in known)


class Issuer(models.Model):
    """Whose certificates of persons a company believes."""

    _inherit = "l10n_cl.issuer"

    recognised_answer = fields.Boolean(
        "Simple signatures answer",
        tracking=True,
        help="Whether an answer that a customer mails counts when its signer's certificate is of "
        "a simple signature: its authority's key is known from other documents, and nobody "
        "accredited it. Off: such answers are shown as unproven and call nobody.",
    )

    def _authorities(self):
        """The authorities that are known to this company (sii.authority.authorities.Store).

        Beside those of the table: those of simulators, never in production.
        """
        self.ensure_one()
        found = (
            self.env["l10n_cl.authority"]
            .sudo()
            .search_fetch(
                ["|", ("company_id", "=", False), ("company_id", "parent_of", self.company_id.id)],
                ["pem", "name", "recognition", "purpose", "accredited_until"],
            )
        )
        known = [each._as_known(self.recognised_answer) for each in found]
        return _store((*known, *self._test_authorities()))

    def _test_authorities(self):
        if self.environment == Environment.PRODUCTION:
            return
        parameters = (
            self.env["ir.config_parameter"]
            .sudo()
            .search_fetch([("key", "=like", f"{_PARAMETER}%")], ["key", "value"])
        )
        for parameter in parameters:
            name = parameter.key.removeprefix(_PARAMETER)
            yield parameter.value, name, Recognition.TEST, True, None

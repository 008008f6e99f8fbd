from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sii.states import SET_ASIDE
from ..base.texts.values import dotted

# More than any CAF holds: who writes a number with too many digits gets an error.
_MOST = 1_000_000

# What is reserved or free has no document: whoever holds it goes without.
_WITHOUT_DOCUMENT = SQL(
    """
    ON CONFLICT (issuer_rut, environment, document_code, folio) WHERE folio > 0 DO UPDATE
       SET state = EXCLUDED.state, reserved_for = NULL, sii_text = EXCLUDED.sii_text,
           elsewhere_told = EXCLUDED.elsewhere_told,
           write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
     WHERE l10n_cl_dte.state IN %s
    """,
    SET_ASIDE,
)


class Issuer(models.Model):
    """Folios that another system used are rows of the ledger: never offered, never deleted."""

    _inherit = "l10n_cl.issuer"

    def _mark_used_elsewhere(self, document_type, first, last, why, by_hand=False):
        """Note folios of a type that are not this database's, those that the ledger lacks.

        why: for people; who, is who is logged in. by_hand: only he states it, and may take it
        back. Returns how many were noted. Raises UserError for numbers that make no sense.
        """
        self.ensure_one()
        if not 0 < first <= last:
            raise UserError(
                self.env._(
                    "There are no folios from %(first)s to %(last)s.", first=first, last=last
                )
            )
        if last - first >= _MOST:
            raise UserError(
                self.env._("That is more than %s folios at once. Write fewer.", dotted(_MOST))
            )
        self.env["l10n_cl.dte"].flush_model()
        folios = SQL(
            """
            SELECT folio, caf.id
              FROM generate_series(%(first)s::bigint, %(last)s::bigint) folio
              LEFT JOIN l10n_cl_caf caf
                ON caf.active AND caf.issuer_rut = %(rut)s
               AND caf.environment = %(environment)s AND caf.document_code = %(code)s
               AND folio BETWEEN caf.first AND caf.last
            """,
            first=first,
            last=last,
            rut=self.company_rut,
            environment=self.environment,
            code=int(document_type.code),
        )
        noted = self._ledger_query("elsewhere", document_type, folios, why=why, by_hand=by_hand)
        marked = self.env.execute_query(SQL("%s %s RETURNING folio", noted, _WITHOUT_DOCUMENT))
        self.env["l10n_cl.caf"].invalidate_model()
        if marked:
            self._post_finding(
                self.env._(
                    "%(type)s, folios %(first)s to %(last)s are used elsewhere (%(count)s that "
                    "were free here). %(why)s",
                    type=document_type.name,
                    first=first,
                    last=last,
                    count=len(marked),
                    why=why,
                )
            )
        return len(marked)

    def _documents_of(self, document_type, folio):
        """The rows of the ledger of one folio."""
        return self.env["l10n_cl.dte"].search(
            [
                ("issuer_rut", "=", self.company_rut),
                ("environment", "=", self.environment),
                ("document_code", "=", int(document_type.code)),
                ("folio", "=", folio),
            ]
        )


class Caf(models.Model):
    _inherit = "l10n_cl.caf"

    def _mark_used_elsewhere(self, first, last, why):
        """Note folios of this CAF that a manager states another system used; see the issuer's."""
        self.ensure_one()
        if not self.first <= first <= last <= self.last:
            raise UserError(
                self.env._(
                    "This CAF holds the folios from %(first)s to %(last)s.",
                    first=self.first,
                    last=self.last,
                )
            )
        return self.issuer_id._mark_used_elsewhere(
            self.document_type_id, first, last, why, by_hand=True
        )

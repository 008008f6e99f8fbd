from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..base.texts.values import dotted

# More than any CAF holds: who writes a number with too many digits gets an error.
_MOST = 1_000_000


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
        marked = self.env.execute_query(
            SQL(
                """
                INSERT INTO l10n_cl_dte (
                    state, company_id, issuer_id, issuer_rut, environment, document_type_id,
                    document_code, folio, caf_id, generation, sii_text, elsewhere_told,
                    create_uid, create_date, write_uid, write_date)
                SELECT 'elsewhere', %(company)s, %(issuer)s, %(rut)s, %(environment)s, %(type)s,
                       %(code)s, folio, caf.id, 1, %(why)s, %(by_hand)s,
                       %(user)s, %(now)s, %(user)s, %(now)s
                  FROM generate_series(%(first)s::bigint, %(last)s::bigint) folio
                  LEFT JOIN l10n_cl_caf caf
                    ON caf.active AND caf.issuer_rut = %(rut)s
                   AND caf.environment = %(environment)s AND caf.document_code = %(code)s
                   AND folio BETWEEN caf.first AND caf.last
                ON CONFLICT DO NOTHING
                RETURNING folio
                """,
                company=self.company_id.id,
                issuer=self.id,
                rut=self.company_rut,
                environment=self.environment,
                type=document_type.id,
                code=int(document_type.code),
                first=first,
                last=last,
                why=why,
                by_hand=by_hand,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
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

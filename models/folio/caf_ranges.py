from contextlib import contextmanager

from psycopg2.errors import ExclusionViolation

from odoo import models
from odoo.exceptions import ValidationError

# One number line for the folios of every company, environment and type, so that PostgreSQL's own
# ranges can keep them apart: an extension to compare the other columns needs rights that the
# owner of a database often lacks. A folio has at most 18 digits.
_LINE = (
    "((NULLIF(regexp_replace(issuer_rut, '[^0-9].*$', ''), '')::numeric * 2"
    " + (environment = 'production')::integer) * 1000000 + document_code)"
    " * 10000000000000000000::numeric"
)


class Caf(models.Model):
    """No folio is in two CAFs in use: the database sees to it, however many load them at once."""

    _inherit = "l10n_cl.caf"

    _ranges_apart = models.Constraint(
        f"EXCLUDE USING gist (numrange({_LINE} + first, {_LINE} + last, '[]') WITH &&)"
        " WHERE (active)",
        "These folios are loaded already, in another CAF in use.",
    )

    @contextmanager
    def _ranges_kept_apart(self):
        """One load of CAFs after the other. Raises ValidationError when folios are taken."""
        # two that wait for each other's row would meet a deadlock instead
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('l10n_cl_caf'))")
        try:
            with self.env.cr.savepoint():
                yield
        except ExclusionViolation as taken:
            raise ValidationError(
                self.env._("These folios are loaded already: somebody loaded them just now.")
            ) from taken

    def _check_no_overlap(self):
        """Report in which CAF the folios are; also in an archived one, which is taken up again."""
        for caf in self.sudo():
            twin = caf.with_context(active_test=False).search(
                [
                    ("id", "!=", caf.id),
                    ("issuer_rut", "=", caf.issuer_rut),
                    ("environment", "=", caf.environment),
                    ("document_code", "=", caf.document_code),
                    ("first", "<=", caf.last),
                    ("last", ">=", caf.first),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._("These folios are loaded already, in %s.", twin.display_name)
                )

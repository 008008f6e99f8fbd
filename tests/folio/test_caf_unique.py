"""No folio is in two CAFs in use: PostgreSQL enforces it, whoever asks and however many at once."""

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from ..taxpayer.identity_case import IdentityCase

_COPY = """
    INSERT INTO l10n_cl_caf (issuer_id, issuer_rut, environment, document_code, first, last, active)
    SELECT issuer_id, %(rut)s, %(environment)s, %(code)s, %(first)s, %(last)s, %(active)s
      FROM l10n_cl_caf WHERE id = %(id)s
"""


class TestUnique(IdentityCase):
    def setUp(self):
        super().setUp()
        self.caf = self.cafs[33]
        self.env.flush_all()

    def insert(self, **values):
        """A row that no code of ours has looked at."""
        caf = self.caf.sudo()
        with self.cr.savepoint():
            self.cr.execute(
                _COPY,
                {
                    "id": caf.id,
                    "rut": caf.issuer_rut,
                    "environment": caf.environment,
                    "code": caf.document_code,
                    "first": caf.first,
                    "last": caf.last,
                    "active": True,
                    **values,
                },
            )

    def assert_refused(self, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.insert(**values)

    def test_the_same_range(self):
        self.assert_refused()

    def test_ranges_that_touch(self):
        first, last = self.caf.first, self.caf.last
        self.assert_refused(first=last, last=last + 50)
        self.assert_refused(first=max(first - 5, 1), last=first)
        self.assert_refused(first=first + 1, last=first + 1)
        self.assert_refused(first=1, last=10**17)

    def test_what_is_beside_it(self):
        last = self.caf.last
        self.insert(first=10**17, last=10**17 + 5)
        self.insert(environment="production")
        self.insert(rut="76354772-8")
        self.insert(rut="7635477-1")
        self.insert(code=46, first=last, last=last)
        self.insert(active=False)

    def test_taken_up_again(self):
        """An archived twin cannot be taken up while the other one is in use."""
        self.insert(active=False)
        twin = (
            self.env["l10n_cl.caf"]
            .sudo()
            .with_context(active_test=False)
            .search([], order="id desc")
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            twin[0].active = True
            twin[0].flush_recordset()

    def test_the_sentence(self):
        file = self.caf_file(33)
        values = {"issuer_id": self.issuer.id, "file": file}
        self.env["l10n_cl.caf"].create(values)
        with self.assertRaisesRegex(ValidationError, "loaded already"), self.cr.savepoint():
            self.env["l10n_cl.caf"].create(values)
        with self.assertRaisesRegex(ValidationError, "loaded already"), self.cr.savepoint():
            other = {"issuer_id": self.issuer.id, "file": self.caf_file(34)}
            self.env["l10n_cl.caf"].create([other, values])

import itertools
import json
from collections import defaultdict
from datetime import UTC
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...sii.register.row import MOMENTS
from ...sii.register.twice import COMPARED
from ..base import document_type as document_types
from .event import REMEMBERED
from .texts import contradiction_text

_BATCH = 1000
_MOMENTS = (*MOMENTS, "services_issued_at")
# what one feeder knows and another leaves out: the former's word stays
_KEPT = ("provider_id", "counterpart_name", "counterpart_data", "partner_id", "period_id")
_ONLY_NEW = ("external_id", "company_id", "create_date", "create_uid")
_NO_CHANGE = ("source", "write_date", "write_uid")


class Counts(NamedTuple):
    """Numbers of entries that are new, that changed, and that were known already."""

    created: int
    changed: int
    unchanged: int


class RcvEntry(models.Model):
    """In: rows of the register (sii.register.row.Row). Out: one record a document, and its history.

    Never is a document kept twice, nor an attribute emptied that a row does not know.
    """

    _inherit = "l10n_cl.rcv.entry"

    @api.model
    def _upsert(self, company, rows, source):
        """Keep rows (sii.register.row.Row) of a company's register: one record for each document.

        Whoever feeds a document, in any order and however often, the same record is found: by its
        identity, or by the provider's id when the provider corrected it. Attributes that a row
        does not know stay; what comes twice is as it came last. Written in SQL, a thousand
        at a time: 100,000 rows a month are normal.

        rows: any iterable, read once. source: whose rows they are, for people.
        """
        self.flush_model()
        sums = [0, 0, 0]
        rows = iter(rows)
        while batch := list(itertools.islice(rows, _BATCH)):
            counts = self._upsert_batch(company, batch, source)
            sums = [before + more for before, more in zip(sums, counts, strict=True)]
        self.invalidate_model()
        return Counts(*sums)

    def _upsert_batch(self, company, rows, source):
        known = self._known(company, rows)
        values = self._merged(company, rows, source)
        groups = defaultdict(list)
        for one in values:
            groups[tuple(one)].append(one)
        written = [row for columns, group in groups.items() for row in self._put(columns, group)]
        ids = [entry_id for entry_id, _identity, _is_new in written]
        self._remember_changes(values, known, written, source)
        self._match(ids)
        created = sum(is_new for _id, _identity, is_new in written)
        return created, len(written) - created, len(values) - len(written)

    @api.model
    def _contradictions_text(self, watch):
        """Sentences about rows with two contents (sii.register.twice.Watch), or False."""
        names = {name: self._fields[name]._description_string(self.env) for name in COMPARED}
        texts = [contradiction_text(self.env, found, names) for found in watch.found]
        if more := watch.count - len(texts):
            texts.append(self.env._("And %s more documents that stand twice.", more))
        return "\n".join(texts) or False

    def _known(self, company, rows):
        """What is remembered of the entries that these rows state, by identity, locked.

        An entry that the provider gave under another identity takes the corrected one, unless
        that is another entry's.
        """
        identity_of = {row.provider_id: row.identity for row in rows if row.provider_id}
        query = SQL(
            """SELECT id, identity, provider_id, %s FROM l10n_cl_rcv_entry
                WHERE company_id = %s AND (identity = ANY(%s) OR provider_id = ANY(%s))
                ORDER BY identity FOR UPDATE""",
            SQL(", ").join(map(SQL.identifier, REMEMBERED)),
            company.id,
            [row.identity for row in rows],
            list(identity_of),
        )
        self.env.cr.execute(query)
        found = self.env.cr.dictfetchall()
        known = {row["identity"]: row for row in found}
        for row in found:
            corrected = identity_of.get(row["provider_id"])
            if corrected and corrected not in known:
                self.env.cr.execute(
                    SQL(
                        "UPDATE l10n_cl_rcv_entry SET identity = %s WHERE id = %s",
                        corrected,
                        row["id"],
                    )
                )
                known[corrected] = row
        return known

    def _merged(self, company, rows, source):
        """Column values of each document, once: of what comes twice in a batch, the last."""
        periods = self.env["l10n_cl.rcv.period"]._of(
            company, {(row.period, row.issue_type) for row in rows if row.period}
        )
        partners = self._partners(company, {row.counterpart.rut for row in rows if row.counterpart})
        types = self._document_types()
        common = {
            "company_id": company.id,
            "source": source,
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
        }
        merged = {}
        for row in rows:
            values = {
                **self._columns(row),
                **common,
                "period_id": periods.get((row.period, row.issue_type)),
                "partner_id": row.counterpart and partners.get(row.counterpart.rut),
                "document_type_id": types.get(row.document_type),
            }
            merged[row.identity] = merged.get(row.identity, {}) | values
        return [merged[identity] for identity in sorted(merged)]

    @api.model
    def _columns(self, row):
        """The row itself, as JSON that PostgreSQL reads into columns."""
        party = row.counterpart
        detail = dict(row.detail)
        for name in _MOMENTS:
            if moment := detail.get(name):
                detail[name] = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        return {
            **detail,
            "identity": row.identity,
            "external_id": row.provider_id or self._fields["external_id"].default(self),
            "provider_id": row.provider_id,
            "issue_type": row.issue_type,
            "document_type": row.document_type,
            "number": row.number,
            "date": row.date and row.date.isoformat(),
            "tax_period": row.period,
            "currency": row.currency,
            "counterpart_rut": party and party.rut,
            "counterpart_name": (party and party.name) or None,
            "counterpart_data": party and party.institution_tax_payer,
            "net_amount": row.net_amount,
            "total_amount": row.total_amount,
            "is_services_invoice": row.is_services,
            "is_summary": row.is_summary,
            "unknown": row.unknown or None,
        }

    def _put(self, columns, values):
        """Write rows with the same columns; (id, identity, is new) of those that changed."""
        names = [*columns, "create_date", "write_date"]
        updated = [name for name in names if name not in _ONLY_NEW]
        compared = [name for name in updated if name not in _NO_CHANGE]
        query = SQL(
            """INSERT INTO l10n_cl_rcv_entry AS kept (%(names)s)
               SELECT %(selected)s, %(now)s, %(now)s
                 FROM jsonb_to_recordset(%(values)s) AS told (%(typed)s)
               ON CONFLICT (company_id, identity) DO UPDATE SET %(assigned)s
                WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
               RETURNING id, identity, xmax = 0""",
            names=SQL(", ").join(map(SQL.identifier, names)),
            selected=SQL(", ").join(map(SQL.identifier, columns)),
            now=SQL("now() AT TIME ZONE 'UTC'"),
            values=json.dumps(values),
            typed=SQL(", ").join(
                SQL("%s %s", SQL.identifier(name), SQL(self._fields[name].column_type[1]))
                for name in columns
            ),
            assigned=SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), self._new_value(name, columns))
                for name in updated
            ),
            old=SQL(", ").join(SQL.identifier("kept", name) for name in compared),
            new=SQL(", ").join(self._new_value(name, columns) for name in compared),
        )
        self.env.cr.execute(query)
        return self.env.cr.fetchall()

    def _new_value(self, name, columns):
        new, old = SQL.identifier("excluded", name), SQL.identifier("kept", name)
        if name in _KEPT:
            return SQL("COALESCE(%s, %s)", new, old)
        if name == "unknown":
            # the odd value of an attribute goes when the attribute comes anew
            return SQL(
                "NULLIF((COALESCE(%s, '{}') - %s::text[]) || COALESCE(%s, '{}'), '{}')",
                old,
                list(columns),
                new,
            )
        return new

    def _partners(self, company, ruts):
        """Id of the contact of each RUT, however it is written there."""
        found = self.env["res.partner"].sudo()._l10n_cl_of_ruts(ruts, company)
        return {rut: contacts[:1].id for rut, contacts in found.items()}

    def _document_types(self):
        found = document_types.by_code(self.sudo().with_context(active_test=False).env)
        return {int(code): one.id for code, one in found.items() if code.isdecimal()}

    def _remember_changes(self, values, known, written, source):
        """A line of history for each attribute that differs from before."""
        ids = {identity: entry_id for entry_id, identity, is_new in written if not is_new}
        self.env["l10n_cl.rcv.event"].sudo().create(
            [
                {
                    "entry_id": ids[one["identity"]],
                    "attribute": name,
                    "before": _as_text(known[one["identity"]][name]),
                    "after": _as_text(one[name]),
                    "source": source,
                }
                for one in values
                if one["identity"] in ids and one["identity"] in known
                for name in REMEMBERED
                if name in one and one[name] != known[one["identity"]][name]
            ]
        )


def _as_text(value):
    return None if value is None else str(value)

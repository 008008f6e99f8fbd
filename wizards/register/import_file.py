import io
import logging
import re

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import EMITTER, entry
from ...models.access.unforeseen import unforeseen
from ...models.base.big_integer import BigInteger
from ...models.register.texts import other_kind_text, register_problem_text
from ...sii import clock, rut
from ...sii.errors import RegisterProblem
from ...sii.register.csv_file import RegisterFile, months
from ...sii.register.twice import Watch

_logger = logging.getLogger(__name__)

_PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


_LATE_MONTHS = 6  # a purchase may be registered in later months than its own


def _in_reach(month, register):
    """Whether the register of a month may have documents of another."""
    (year, number), (late_year, late) = (map(int, each.split("-")) for each in (month, register))
    return 0 <= (late_year - year) * 12 + late - number <= _LATE_MONTHS


def _months_text(found):
    return ", ".join(f"{month} ({found[month]})" for month in sorted(found)[-6:])


class ImportRcv(models.TransientModel):
    """The portal's CSV files of the register, one or many at once."""

    _name = "l10n_cl.import.rcv"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Import files of the SII's register"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    month = fields.Char(
        help="Year and month, such as 2026-07, of files whose name does not tell it. Empty: the "
        "latest month of the documents in the file.",
    )
    month_sure = fields.Boolean(
        "The month is right",
        help="The register has these documents in the month written here, although they are dated "
        "in others.",
    )
    asks = fields.Boolean(compute="_compute_asks")
    attachment_ids = fields.Many2many("ir.attachment", string="Choose or drop files")
    file_ids = fields.One2many("l10n_cl.import.rcv.file", "import_id", readonly=True)

    @api.depends("file_ids.asks")
    def _compute_asks(self):
        for wizard in self:
            wizard.asks = any(wizard.file_ids.mapped("asks"))

    @entry("write", EMITTER)
    def action_import(self):
        """Read all files. A file with a problem changes nothing; the others are kept."""
        self.ensure_one()
        if not rut.is_valid(self.company_id.vat or ""):
            raise UserError(self.env._("%s needs its RUT (Tax ID) first.", self.company_id.name))
        if self.month and not _PERIOD.fullmatch(self.month):
            raise UserError(self.env._("Write the month as year and month, such as 2026-07."))
        if not self.attachment_ids:
            raise UserError(self.env._("Choose the CSV files that the SII's portal gave you."))
        self.file_ids.unlink()
        size, asked, watch = 0, self.attachment_ids.browse(), None
        for attachment in self.attachment_ids.sorted("id"):
            data = attachment.raw or b""
            size += len(data)
            if self.env["l10n_cl.received.heavy"]._is_long(size):
                self._read_later(attachment.name, data)
                continue
            own = Watch(attachment.name, watch)
            result = self._read(attachment.name, data, own)
            if result.asks:
                asked |= attachment
            elif result.period_id:
                watch = own
        self.attachment_ids = asked
        return self._get_records_action(target="new", name=self.env._("Import Register Files"))

    def _read_later(self, name, data):
        """More than one request should read: kept whole for the scheduled action."""
        files = self.env["l10n_cl.received.heavy"]
        heavy = files._keep_register(data, name, self.company_id, self.month, self.month_sure)
        self.file_ids.create(
            {"import_id": self.id, "name": name, "later": heavy._being_read_text()}
        )

    def _month_of(self, data, named=""):
        """(month, question) of a file; one of both is empty. named: the month in its
        name, which has documents of that month, or of those before that may still come."""
        found = months(io.BytesIO(data))
        if named:
            if not found or self.month_sure or any(_in_reach(month, named) for month in found):
                return named, ""
            return "", self._question(named, found)
        past = [month for month in found if month <= f"{clock.today():%Y-%m}"]
        proposed = max(past or found, default="")
        if not (self.month or proposed):
            return "", self.env._("Neither its name nor its rows tell the month: write it.")
        if not self.month or not proposed or self.month == proposed or self.month_sure:
            return self.month or proposed, ""
        return "", self.env._(
            "Its documents are of %(found)s and the month that you wrote is %(written)s. Correct "
            "it, or empty it to take %(proposed)s, or tick “The month is right”, and import again.",
            found=_months_text(found),
            written=self.month,
            proposed=proposed,
        )

    def _question(self, named, found):
        return self.env._(
            "Its documents are of %(found)s and its name says %(named)s. Download it again; or "
            "tick “The month is right”, and import again.",
            found=_months_text(found),
            named=named,
        )

    def _read(self, name, data, watch=None):
        """Read a file; returns what came of it (l10n_cl.import.rcv.file).

        watch: sii.register.twice.Watch of this file, which knows the files before it.
        """
        result = self.file_ids.create({"import_id": self.id, "name": name})
        if text := other_kind_text(self.env, data):
            result.problems = text
            return result
        try:
            with self.env.cr.savepoint():
                result._keep(data, self.company_id, watch or Watch())
        except RegisterProblem as error:
            texts = [register_problem_text(self.env, problem) for problem in error.problems]
            result.problems = "\n".join(texts)
        except TransactionRollbackError:
            raise
        except UserError as problem:
            result.problems = str(problem)
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a file of the register could not be read")
            result.problems = unforeseen(self.env, error)
        return result


class ImportRcvFile(models.TransientModel):
    """What came of one file."""

    _name = "l10n_cl.import.rcv.file"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Imported file of the SII's register"

    import_id = fields.Many2one("l10n_cl.import.rcv", required=True, ondelete="cascade")
    name = fields.Char("File")
    listing = fields.Char("List")
    period_id = fields.Many2one("l10n_cl.rcv.period", "Month")
    created = BigInteger("New")
    changed = BigInteger()
    unchanged = BigInteger("Known")
    missing = BigInteger(
        "Not in the file",
        help="Documents that the register had in this list, and the file has not.",
    )
    problems = fields.Text(
        help="What is wrong with it. A file that has documents twice with other figures is kept "
        "all the same; of any other problem nothing is.",
    )
    asks = fields.Boolean("Which month?")
    later = fields.Text("Read later")
    event_ids = fields.Many2many("l10n_cl.rcv.event", string="What changed")

    def _keep(self, data, company, watch):
        """Keep the documents of a file and note the differences. Raises RegisterProblem."""
        file = RegisterFile(io.BytesIO(data), self.name)
        period, question = self.import_id._month_of(data, file.period)
        if question:
            self.write({"problems": question, "asks": True})
            return
        identities = set()
        last_event = self.env["l10n_cl.rcv.event"].search([], order="id desc", limit=1).id or 0
        counts = (
            self.env["l10n_cl.rcv.entry"]
            .sudo()
            ._upsert(company, self._noted(file, company, period, identities, watch), self._source())
        )
        if file.problems:
            raise RegisterProblem(file.problems)
        periods = self.env["l10n_cl.rcv.period"]._of(company, {(period, file.book)})
        self.write(
            {
                "listing": file.listing.name.replace("_", " ").capitalize(),
                "period_id": periods[period, file.book],
                **counts._asdict(),
                "problems": self.env["l10n_cl.rcv.entry"]._contradictions_text(watch),
                "missing": self._count_missing(file, company, period, identities),
                "event_ids": self.env["l10n_cl.rcv.event"].search(
                    [("id", ">", last_event), ("company_id", "=", company.id)], limit=200
                ),
            }
        )

    @api.model
    def _source(self):
        return self.env._("CSV file")

    def _noted(self, file, company, period, identities, watch):
        for row in watch.passing(file.fetch(rut.canonical(company.vat), period)):
            identities.add(row.identity)
            yield row

    def _count_missing(self, file, company, period, identities):
        """Documents of the list that the file does not have: they went to another list since."""
        entries = self.env["l10n_cl.rcv.entry"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("tax_period", "=", period),
                ("issue_type", "=", file.book),
                ("invoice_status", "=", file.listing.status),
                ("is_services_invoice", "=", False),
                ("is_summary", "=", file.listing.summary),
            ],
            ["identity"],
        )
        return len(set(entries.mapped("identity")) - identities)

    @entry("read", EMITTER)
    def action_open_entries(self):
        """Button: the month's documents of this file's book."""
        self.ensure_one()
        return self.period_id.action_open_entries()

import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...sii.codes import Environment
from ..access.apart import apart
from ..access.entry import MANAGER, entry
from ..base.incident import failure_text, reporting
from ..base.obstacle import Obstacle

_logger = logging.getLogger(__name__)


class Issuer(models.Model):
    """The SII is spoken to from one database only: a copy of it must not send as well.

    In certification a copy is shown and hinders nobody.
    """

    _inherit = "l10n_cl.issuer"

    database_mark = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The mark of the database that sends to the SII for this issuer.",
    )
    is_copy = fields.Boolean(
        "In a copy of its database",
        compute="_compute_is_copy",
        help="This database is not the one that was set up to send for this issuer.",
    )
    is_shut = fields.Boolean(
        "Nothing is sent from here",
        compute="_compute_is_copy",
        help="A copy never speaks to the SII's production.",
    )

    def _take_mark(self):
        """New issuers are this database's to send for."""
        mark = self.env["l10n_cl.mark"].sudo()
        current = mark._current()
        self.sudo().database_mark = mark._new() if current == "" else current

    @api.depends("environment", "database_mark")
    def _compute_is_copy(self):
        current = self.env["l10n_cl.mark"]._current()
        for issuer in self.sudo():
            issuer.is_copy = (issuer.database_mark or "") != current
            issuer.is_shut = issuer.is_copy and issuer.environment == Environment.PRODUCTION

    @entry("write", MANAGER)
    def action_confirm_database(self):
        """Button: from now on this database sends to the SII for this issuer, and no other."""
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("database.is_neutralized"):
            raise UserError(self.env._("A neutralised copy never sends to the SII's production."))
        mark = self.env["l10n_cl.mark"].sudo()
        for issuer in self.sudo().filtered("is_copy"):
            issuer.database_mark = mark._current() or mark._new()
            issuer.message_post(body=self.env._("This database sends to the SII's production."))
            issuer._examine_ahead()
        self.sudo()._wake_queue()
        self.env["l10n_cl.delivery"].sudo()._call_workers()

    @api.model
    def _shut_companies(self):
        """Companies, branches too, whose documents are not this database's to send."""
        shut = self.sudo().search([("environment", "=", Environment.PRODUCTION.value)])
        shut = shut.filtered("is_shut").company_id
        below = self.env["res.company"].sudo().search([("id", "child_of", shut.ids)])
        return below.filtered(lambda company: company.l10n_cl_issuer_id.is_shut)

    def _copy_text(self):
        file = self.env["l10n_cl.mark"].sudo()._kept()
        return self.env._(
            "This database (%(name)s) is not the one set up to send to the SII (%(marked)s), "
            "perhaps a copy of it. Nothing is sent to production, and no mail or notice about "
            "documents leaves, until an SII manager confirms it on the issuer.",
            name=self.env.cr.dbname,
            marked=file.get("database") or self.env._("unknown"),
        )

    def _copy_obstacles(self):
        return [Obstacle(self._copy_text(), self)] if self.is_shut else []

    @api.model
    def _look_at_mark(self):
        """Compare the database with its file; by scheduled actions and as the server starts,
        and committed there.

        Returns whether it is at home. What it finds is stored, so that nothing else reads a file.
        What fails here is noted and stops nobody's work; production waits meanwhile.
        """
        issuers = self.sudo().search(Domain("active", "in", (True, False)))
        return not issuers or bool(issuers._compare_with_mark())

    @reporting
    def _compare_with_mark(self):
        mark = self.env["l10n_cl.mark"].sudo()
        if mark._current() is None:
            return False
        file = mark._read()
        if not mark._kept():
            self._adopt_mark(file)
        production = self.filtered(lambda each: each.environment == Environment.PRODUCTION)
        if production and mark._is_other(file):
            production._doubt()
            return False
        self._examine_restored(file)
        self._file_mark()
        return True

    def _adopt_mark(self, file):
        """A database that has none yet: its own file's, or a new one."""
        mark = self.env["l10n_cl.mark"].sudo()
        homes = self.filtered(lambda each: not each.is_copy)
        new = mark._new()
        if file and file.database == self.env.cr.dbname and file.uuid == mark._uuid():
            # a backup of the time before databases were marked
            new = file.id
            mark._keep(id=new, filed=True)
        homes.database_mark = new

    def _doubt(self):
        """The file shows that this is another database: a manager is asked, nothing leaves."""
        self.env["l10n_cl.mark"].sudo()._keep(doubted=True)
        self.database_mark = False
        for issuer in self:
            issuer._post_finding(issuer._copy_text())
        self.env.ref("l10n_cl_sii.cron_watchdog")._trigger()

    @reporting
    def _post_finding(self, text):
        """Post on the issuer what was found, which stays though nobody could be called."""
        self.message_post(body=text)

    def _note_sent(self, sent, unsent=()):
        """Note folios that are about to leave, and those of which the SII knows nothing: (key,
        folio) of each. Whether they were."""
        try:
            self.env["l10n_cl.mark"].sudo()._write(sent, unsent)
        except OSError as error:
            # documents do not wait for a disk; what a restored backup would not know is noted
            _logger.exception("The database's mark cannot be written")
            self.env["l10n_cl.incident"].sudo()._put_off(self, failure_text(self.env, error))
            return False
        return True

    def _file_mark(self):
        """Write the file where it is missing or another's."""
        mark = self.env["l10n_cl.mark"].sudo()
        file = mark._read()
        if not file or file.id != mark._kept()["id"] or not mark._kept()["filed"]:
            written = self[:1]._note_sent([])
            if written != mark._kept()["filed"]:
                mark._keep(filed=written)


class Queue(models.AbstractModel):
    """What a copy of the database may work on: nothing that leaves it in its company's name."""

    _inherit = "l10n_cl.queue.mixin"

    def _allowed(self):
        """Domain of what may be worked on at all, in a database that may be a copy.

        A copy finds out before anything leaves it, and then production waits.
        """
        issuers = self.env["l10n_cl.issuer"]
        allowed = []
        at_home = issuers._look_at_mark()
        if self._sends_to_others and (shut := issuers._shut_companies()):
            allowed.append(("company_id", "not in", shut.ids))
        if not at_home and "issuer_id" in self._fields:
            allowed.append(("issuer_id.environment", "!=", Environment.PRODUCTION.value))
        return allowed


class Mark(models.AbstractModel):
    _inherit = "l10n_cl.mark"

    def _register_hook(self):
        """A restored backup finds out as the server starts, before anybody takes a folio."""
        super()._register_hook()
        if self.env.registry.updated_modules:
            # its tables are being made; the scheduled actions look soon
            return
        try:
            apart(self.env.registry, self._look)
        except Exception:
            # the last door: a server starts whatever its disk holds
            _logger.exception("The database's mark cannot be looked at")

    @staticmethod
    def _look(cr):
        api.Environment(cr, SUPERUSER_ID, {})["l10n_cl.issuer"]._look_at_mark()

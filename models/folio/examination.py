from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sii import kinds
from ...sii.codes import SII_RUT
from ...sii.errors import Busy, CertificateProblem, TransportError
from ...sii.transport.replies import DocumentVerdict
from ..access.entry import MANAGER, entry
from ..base import document_type as document_types
from ..base.incident import reporting
from ..base.obstacle import Obstacle
from ..base.texts.errors import error_text
from ..base.today import today
from ..issuer.channels import BOLETA, DTE
from .examined_ranges import FEW

_AGAIN_AFTER = timedelta(minutes=10)
# What the SII does not let anybody use is as little free as what it holds.
_USED = (DocumentVerdict.MATCHES, DocumentVerdict.DIFFERS, DocumentVerdict.NOT_AUTHORISED)
_NO_COMPANY = "EMP"
# What is asked beside the folios in the mark's file: those that would be taken next,
# before any is taken, or while documents go on being emitted.
_AHEAD, _BESIDE = "ahead", "beside"


class Issuer(models.Model):
    """A restored backup does not know the folios that were used since: the SII is asked.

    The mark's file is ahead of the ledger. Until each folio between the two was asked for, or a
    person decided, no document takes one. Without a file, in a database that was confirmed
    anew, the folios that would be taken next are asked about, until a few in a row are free. So
    are those after one under which the SII held another document, and nobody waits for that.
    """

    _inherit = "l10n_cl.issuer"

    to_examine = fields.Json(
        readonly=True,
        copy=False,
        help="What the SII is still to be asked about: (type, next folio, last folio) of each, and "
        "why, where no file told.",
    )
    is_examined = fields.Boolean("Under examination", compute="_compute_is_examined")
    examination_text = fields.Char(compute="_compute_is_examined")
    examination_problem = fields.Char(readonly=True, copy=False)

    @api.depends("to_examine", "examination_problem")
    def _compute_is_examined(self):
        for issuer in self:
            issuer.is_examined = bool(issuer._examined_first())
            issuer.examination_text = issuer.is_examined and issuer._examination_text()

    def _examined_first(self):
        """(type, first, last) of what no document is emitted before."""
        return [item[:3] for item in self.to_examine or () if item[3:] != [_BESIDE]]

    def _examination_text(self):
        ranges = ", ".join(
            self.env._("type %(code)s: %(first)s to %(last)s", code=code, first=first, last=last)
            for code, first, last in self._examined_first()
        )
        text = self.env._(
            "This database is older than what was sent from it, as after a restored backup. The "
            "SII is asked which folios were used since (%s); nothing is emitted until that is "
            "known. It happens by itself; see the issuer.",
            ranges,
        )
        return " ".join(filter(None, [text, self.examination_problem]))

    def _examination_obstacles(self):
        return [Obstacle(self._examination_text(), self)] if self._examined_first() else []

    def _examine_restored(self, file):
        """Put under examination the issuers whose file (MarkFile) is ahead of the ledger."""
        mark = self.env["l10n_cl.mark"].sudo()
        if not file or file.id != mark._kept()["id"]:
            return
        known = mark._kept().get("examined", {})
        types = document_types.by_code(self.env)
        codes = {int(code) for code in types if code.isdecimal()}
        examinable = self.filtered(lambda each: each.company_rut and not each._examined_first())
        for issuer in examinable:
            prefix = f"{issuer.company_rut} {issuer.environment} "
            ahead = [
                [code, first, last]
                for code in sorted(codes)
                if (key := f"{prefix}{code}") in file.highest
                for first, last in issuer._ranges_restored(code, file, key, known.get(key, 0))
            ]
            if ahead:
                issuer.to_examine = ahead + (issuer.to_examine or [])
                issuer._post_finding(issuer._examination_text())
                issuer._wake_examination()

    def _examine_ahead(self, cafs=None):
        """Ask about the folios that would be taken next: nobody knows what others used.

        cafs: only theirs, and meanwhile documents go on being emitted.
        """
        self.ensure_one()
        asked = {item[0] for item in self.to_examine or ()}
        day = today(self.company_id)
        in_use = cafs or self._cafs().filtered(lambda caf: caf.active and caf._usable_on(day))
        how = _BESIDE if cafs else _AHEAD
        ahead = [
            [caf.document_code, first, last, how]
            for caf in in_use
            if caf.document_code not in asked
            for first, last in self._ranges_next(caf)
        ]
        if ahead:
            self.to_examine = (self.to_examine or []) + ahead
            self._wake_examination()

    @reporting
    def _examine_beside(self, caf):
        """After another's document was met under a folio of a CAF."""
        if caf.environment == self.environment and caf.active:
            self._examine_ahead(caf)

    def _wake_examination(self, at=None):
        self.env.ref("l10n_cl_sii.cron_examine").sudo()._trigger(at=at)

    @api.model
    def _cron_examine(self):
        """Find restored backups, and ask the SII folio by folio."""
        self._look_at_mark()
        self.env["ir.cron"]._commit_progress()
        waiting = self.search(Domain("to_examine", "!=", False))
        self.env["l10n_cl.incident"]._each_alone(
            waiting.filtered(lambda each: not each.is_shut),
            lambda issuer: issuer.with_context(
                lang=issuer.company_id.partner_id.lang
            )._examine_some(),
        )

    def _examine_some(self, folios=200):
        """Ask about the next folios; what is left is called for at once."""
        try:
            for _folio in range(folios):
                if not self.to_examine:
                    return
                self._examine_next()
        except (CertificateProblem, TransportError) as error:
            self._examine_later(error_text(self.env, error))
        else:
            self._wake_examination()

    def _examine_later(self, text):
        self.examination_problem = text
        self._wake_examination(fields.Datetime.now() + _AGAIN_AFTER)

    def _examine_next(self):
        waited = bool(self._examined_first())
        [code, folio, last, *why], *others = self.to_examine
        channel = BOLETA if kinds.of(code).is_boleta else DTE
        with self._gateway(channel) as gateway:
            # nobody knows the other document's contents: any answer but "not received" counts
            status = gateway.document_status(
                self.company_rut, SII_RUT, code, folio, today(self.company_id), 1
            )
        if status.sii_code == _NO_COMPANY:
            raise Busy("document_status_failed", sii_code=status.sii_code, text=status.text)
        caf = self._cafs(code).filtered(lambda each: each.first <= folio <= each.last)[:1]
        if status.verdict not in _USED:
            self._found_free(caf, folio)
        elif self._mark_folio(code, folio, self._used_text(status, why)) and why:
            last = max(last, min(folio + FEW, caf.last))
        if not why:
            self._examined(code, folio)
        rest = [[code, folio + 1, last, *why]] if folio < last else []
        self.write({"to_examine": rest + others or False, "examination_problem": False})
        if waited and not self._examined_first():
            self._post_finding(
                self.env._("The examination is over: documents can be emitted again.")
            )
            self._wake_queue()

    def _used_text(self, status, why):
        answer = status.words
        if why:
            return self.env._("The SII holds a document that is not this database's: %s", answer)
        return self.env._("The SII holds a document of before the backup: %s", answer)

    def _mark_folio(self, code, folio, why, last=None):
        """How many were noted; none when the folio is ours."""
        document_type = self.env["l10n_cl.caf"]._document_type(code)
        return self._mark_used_elsewhere(document_type, folio, last or folio, why)

    def _found_free(self, caf, folio):
        """The SII does not know this folio: it is taken before those that follow all others."""
        if caf:
            free = SQL("VALUES (%s::bigint, %s)", folio, caf.id)
            query = self._ledger_query("free", caf.document_type_id, free)
            self.env.cr.execute(SQL("%s ON CONFLICT DO NOTHING", query))
            caf.invalidate_model()

    def _examined(self, code, folio):
        """The file is ahead of the ledger for ever where the last ones sent were rejected."""
        mark = self.env["l10n_cl.mark"].sudo()
        examined = mark._kept().get("examined", {})
        key = f"{self.company_rut} {self.environment} {code}"
        mark._keep(examined={**examined, key: max(folio, examined.get(key, 0))})
        file = mark._read()
        if file and file.holds_below(key, folio, folio):
            self._note_sent([], [(key, folio)])

    @entry("write", MANAGER)
    def action_examine(self):
        """Button: ask the SII now."""
        self.sudo()._wake_examination()

    @entry("write", MANAGER)
    def action_mark_all_used(self):
        """Button: a person decides that all folios under examination were used."""
        for issuer in self.sudo():
            beside = []
            for item in issuer.to_examine or ():
                code, first, last, *how = item
                if how == [_BESIDE]:
                    beside.append(item)
                    continue
                why = self.env._("Said by %s after a restored backup.", self.env.user.name)
                issuer._mark_folio(code, first, why, last)
                if not how:
                    issuer._examined(code, last)
            issuer.write({"to_examine": beside or False, "examination_problem": False})

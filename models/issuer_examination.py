from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..sii import clock
from ..sii.codes import BOLETA_KINDS, SII_RUT
from ..sii.errors import Busy, CertificateProblem, TransportError
from ..sii.transport.replies import DocumentVerdict
from .base_access import MANAGER, entry
from .channels import BOLETA, DTE
from .text_certificate import certificate_problem_text
from .text_sii import transport_problem_text

_AGAIN_AFTER = timedelta(minutes=10)
# What the SII does not let anybody use is no more free than what it holds.
_USED = (DocumentVerdict.MATCHES, DocumentVerdict.DIFFERS, DocumentVerdict.NOT_AUTHORISED)
_NO_COMPANY = "EMP"


class Issuer(models.Model):
    """A restored backup does not know the folios that were used since: the SII is asked.

    The mark's file is ahead of the ledger. Until each folio between the two was asked for, or a
    person decided, no document takes one.
    """

    _inherit = "l10n_cl.issuer"

    to_examine = fields.Json(
        readonly=True,
        copy=False,
        help="What the SII is still to be asked about: (type, next folio, last folio) of each.",
    )
    is_examined = fields.Boolean("Under examination", compute="_compute_is_examined")
    examination_text = fields.Char(compute="_compute_is_examined")
    examination_problem = fields.Char(readonly=True, copy=False)

    @api.depends("to_examine", "examination_problem")
    def _compute_is_examined(self):
        for issuer in self:
            issuer.is_examined = bool(issuer.to_examine)
            issuer.examination_text = bool(issuer.to_examine) and issuer._examination_text()

    def _examination_text(self):
        ranges = ", ".join(
            self.env._("type %(code)s: %(first)s to %(last)s", code=code, first=first, last=last)
            for code, first, last in self.to_examine
        )
        text = self.env._(
            "This database is older than what was sent from it, as after a restored backup. The "
            "SII is asked which folios were used since (%s); nothing is emitted until that is "
            "known. It happens by itself; see the issuer.",
            ranges,
        )
        return " ".join(filter(None, [text, self.examination_problem]))

    def _obstacles(self):
        examined = [(self._examination_text(), self)] if self.to_examine else []
        return super()._obstacles() + examined

    def _examine_restored(self, file):
        """Put under examination the issuers whose file (MarkFile) is ahead of the ledger."""
        mark = self.env["l10n_cl.mark"].sudo()
        if not file or file.id != mark._kept()["id"]:
            return
        known = mark._kept().get("examined", {})
        for issuer in self.filtered(lambda each: each.company_rut and not each.to_examine):
            prefix = f"{issuer.company_rut} {issuer.environment} "
            sent = {
                int(key.removeprefix(prefix)): folio
                for key, folio in file.highest.items()
                if key.startswith(prefix) and folio > known.get(key, 0)
            }
            highest = issuer._highest_folios(sent)
            ahead = [
                [code, first, last]
                for code, folio in sorted(sent.items())
                for first, last in issuer._ranges_ahead(
                    code,
                    max(highest[code], known.get(f"{prefix}{code}", 0)) + 1,
                    folio,
                )
            ]
            if ahead:
                issuer.to_examine = ahead
                issuer.message_post(body=issuer._examination_text())
                issuer._wake_examination()

    def _highest_folios(self, codes):
        """code -> highest folio of the ledger, of the codes that it holds any of."""
        highest = {}
        for code in codes:
            [[folio]] = self.env.execute_query(
                SQL(
                    "SELECT max(folio) FROM l10n_cl_dte WHERE issuer_rut = %s"
                    " AND environment = %s AND document_code = %s",
                    self.company_rut,
                    self.environment,
                    code,
                )
            )
            highest[code] = folio or 0
        return highest

    def _ranges_ahead(self, code, first, last):
        """What of a range of folios lies in CAFs of this database, or beyond them all: those
        between them were never this company's to use."""
        cafs = (
            self.env["l10n_cl.caf"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("issuer_rut", "=", self.company_rut),
                    ("environment", "=", self.environment),
                    ("document_code", "=", code),
                ],
                order="first",
            )
        )
        owned = [(caf.first, caf.last) for caf in cafs]
        beyond = max((end for _start, end in owned), default=0) + 1
        pieces = {(max(first, start), min(last, end)) for start, end in [*owned, (beyond, last)]}
        return sorted((start, end) for start, end in pieces if start <= end)

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
        except CertificateProblem as problem:
            self._examine_later(certificate_problem_text(self.env, problem))
        except TransportError as error:
            self._examine_later(transport_problem_text(self.env, error))
        else:
            self._wake_examination()

    def _examine_later(self, text):
        self.examination_problem = text
        self._wake_examination(fields.Datetime.now() + _AGAIN_AFTER)

    def _examine_next(self):
        [code, folio, last], *others = self.to_examine
        channel = BOLETA if code in BOLETA_KINDS else DTE
        with self._gateway(channel) as gateway:
            # nobody knows what the other document says: any answer but "not received" tells
            status = gateway.document_status(
                self.company_rut, SII_RUT, code, folio, clock.today(), 1
            )
        text = f"{status.sii_code} {status.text}".strip()
        if status.sii_code == _NO_COMPANY:
            raise Busy("document_status_failed", sii_code=status.sii_code, text=status.text)
        if status.verdict in _USED:
            why = self.env._("The SII holds a document of before the backup: %s", text)
            self._mark_folio(code, folio, why)
        else:
            self._free_folio(code, folio)
        self._examined(code, folio)
        rest = [[code, folio + 1, last]] if folio < last else []
        self.write({"to_examine": rest + others or False, "examination_problem": False})
        if not self.to_examine:
            self.message_post(
                body=self.env._("The examination is over: documents can be emitted again.")
            )
            self._wake_queue()

    def _mark_folio(self, code, folio, why, last=None):
        document_type = self.env["l10n_cl.caf"]._document_type(code)
        self._mark_used_elsewhere(document_type, folio, last or folio, why)

    def _free_folio(self, code, folio):
        caf = (
            self.env["l10n_cl.caf"]
            .sudo()
            .search(
                [
                    ("issuer_rut", "=", self.company_rut),
                    ("environment", "=", self.environment),
                    ("document_code", "=", code),
                    ("first", "<=", folio),
                    ("last", ">=", folio),
                ],
                limit=1,
            )
        )
        if caf and not caf.free_from:
            caf.free_from = folio

    def _examined(self, code, folio):
        """The file is ahead of the ledger for ever where the last ones sent were rejected."""
        mark = self.env["l10n_cl.mark"].sudo()
        examined = mark._kept().get("examined", {})
        key = f"{self.company_rut} {self.environment} {code}"
        mark._keep(examined={**examined, key: folio})

    @entry("write", MANAGER)
    def action_examine(self):
        """Button: ask the SII now."""
        self.sudo()._wake_examination()

    @entry("write", MANAGER)
    def action_mark_all_used(self):
        """Button: a person decides that all folios under examination were used."""
        for issuer in self.sudo():
            for code, first, last in issuer.to_examine or ():
                why = self.env._("Said by %s after a restored backup.", self.env.user.name)
                issuer._mark_folio(code, first, why, last)
                issuer._examined(code, last)
            issuer.write({"to_examine": False, "examination_problem": False})

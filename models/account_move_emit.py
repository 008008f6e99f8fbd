from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..sii import clock, rules
from ..sii.errors import CafProblem, CertificateProblem, InvalidDocument, SignatureProblem
from .text_caf import caf_problem_text
from .text_certificate import certificate_problem_text, signature_problem_text
from .text_rules import problems_text


class AccountMove(models.Model):
    """Posted means signed: one transaction checks, numbers, stamps, signs and stores."""

    _inherit = "account.move"

    def _post(self, soft=True):
        today = clock.today()
        emitted = self.filtered(lambda move: move._l10n_cl_is_emitted())
        emitted.filtered(lambda move: not move.invoice_date).invoice_date = today
        emitted = emitted.filtered(lambda move: not soft or move.date <= today)
        emitted._l10n_cl_check()
        # The folio comes from the CAF, whatever number was typed on the draft.
        emitted.filtered(lambda move: not move.sudo().l10n_cl_dte_id).name = False
        posted = super()._post(soft)
        (posted & emitted)._l10n_cl_sign()
        return posted

    def _locked_increment(self, format_string, format_values):
        if not self._l10n_cl_is_electronic():
            return super()._locked_increment(format_string, format_values)
        document = self.env["l10n_cl.dte"].sudo()._open_for_move(self)
        return self._l10n_cl_get_formatted_sequence(document.folio)

    def _l10n_cl_check(self):
        """Raise UserError with everything that keeps these invoices from being legal documents.

        Runs before anything is numbered: a refused posting leaves no trace.
        """
        texts = []
        for move in self:
            problems = move._l10n_cl_problems()
            if problems:
                texts.append("\n- ".join([move._l10n_cl_label(), *problems]))
        texts += self._l10n_cl_missing_folios()
        if texts:
            raise UserError("\n\n".join(texts))

    def _l10n_cl_label(self):
        return self.env._(
            "%(type)s for %(customer)s cannot be emitted:",
            type=self.l10n_latam_document_type_id.name,
            customer=self.partner_id.display_name or self.env._("(no customer)"),
        )

    def _l10n_cl_problems(self):
        """All at once, as sentences: issuer, document rules, amounts."""
        self.ensure_one()
        issuer = self.company_id.l10n_cl_issuer_id
        if not issuer:
            return [
                self.env._(
                    "%s is not set up as issuer: see Accounting > Configuration > SII.",
                    self.company_id.name,
                )
            ]
        missing = issuer.sudo()._missing()
        problems = [] if missing else self._l10n_cl_certificate_problems(issuer)
        problems += missing + self._l10n_cl_unsupported()
        if not self.partner_id:
            return [*problems, self.env._("Choose the customer.")]
        document = self._l10n_cl_document()
        # what the issuer lacks is said already, in the issuer's own words
        found = [
            problem
            for problem in rules.check(document)
            if not (missing and problem.where.startswith("issuer"))
        ]
        problems += problems_text(self.env, found)
        if float_compare(document.totals.total, abs(self.amount_total_signed), precision_digits=0):
            problems.append(
                self.env._(
                    "The document's total (%(document)s) is not the invoice's (%(invoice)s).",
                    document=document.totals.total,
                    invoice=abs(self.amount_total_signed),
                )
            )
        return problems

    def _l10n_cl_certificate_problems(self, issuer):
        try:
            issuer._signer()
        except CertificateProblem as problem:
            return [certificate_problem_text(self.env, problem)]
        return []

    def _l10n_cl_missing_folios(self):
        """One sentence for each document type whose CAFs do not hold enough folios."""
        new = self.filtered(
            lambda move: move.company_id.l10n_cl_issuer_id and not move.sudo().l10n_cl_dte_id
        )
        sentences = []
        for (issuer, document_type), moves in new.grouped(
            lambda move: (move.company_id.l10n_cl_issuer_id, move.l10n_latam_document_type_id)
        ).items():
            left = issuer._folios_left(int(document_type.code))
            if left < len(moves):
                sentences.append(
                    self.env._(
                        "There are no folios left for %(type)s (needed %(needed)s, left %(left)s). "
                        "Ask the SII for a new CAF and load it under "
                        "Accounting > Configuration > SII > CAF.",
                        type=document_type.name,
                        needed=len(moves),
                        left=left,
                    )
                )
        return sentences

    def _l10n_cl_sign(self):
        for move in self:
            document = move.sudo().l10n_cl_dte_id
            if document.state == "rejected":
                document._reopen()
            try:
                document._sign(move._l10n_cl_document())
            except InvalidDocument as invalid:
                problems = problems_text(self.env, invalid.problems)
                raise UserError("\n- ".join([move._l10n_cl_label(), *problems])) from invalid
            except CafProblem as problem:
                raise UserError(caf_problem_text(self.env, problem)) from problem
            except CertificateProblem as problem:
                raise UserError(certificate_problem_text(self.env, problem)) from problem
            except SignatureProblem as problem:
                raise UserError(signature_problem_text(self.env, problem)) from problem

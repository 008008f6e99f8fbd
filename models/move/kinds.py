from odoo import models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools.misc import format_date

from ...sii import kinds

# Whether a customer's document takes off, by Odoo's move type.
_TAKES_OFF = {"out_invoice": False, "out_refund": True}


def _codes(move_type):
    """What a customer's document may be: the types that we issue and that have its direction."""
    taken = _TAKES_OFF[move_type]
    return kinds.texts(issued=True, book=kinds.Book.SALES, is_credit_note=taken)


class AccountMove(models.Model):
    """Who issues tax documents has no invoice that looks like one and is none."""

    _inherit = "account.move"

    def _l10n_cl_codes_issued(self):
        """Codes of the types that this can be issued as; empty where that is not our matter."""
        return _codes(self.move_type) if self._l10n_cl_issues_all() else ()

    def _l10n_cl_issues_all(self):
        """Whether this is a customer's document of somebody whose documents are issued here."""
        return (
            self.country_code == "CL"
            and self.move_type in _TAKES_OFF
            and self.l10n_latam_use_documents
            and self._l10n_cl_emits()
            and not self._l10n_cl_from_elsewhere()
        )

    def _l10n_cl_check_kinds(self):
        """Raise UserError for those that would be posted with VAT and without a tax document.

        What was posted before, or another system issued, keeps the type that it has.
        """
        looking = self.filtered(
            lambda move: (
                not move.posted_before
                and move._l10n_cl_issues_all()
                and move.l10n_latam_document_type_id.code not in _codes(move.move_type)
            )
        )
        if looking:
            raise UserError("\n\n".join(looking.mapped(lambda move: move._l10n_cl_kind_text())))

    def _l10n_cl_kind_text(self):
        document_type = self.l10n_latam_document_type_id
        return self.env._(
            "%(type)s for %(customer)s cannot be issued here: choose another document type. What "
            "another system issues to the SII is recorded in a journal that does not use "
            "documents.",
            type=document_type.display_name or self.env._("(no document type)"),
            customer=self.partner_id.display_name or self.env._("(no customer)"),
        )

    def _l10n_cl_check_name_free(self, name):
        """Raise RedirectWarning when another posted entry has the name that a folio gives."""
        if other := self._l10n_cl_has_name(name):
            text = self.env._(
                "The next folio makes this document %(name)s, and %(other)s of %(date)s "
                "(%(customer)s) has that number already. If another system issued that one, press "
                "“Issued by another system” on it: the folio is left out then. Otherwise give it "
                "another number.",
                name=name,
                **_told(other),
            )
            self._l10n_cl_open(other, text)

    def _l10n_cl_check_typed_name(self):
        """Raise RedirectWarning when another posted entry has the number that was typed."""
        if other := self._l10n_cl_has_name(self.name):
            text = self.env._(
                "%(name)s is the number of %(other)s of %(date)s (%(customer)s) already. Type the "
                "number that the other system gave this one.",
                name=self.name,
                **_told(other),
            )
            self._l10n_cl_open(other, text)

    def _l10n_cl_open(self, other, text):
        action = other.with_env(self.env)._get_records_action()
        raise RedirectWarning(text, action, self.env._("Open it"))

    def _l10n_cl_has_name(self, name):
        """The other posted entry that has this name; or empty."""
        domain = [("name", "=", name), ("state", "=", "posted"), ("id", "!=", self.id)]
        if self.is_sale_document(include_receipts=True):
            prefix, _separator, number = name.rpartition(" ")
            # as the index of sequences has it
            domain += [
                ("journal_id", "=", self.journal_id.id),
                ("sequence_prefix", "=", f"{prefix} "),
                ("sequence_number", "=", int(number)),
            ]
        else:
            domain += [
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("l10n_latam_document_type_id", "=", self.l10n_latam_document_type_id.id),
            ]
        return self.sudo().search(domain, limit=1)


def _told(other):
    return {
        "other": other.l10n_latam_document_type_id.display_name or other.display_name,
        "date": format_date(other.env, other.date),
        "customer": other.partner_id.display_name or "",
    }

"""Sentences for what the watchdog and the health figures find."""

from odoo.tools.misc import format_date, format_datetime
from odoo.tools.translate import LazyTranslate

from ..access.texts import vault_problem_text
from ..base.texts.library import LIBRARY
from ..issuer.channels import DTE

_lt = LazyTranslate(__name__)

_FINDINGS = {
    # documents
    "not_issued": _lt(
        "Posted invoices without their tax document: %(count)s. Open each one and ask for help: "
        "they are not at the SII."
    ),
    "books": _lt(
        "%(document)s: %(kind)s is “%(books)s” in the books and “%(said)s” in the signed document "
        "(found %(since)s). Ask who changed it, and put the books right by a note."
    ),
    "books_more": _lt("Further differences between the books and their documents: %(count)s."),
    "late": _lt("Documents that wait longer than they should: %(count)s, since %(since)s."),
    "attention": _lt("Documents that need attention: %(count)s."),
    "rejected": _lt("Documents rejected by the SII and not corrected yet: %(count)s."),
    "foreign": _lt(
        "Documents whose folio holds another document at the SII: %(count)s. Open each one and "
        "give up its folio; find out which other system issues with this company's folios."
    ),
    "unknown": _lt(
        "Envelopes of which it is not known whether the SII got them: %(count)s. The SII is asked."
    ),
    "void": _lt("Folios given up that must be declared void at the SII: %(count)s."),
    "altered": _lt(
        "Files of documents that are missing on the server or were changed there: %(count)s. None "
        "of them is sent or given out. See Accounting > Configuration > SII > Incidents."
    ),
    "unwritten": _lt(
        "Records that cannot go on and whose failure cannot be written on themselves: %(count)s. "
        "See Accounting > Configuration > SII > Incidents."
    ),
    # what was paid or came due
    "unrequested": _lt(
        "Paid statements that emit by themselves and ask for no document: %(count)s. "
        "Open them under Customers > Statements and emit them."
    ),
    "undone": _lt(
        "Paid statements whose invoice was put back to draft or cancelled: %(count)s. No tax "
        "document stands for that money: open them under Customers > Statements, and confirm the "
        "invoice again or pay the money back."
    ),
    "parked": _lt(
        "Documents that are not emitted because something is missing: %(count)s. "
        "See Customers > Documents to Emit."
    ),
    "not_emitted": _lt(
        "Documents ready to be emitted for more than an hour: %(count)s. "
        "Does the scheduled action run?"
    ),
    "till": _lt(
        "Sales of the point of sale without a tax document: %(count)s. Odoo books them when the "
        "session is closed, and their buyers got no boleta from here. Mark “Invoice” when you "
        "take the payment (of a boleta without a named buyer choose “Consumidor Final Anónimo”), "
        "or give boletas by other means and say so to your accountant."
    ),
    # register
    "issued_elsewhere": _lt(
        "Documents issued in the company's name that Odoo does not know: %(count)s. "
        "See Accounting > SII Register, Only at the SII."
    ),
    "register_unread": _lt(
        "Months of the SII's register that could not be read: %(count)s. See Accounting > SII "
        "Register > Months of the Register."
    ),
    "provider": _lt(
        "The provider of the register tells nothing new. See Accounting > SII Register > "
        "Providers of the Register."
    ),
    # issuer
    "copy_in_tests": _lt(
        "This database is perhaps a copy of another one. In certification it sends all the same; "
        "confirm it on the issuer if it is the one to work with."
    ),
    "schemas_differ": _lt(
        "The schemas that were loaded on the issuer do not agree with ours about the last "
        "documents of type %(types)s, at %(where)s: the next ones may not be emitted, or be "
        "refused by the SII. Load the SII's newest zip, or take the old one away."
    ),
    "schemas_broken": _lt(
        "The schemas that were loaded on the issuer cannot be used (%(reason)s). Load the SII's "
        "newest zip, or take the old one away."
    ),
    "certificate_expired": _lt("The certificate expired on %(date)s. Load a new one."),
    "certificate_ends": _lt("The certificate ends on %(date)s. Get a new one in time."),
    # what changes with the year
    "boleta_limit": _lt(
        "From which amount on boletas of %(year)s must name their buyer is not known: it is 135 UF "
        "at the UF of %(date)s, which the Central Bank publishes about %(published)s. Give the "
        "currency UF (or CLF) its rate of that day. Until then the last limit known stands."
    ),
    "fee_tax": _lt(
        "There is no purchase tax with SII code 15 that keeps back the %(rate)s %% of the fees of "
        "%(year)s. Create it under Accounting > Configuration > Taxes."
    ),
    "construction_credit": _lt(
        "The builders' special credit of VAT ends on %(date)s. Archive its tax, unless you have "
        "acquired the right to go on before."
    ),
    # the server's Python packages
    "library": LIBRARY,
    "library_signing": _lt(
        "The server's Python package %(package)s does not load (%(reason)s). Documents are signed "
        "all the same, by cryptography; see requirements.txt of this addon."
    ),
    # keys
    "vault_closed": _lt("Nothing can be signed: %(problem)s"),
    "vault_open": _lt(
        "The keys that sign lie open in the database: whoever gets a backup of it gets them. Give "
        "the server a key (l10n_cl_sii_key_file in odoo.conf), as docs/security.md shows."
    ),
    "vault_file": _lt(
        "Everybody on the server can read %(files)s, the key that seals secrets. Take that right "
        "away (chmod o-r)."
    ),
    "vault_templates": _lt(
        "Every employee may write expressions into mail templates, and by them read keys or make "
        "himself an administrator. Tick Restrict Template Rendering in the settings."
    ),
    # folios
    "no_folios": _lt("No folios left for %(type)s. Ask the SII for %(ask)s."),
    "few_folios": _lt(
        "%(left)s folios left for %(type)s, enough for %(days)s days. Ask the SII for %(ask)s."
    ),
    "folios_expire": _lt(
        "The folios for %(type)s cannot be used after %(date)s. Ask the SII for %(ask)s."
    ),
    # scheduled actions
    "cron_off": _lt("Scheduled actions that are switched off: %(names)s."),
    "cron_late": _lt(
        "Scheduled actions that do not run: %(names)s. Does the server have cron workers?"
    ),
}


def finding_text(env, finding):
    """What was found and what to do about it, in the language of ``env``."""
    issuer = finding.issuer.with_env(env).sudo()
    data = dict(finding.data)
    if finding.code in ("copy", "unreachable"):
        return issuer._pause_text(data.get("channel", DTE))
    if "problem" in data:
        data["problem"] = vault_problem_text(env, data["problem"])
    if finding.code == "examined":
        return issuer._examination_text()
    if "date" in data:
        data["date"] = format_date(env, data["date"])
    if "published" in data:
        data["published"] = format_date(env, data["published"])
    if "since" in data:
        data["since"] = format_datetime(env, data["since"], dt_format="short")
    if "type" in data:
        data["type"] = data["type"].with_env(env).sudo().name
    if "kind" in data:
        labels = env["l10n_cl.books.difference"]._fields["kind"]._description_selection(env)
        data["kind"] = dict(labels).get(data["kind"])
    if "names" in data:
        data["names"] = ", ".join(data["names"].with_env(env).sudo().mapped("name"))
    sentence = env._(_FINDINGS[finding.code])
    return sentence % data

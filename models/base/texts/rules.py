"""Sentences for the problems that the rules find in a document, each naming the field to fix."""

import re

from odoo.tools.misc import format_date
from odoo.tools.translate import LazyTranslate

from ....sii import sentences
from .values import values_written

_lt = LazyTranslate(__name__)

_SUBJECTS = {
    "adjustments": _lt("Discount %s"),
    "due_on": _lt("Due date"),
    "foreign": _lt("Second currency"),
    "gross": _lt("Prices"),
    "instalments": _lt("Instalment %s"),
    "issued_on": _lt("Invoice date"),
    "issuer": _lt("Company"),
    "late": _lt("Term"),
    "lines": _lt("Line %s"),
    "means": _lt("Means of payment"),
    "note_reason": _lt("Reason of the credit note"),
    "period_from": _lt("Service period"),
    "period_to": _lt("Service period"),
    "receiver": _lt("Customer"),
    "references": _lt("Reference %s"),
    "purchase": _lt("Kind of purchase"),
    "returned_on": _lt("Day of the return"),
    "sale": _lt("Kind of sale"),
    "service": _lt("Service"),
    "software_rut": _lt("RUT of the software's provider"),
    "terms": _lt("Payment terms"),
    "totals": _lt("Total"),
    "transport": _lt("Transport"),
}

_FIELDS = {
    "additional_taxes": _lt("additional taxes"),
    "address": _lt("street"),
    "amount": _lt("amount"),
    "arrives_on": _lt("arrival"),
    "branch": _lt("branch"),
    "carrier_rut": _lt("RUT of the carrier"),
    "city": _lt("city"),
    "code": _lt("what it does"),
    "codes": _lt("product code"),
    "comuna": _lt("commune"),
    "construction_credit": _lt("construction credit"),
    "contact": _lt("contact"),
    "departs_at": _lt("departure"),
    "description": _lt("description"),
    "discount": _lt("discount"),
    "document_type": _lt("type"),
    "driver_name": _lt("name of the driver"),
    "driver_rut": _lt("RUT of the driver"),
    "due_on": _lt("due date"),
    "email": _lt("e-mail"),
    "exempt": _lt("exempt amount"),
    "folio": _lt("folio"),
    "foreign": _lt("second currency"),
    "giro": _lt("giro (activity description)"),
    "internal_code": _lt("number of passport or of another country"),
    "issued_on": _lt("date"),
    "name": _lt("name"),
    "net": _lt("net amount"),
    "not_known": _lt("what is not known"),
    "note": _lt("note"),
    "origin_address": _lt("street of the origin"),
    "origin_comuna": _lt("commune of the origin"),
    "phone": _lt("phone"),
    "plate": _lt("plate"),
    "quantity": _lt("quantity"),
    "rate": _lt("exchange rate"),
    "reason": _lt("reason"),
    "rut": _lt("RUT (Tax ID)"),
    "seller": _lt("seller"),
    "surcharge": _lt("surcharge"),
    "taxes": _lt("additional taxes"),
    "total": _lt("total"),
    "trailer_plate": _lt("plate of the trailer"),
    "unit": _lt("unit of measure"),
    "unit_price": _lt("unit price"),
    "vat": _lt("VAT"),
    "vat_rate": _lt("VAT rate"),
}


def term_text(env, term, late=None):
    """What a sii Term of a credit note means for the VAT.

    late: what the note states of it, when a person decided otherwise.
    """
    if late is not None and late != term.late:
        return sentences.sentence("term", _by_time("by_hand", late), env.lang)
    day = term.last_day and format_date(env, term.last_day)
    return sentences.sentence("term", _by_time(term.code, term.late), env.lang, {"day": day})


def _by_time(code, late):
    return f"{code}_late" if late else code


def problems_text(env, problems):
    """One sentence for each problem."""
    return [f"{_subject(env, problem.where)}{_sentence(env, problem)}" for problem in problems]


def _sentence(env, problem):
    return sentences.sentence("document", problem.code, env.lang, values_written(env, problem.data))


def _subject(env, where):
    """``receiver.giro`` is "Customer, giro: ", ``lines[2].name`` is "Line 3, name: "."""
    found = re.match(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?", where)
    if not found or found[1] not in _SUBJECTS:
        return f"{where}: " if where else ""
    subject = env._(_SUBJECTS[found[1]])
    subject = subject.replace("%s", str(int(found[2]) + 1) if found[2] else "").strip()
    if found[3] in _FIELDS:
        subject = f"{subject}, {env._(_FIELDS[found[3]])}"
    return f"{subject}: "

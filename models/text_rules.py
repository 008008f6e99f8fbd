"""Sentences for the problems that the rules find in a document, each naming the field to mend."""

import re

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_MISSING = _lt("is missing.")

_RULES = {
    "adjustment_ambiguous": _lt("give either a percentage or an amount."),
    "adjustment_must_be_percent": _lt(
        "lines with different taxes can only be discounted by a percentage."
    ),
    "adjustment_without_lines": _lt("there is no line that this discount could apply to."),
    "acteco_count": _lt("the SII takes one to %(limit)s activity codes, not %(count)s."),
    "acteco_invalid": _lt("%(acteco)s is not an activity code of the SII."),
    "affected_line_missing": _lt(
        "an invoice with VAT needs at least one line with VAT. If all are exempt, choose the "
        "exempt invoice (34)."
    ),
    "amount_out_of_range": _lt("the SII does not take the amount %(amount)s."),
    "branch_code_invalid": _lt("%(code)s is not a branch code of the SII."),
    "correction_with_amount": _lt("a note that corrects text must have a total of 0."),
    "date_out_of_range": _lt("the SII does not take the date %(date)s."),
    "exempt_not_positive": _lt("an exempt invoice needs an exempt amount above 0."),
    "exempt_wrong": _lt("is %(amount)s, but its lines add up to %(expected)s."),
    "gross_with_taxes": _lt("prices with VAT included cannot carry additional taxes."),
    "line_amount_wrong": _lt("is %(amount)s, but quantity, price and discount give %(expected)s."),
    "line_mark_unsupported": _lt("the mark %(mark)s cannot be emitted yet."),
    "line_mark_with_amount": _lt("a line that is not sold must have the amount 0."),
    "line_too_long": _lt("a text is too long for the SII (%(limit)s characters)."),
    "lines_missing": _lt("add at least one line."),
    "net_not_positive": _lt("the amount with VAT must be above 0."),
    "net_wrong": _lt("is %(amount)s, but its lines add up to %(expected)s."),
    "number_out_of_range": _lt("the SII does not take the number %(number)s."),
    "number_too_precise": _lt("%(number)s has more than %(decimals)s decimals."),
    "percent_amount_wrong": _lt("is %(amount)s, but its percentage gives %(expected)s."),
    "percent_invalid": _lt("%(percent)s is not a percentage that the SII takes."),
    "reference_code_missing": _lt("say whether the note annuls, corrects text or amounts."),
    "reference_folio_invalid": _lt("%(folio)s is not the folio of a tax document."),
    "reference_later": _lt("the document referred to is later than this one."),
    "reference_missing": _lt("a credit or debit note must say which document it corrects."),
    "reference_not_single": _lt("a note that annuls or corrects text refers to one document only."),
    "rut_invalid": _lt("%(rut)s is not a valid RUT: check the digit after the dash."),
    "schema_invalid": _lt("the SII's schema does not allow “%(value)s” here (%(detail)s)."),
    "schema_unknown": _lt("no schema of the SII is known for %(root)s."),
    "stamp_too_long": _lt(
        "The stamp cannot be printed: it is %(length)s bytes long, its bar code holds %(limit)s. "
        "Each of & < > \" ' in the names of the customer and of the first line takes up to "
        "six: write them in words."
    ),
    "tax_total_missing": _lt("the total of tax %(tax)s is missing."),
    "tax_total_twice": _lt("the total of tax %(tax)s stands twice."),
    "tax_unknown": _lt("the SII knows no additional tax %(tax)s."),
    "text_not_encodable": _lt("the SII cannot read these characters: %(characters)s"),
    "text_too_long": _lt("has %(length)s characters, the SII takes %(limit)s. Shorten it."),
    "too_many": _lt("are %(count)s, the SII takes at most %(limit)s. Split the document."),
    "total_wrong": _lt("is %(amount)s, but the parts add up to %(expected)s."),
    "vat_missing": _lt("is missing: an invoice with VAT needs it."),
    "vat_unexpected": _lt("an exempt document carries no VAT."),
    "vat_wrong": _lt(
        "is %(amount)s, but its rate gives %(expected)s. Set the company's tax rounding to "
        "“Round per Tax”."
    ),
}

_SUBJECTS = {
    "adjustments": _lt("Discount %s"),
    "due_on": _lt("Due date"),
    "issued_on": _lt("Invoice date"),
    "issuer": _lt("Company"),
    "lines": _lt("Line %s"),
    "receiver": _lt("Customer"),
    "references": _lt("Reference %s"),
    "totals": _lt("Total"),
}

_FIELDS = {
    "address": _lt("street"),
    "amount": _lt("amount"),
    "city": _lt("city"),
    "code": _lt("what it does"),
    "codes": _lt("product code"),
    "comuna": _lt("commune"),
    "contact": _lt("contact"),
    "description": _lt("description"),
    "discount": _lt("discount"),
    "document_type": _lt("type"),
    "email": _lt("e-mail"),
    "exempt": _lt("exempt amount"),
    "folio": _lt("folio"),
    "giro": _lt("giro (activity description)"),
    "issued_on": _lt("date"),
    "name": _lt("name"),
    "net": _lt("net amount"),
    "phone": _lt("phone"),
    "quantity": _lt("quantity"),
    "reason": _lt("reason"),
    "rut": _lt("RUT (Tax ID)"),
    "total": _lt("total"),
    "unit": _lt("unit of measure"),
    "unit_price": _lt("unit price"),
    "vat": _lt("VAT"),
    "vat_rate": _lt("VAT rate"),
}


def problems_text(env, problems):
    """One sentence for each problem."""
    return [f"{_subject(env, problem.where)}{_sentence(env, problem)}" for problem in problems]


def _sentence(env, problem):
    missing = problem.code.endswith("_missing") and problem.code not in _RULES
    sentence = env._(_MISSING if missing else _RULES[problem.code])
    return sentence % problem.data


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

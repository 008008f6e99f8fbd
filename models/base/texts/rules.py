"""Sentences for the problems that the rules find in a document, each naming the field to mend."""

import re

from odoo.tools.misc import format_date
from odoo.tools.translate import LazyTranslate

from .values import values_told

_lt = LazyTranslate(__name__)

_MISSING = _lt("is missing.")

_RULES = {
    "acteco_count": _lt("the SII takes one to %(limit)s activity codes, not %(count)s."),
    "acteco_invalid": _lt("%(acteco)s is not an activity code of the SII."),
    "adjustment_ambiguous": _lt("give either a percentage or an amount."),
    "adjustment_must_be_percent": _lt(
        "lines with different taxes can only be discounted by a percentage of them all. Give this "
        "discount in the line that it is for."
    ),
    "adjustment_without_lines": _lt("there is no line that this discount could apply to."),
    "affected_line_missing": _lt(
        "an invoice with VAT needs at least one line with VAT. If all are exempt, choose the "
        "exempt invoice (34)."
    ),
    "amount_out_of_range": _lt("the SII does not take the amount %(amount)s."),
    "arrival_before_departure": _lt("is before the goods leave."),
    "branch_code_invalid": _lt("%(code)s is not a branch code of the SII."),
    "construction_credit_above": _lt(
        "is %(amount)s, but it is 65 %% of the VAT at most, %(limit)s. Correct the tax."
    ),
    "construction_credit_unexpected": _lt(
        "only invoices with VAT and their notes carry the construction credit."
    ),
    "boleta_line_taxed": _lt("a boleta carries neither additional taxes nor retentions."),
    "boleta_mark_unexpected": _lt("a line of a boleta is sold, exempt or not billed."),
    "boleta_not_affected": _lt(
        "a boleta with VAT needs at least one line with VAT. If all are exempt, choose the "
        "exempt boleta (41)."
    ),
    "boleta_not_gross": _lt("the lines of a boleta must include VAT."),
    "correction_with_amount": _lt("a note that corrects text must have a total of 0."),
    "note_of_nothing": _lt(
        "a note that corrects amounts has an amount. Write into its lines what it takes or adds."
    ),
    "credit_note_over_its_like": _lt("this is a credit note: make a debit note over it."),
    "currency_unknown": _lt(
        "the SII has no currency “%(currency)s”. Use one of its names, such as DOLAR USA, EURO "
        "or OTRAS MONEDAS."
    ),
    "date_out_of_range": _lt("the SII does not take the date %(date)s."),
    "debit_note_annuls": _lt(
        "a debit note annuls credit notes only: annul this document by a credit note."
    ),
    "debit_note_corrects_text": _lt(
        "a debit note corrects no text: make a credit note that corrects the text of this document."
    ),
    "deposits_wrong": _lt("deposits are %(amount)s, but their lines add up to %(expected)s."),
    "departure_before_issue": _lt(
        "the goods would leave before the day of the document, which must go with them. Correct "
        "the departure, or the date of the invoice."
    ),
    "discount_above_line": _lt(
        "a discount of %(amount)s is more than the line is worth (%(limit)s). It can take 100 "
        "%% at most."
    ),
    "discount_above_lines": _lt(
        "discounts exceed the lines that they apply to by %(amount)s. Lower them: together "
        "they can take 100 %% at most."
    ),
    "discount_annuls": _lt(
        "a discount takes off amounts. Choose “Corrects its amounts”, or another reason."
    ),
    "due_before_issue": _lt("is before the invoice date."),
    "envelope_document_twice": _lt("%(document)s stands twice in the envelope."),
    "envelope_issuer_differs": _lt(
        "the document was issued by %(found)s, the envelope is of %(expected)s. Was the company's "
        "RUT changed?"
    ),
    "envelope_mixed": _lt("boletas do not travel with other documents (types %(kinds)s)."),
    "envelope_size": _lt("an envelope holds 1 to %(limit)s documents, not %(count)s."),
    "envelope_too_big": _lt("an envelope holds %(limit)s MB at most, not %(size)s."),
    "event_ticket_unsupported": _lt(
        "a ticket for an event needs its event, place, date and price in each line, which are not "
        "written here. Choose what else the boletas are for on the issuer."
    ),
    "exempt_not_positive": _lt("an exempt invoice needs an exempt amount above 0."),
    "exempt_wrong": _lt("is %(amount)s, but its lines add up to %(expected)s."),
    "foreign_wrong": _lt(
        "is %(amount)s, but the pesos at the document's rate give %(expected)s. Check the "
        "exchange rate."
    ),
    "gross_with_taxes": _lt("prices with VAT included cannot carry additional taxes."),
    "instalments_wrong": _lt("add up to %(amount)s, but %(expected)s are due."),
    "late_not_told": _lt(
        "its term ended on %(day)s, so it must say that it does not lower the VAT."
    ),
    "late_told_early": _lt("for its reason the term is not over, so it lowers the VAT."),
    "late_without_amount": _lt("a note that corrects text has no amount and no term."),
    "late_unexpected": _lt("only a credit note can be issued after the term for lowering VAT."),
    "line_amount_wrong": _lt("is %(amount)s, but quantity, price and discount give %(expected)s."),
    "line_mark_unexpected": _lt("a purchase invoice carries no deposits for containers."),
    "line_mark_with_amount": _lt("a line that is not sold must have the amount 0."),
    "line_not_withheld": _lt(
        "all VAT is retained (tax %(tax)s), so this line must carry the retention too."
    ),
    "line_tax_unexpected": _lt(
        "a line without VAT carries no additional tax. Remove the tax or add VAT."
    ),
    "line_too_long": _lt("a text is too long for the SII (%(limit)s characters)."),
    "lines_missing": _lt("add at least one line."),
    "net_not_positive": _lt("the amount with VAT must be above 0."),
    "net_wrong": _lt("is %(amount)s, but its lines add up to %(expected)s."),
    "not_billable_wrong": _lt(
        "what is not billed is %(amount)s, but its lines add up to %(expected)s."
    ),
    "note_over_export": _lt(
        "an export document is changed by export notes (111, 112) only, not by this one."
    ),
    "note_over_guide": _lt(
        "no note changes a delivery guide: annul it on the SII's site, or issue another guide "
        "that corrects it."
    ),
    "note_reason_missing": _lt(
        "say why this credit note is made: goods returned or services called off, an error in the "
        "invoice, or a discount granted later. Each has its own term for lowering the VAT."
    ),
    "note_reason_unexpected": _lt("only a credit note that takes off amounts has a reason."),
    "not_known_unknown": _lt("%(name)s is nothing that may be stated as not known."),
    "number_out_of_range": _lt("the SII does not take the number %(number)s."),
    "number_too_precise": _lt("%(number)s has more than %(decimals)s decimals."),
    "payable_missing": _lt("a previous balance needs the amount to pay."),
    "payable_wrong": _lt(
        "the amount to pay is %(amount)s, but total and previous balance give %(expected)s."
    ),
    "percent_above_limit": _lt("%(percent)s %% is more than the SII takes (%(limit)s %%)."),
    "percent_amount_wrong": _lt("is %(amount)s, but its percentage gives %(expected)s."),
    "percent_invalid": _lt("%(percent)s is not a percentage that the SII takes."),
    "period_reversed": _lt("ends before it begins."),
    "plate_invalid": _lt(
        "“%(plate)s” is not a plate: five to eight letters and digits, such as ABCD12 or AB1234."
    ),
    "receiver_anonymous": _lt("periodic services are sold to a customer with a RUT of his own."),
    "receiver_anonymous_above_limit": _lt(
        "above %(limit)s pesos (135 UF of 31 December of the year before) the law wants the "
        "buyer's own RUT. Ask for it."
    ),
    "reference_code_missing": _lt("say whether the note annuls, corrects text or amounts."),
    "reference_code_unexpected": _lt("a boleta corrects no other document."),
    "reference_folio_invalid": _lt("%(folio)s is not the folio of a tax document."),
    "reference_label_unexpected": _lt("only references of boletas have a code in words."),
    "reference_later": _lt("the document referred to is later than this one."),
    "reference_missing": _lt("a credit or debit note must say which document it corrects."),
    "reference_not_single": _lt("a note that annuls or corrects text refers to one document only."),
    "reference_too_old": _lt(
        "the SII takes no reference of before 1 August 2002 (it is of %(date)s)."
    ),
    "retention_missing": _lt(
        "a purchase invoice must say which VAT it retains. Add a retention tax to its lines."
    ),
    "returned_after_note": _lt("the goods cannot come back (%(date)s) after the note is made."),
    "returned_before_delivery": _lt(
        "the goods cannot come back before they were delivered (%(date)s)."
    ),
    "rut_invalid": _lt("%(rut)s is not a valid RUT: check the digit after the dash."),
    "book_total_differs": _lt("the row comes to $%(expected)s, not to $%(found)s."),
    "schema_invalid": _lt("the SII's schema does not allow “%(value)s” here (%(detail)s)."),
    "schema_unknown": _lt("no schema of the SII is known for %(root)s."),
    "seller_is_issuer": _lt("the seller of a purchase invoice cannot be the company itself."),
    "service_not_for_kind": _lt("event tickets are sold with a boleta, not with an invoice."),
    "slaughter_base_wrong": _lt(
        "the base of the tax on meat is %(amount)s, but the tax comes of %(expected)s."
    ),
    "stamp_too_long": _lt(
        "The stamp cannot be printed: it is %(length)s bytes long, its bar code holds %(limit)s. "
        "Each of & < > \" ' in the names of the customer and of the first line takes up to "
        "six: write them in words."
    ),
    "summary_folio_twice": _lt("folio %(folio)s of type %(kind)s stands twice in the summary."),
    "summary_kind": _lt("the daily summary does not know documents of type %(kind)s."),
    "summary_sequence": _lt("the SII takes 1 to %(limit)s summaries of a day, not %(sequence)s."),
    "tax_not_for_kind": _lt("tax %(tax)s does not belong in this type of document."),
    "tax_rate_missing": _lt("tax %(tax)s lacks its rate."),
    "tax_rate_wrong": _lt(
        "the rate of tax %(tax)s is %(expected)s %%, not %(rate)s %%. Correct the tax."
    ),
    "tax_total_missing": _lt("the total of tax %(tax)s is missing."),
    "tax_total_wrong": _lt(
        "tax %(tax)s is %(amount)s, but its lines give %(expected)s. Take back what was typed "
        "over the taxes of the invoice."
    ),
    "tax_twice": _lt("tax %(tax)s stands twice."),
    "tax_unknown": _lt("the SII knows no additional tax %(tax)s."),
    "tax_without_lines": _lt("tax %(tax)s has a total but no line."),
    "text_not_encodable": _lt("the SII cannot read these characters: %(characters)s"),
    "text_too_long": _lt("has %(length)s characters, the SII takes %(limit)s. Shorten it."),
    "told_and_not_known": _lt("is told, and stated as not known too. Take one of both away."),
    "too_many": _lt("are %(count)s, the SII takes at most %(limit)s. Split the document."),
    "total_negative": _lt(
        "is %(amount)s: a document cannot be negative. Issue a credit note instead."
    ),
    "total_wrong": _lt("is %(amount)s, but the parts add up to %(expected)s."),
    "transaction_not_for_kind": _lt(
        "debit notes and boletas do not tell what kind of sale or purchase they are, nor credit "
        "notes what kind of purchase."
    ),
    "transport_address_missing": _lt(
        "goods travel with this document: give the street of the place that they go to."
    ),
    "transport_arrives_on_missing": _lt(
        "the goods leave on a later day than the document's: say on which day they arrive. Without "
        "it the document is good on its own day alone."
    ),
    "transport_carrier_rut_missing": _lt(
        "goods travel with this document: choose the carrier and give his RUT, or state that he is "
        "not known."
    ),
    "transport_comuna_missing": _lt(
        "goods travel with this document: give the commune of the place that they go to."
    ),
    "transport_departs_at_missing": _lt(
        "goods travel with this document: say on which day and at which hour they leave, or state "
        "that it is not known."
    ),
    "transport_driver_name_missing": _lt(
        "goods travel with this document: choose the driver, or state that he is not known."
    ),
    "transport_driver_rut_missing": _lt(
        "goods travel with this document: choose the driver and give his RUT, or state that he is "
        "not known."
    ),
    "transport_origin_comuna_missing": _lt("give the commune of the place that the goods leave."),
    "transport_plate_missing": _lt(
        "goods travel with this document: choose the vehicle, or state that its plate is not known."
    ),
    "transport_unexpected": _lt("a credit or debit note names no vehicle and no carrier."),
    "vat_missing": _lt("is missing: an invoice with VAT needs it."),
    "vat_not_withheld_wrong": _lt(
        "the VAT that is not retained is %(amount)s, but the retentions leave %(expected)s."
    ),
    "vat_rate_wrong": _lt("VAT is %(expected)s %%, not %(rate)s %%."),
    "vat_unexpected": _lt("an exempt document carries no VAT."),
    "vat_wrong": _lt(
        "is %(amount)s, but its rate gives %(expected)s. Take back what was typed over the taxes "
        "of the invoice."
    ),
    "withheld_unexpected": _lt("only purchase invoices and their notes retain VAT."),
}

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


# Why the VAT is lowered, or not: by what decides it, in time and after its last day
_TERMS = {
    ("return", False): _lt(
        "It lowers the VAT: what was delivered can come back until %(day)s, six months later."
    ),
    ("return", True): _lt(
        "Too late to lower the VAT: six months after the delivery ended on %(day)s, before the day "
        "of the return. The refund is asked for by art. 126 CT."
    ),
    ("error", False): _lt(
        "It lowers the VAT: an error is mended in the month of the invoice or in the next one, "
        "until %(day)s."
    ),
    ("error", True): _lt(
        "Too late to lower the VAT: the month after that of the invoice ended on %(day)s. The "
        "note is right, and the refund is asked for by art. 126 CT."
    ),
    ("note", False): _lt(
        "It lowers the VAT: a note is undone in its month or in the next one, until %(day)s."
    ),
    ("note", True): _lt(
        "Too late to lower the VAT: the month after that of the note which it undoes ended on "
        "%(day)s. The refund is asked for by art. 126 CT."
    ),
    ("discount", False): _lt("It lowers the VAT: a discount granted later has no term."),
}
_BY_HAND = {
    True: _lt("Set by hand: it does not lower the VAT."),
    False: _lt("Set by hand: it lowers the VAT."),
}


def term_text(env, term, late=None):
    """What a sii Term of a credit note means for the VAT.

    late: what the note says of it, when a person decided otherwise.
    """
    if late is not None and late != term.late:
        return env._(_BY_HAND[late])
    day = term.last_day and format_date(env, term.last_day)
    sentence = env._(_TERMS[term.code, term.late])
    return sentence % {"day": day}


def problems_text(env, problems):
    """One sentence for each problem."""
    return [f"{_subject(env, problem.where)}{_sentence(env, problem)}" for problem in problems]


def _sentence(env, problem):
    missing = problem.code.endswith("_missing") and problem.code not in _RULES
    sentence = env._(_MISSING if missing else _RULES[problem.code])
    return sentence % values_told(env, problem.data)


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

"""The letter: what each page of a print shows. Its templates are ``report/paper*.xml``."""

from decimal import Decimal

from num2words import num2words

from odoo import models
from odoo.tools import is_html_empty
from odoo.tools.image import image_data_uri

from ...sii import kinds
from ...sii.printing import paper, said, words

# Millimetres: beside the words of a line, and from edge to edge of the paper
_COLUMNS = {
    "number": 7,
    "code": 21,
    "quantity": 16,
    "unit": 13,
    "price": 20,
    "change": 15,
    "value": 22,
}
_FOREIGN = {"price": 17, "foreign": 17}
_SIDES, _ABOVE, _BELOW = 24, 10, 5
_STAMP, _LEGEND, _ACKNOWLEDGEMENT, _PAYMENT, _BALANCE = 37, 9, 46, 36, 26


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_cl_paper(self, cedible=False):
        """What the templates of the letter show; False of what is no document of ours.

        cedible: the copy that is signed and may be ceded.
        """
        self.ensure_one()
        document = self._l10n_cl_printed_document()
        if not document:
            return False
        items = _items(self, document)
        lang = self._l10n_cl_lang() or "es"
        page = self._l10n_cl_sheet_size()
        values = {
            "said": document,
            "words": words,
            "sayings": said,
            "bilingual": not lang.startswith("es"),
            "terms": _terms(self, document),
            "columns": _columns(items, document),
            "sign": _sign(document, self),
            "does": said.does(document),
            "corrections": [pair for pair in map(said.correction, document.lines) if pair],
            "balance": _balance(self, document),
            "in_words": said.pesos_in_words(
                document.totals.total, num2words(document.totals.total, lang="es")
            ),
            "remarks": not is_html_empty(self.narration) and self.narration,
            "logo": _logo(self.company_id),
            "watermark": self._l10n_cl_watermark(),
            "due": _due(self, document),
        }
        values["only_text"] = bool(values["corrections"]) and len(values["corrections"]) == len(
            document.lines
        )
        head, foot = _head(values), _foot(values, cedible and self.l10n_cl_has_cedible)
        width = page["width"] - _SIDES - sum(values["columns"].values())
        values["pages"] = paper.cut(items, width, page["height"], head, foot)
        values["foot_above"] = (page["height"] - foot - paper.END) / (page["width"] - _SIDES) * 100
        values["end_above"] = (page["height"] - paper.END) / (page["width"] - _SIDES) * 100
        values["roomy"] = len(items) < paper.ROOMY and len(values["pages"]) == 1
        values["column_width"] = {
            name: 100 * size / (page["width"] - _SIDES) for name, size in values["columns"].items()
        }
        return values

    def _l10n_cl_sheet_size(self):
        """Millimetres that a page has for us."""
        report = self.env.ref("account.account_invoices").sudo()
        paper_format = report.paperformat_id or self.company_id.paperformat_id
        width, height = paper_format.print_page_width, paper_format.print_page_height
        return {"width": width or 210, "height": (height or 297) - _ABOVE - _BELOW - 2}

    def _l10n_cl_watermark(self):
        """What stands under the text of a document that the SII's production never saw."""
        document = self._l10n_cl_printed_dte()
        if not document or self.env.context.get("l10n_cl_samples"):
            return False
        return document.environment != "production" and "SIN VALIDEZ TRIBUTARIA"


def _items(move, document):
    printed, items, number = move._l10n_cl_printed_lines(), [], 0
    for line in move.invoice_line_ids:
        if line.display_type in ("line_section", "line_subsection"):
            below = [
                printed[each.id].amount for each in line._get_section_lines() if each.id in printed
            ]
            value = words.money(sum(below)) if below else ""
            items.append(paper.Item("section", line.name or "", value=value))
        elif line.display_type == "line_note":
            items.append(paper.Item("note", line.name or ""))
        elif (row := printed.get(line.id)) and row.name and not said.correction(row):
            number += 1
            items.append(_item(row, number))
        elif row and not row.name and not row.amount:
            # a discount that its own lines show
            items.append(paper.Item("note", f"{line.name or ''} (descontado en sus líneas)"))
    return items


def _item(row, number):
    foreign = row.foreign
    code = next((each.value for each in row.codes), "")
    return paper.Item(
        "line",
        row.name,
        row.description,
        number=str(number),
        code=code,
        exempt=bool(row.exempt),
        quantity="" if row.quantity is None else words.number(row.quantity),
        unit=row.unit,
        price="" if row.unit_price is None else words.number(row.unit_price),
        change=said.change(row),
        value=words.number(Decimal(row.amount)),
        foreign=(said.figure(foreign.price), said.figure(foreign.amount)) if foreign else ("", ""),
        amount=row.amount,
    )


def _columns(items, document):
    """Millimetres of each column that some line uses."""
    used = dict(_COLUMNS)
    if document.foreign:
        used |= _FOREIGN
    for name in ("code", "unit", "change"):
        if not any(getattr(each, name) for each in items):
            del used[name]
    longest = max([len(each.code) for each in items], default=0)
    if "code" in used:
        used["code"] = max(15, min(30, 3 + longest * 1.6))
    return used


def _sign(document, move):
    return said.sign(move.currency_id.name) if document.foreign else None


def _terms(move, document):
    """Label and text of the right half of the head: when, how and by whom."""
    rows = [("Emisión", words.day(document.issued_on))]
    carried = {label for label, _text in words.transport_rows(document)}
    stated = [row for row in words.header_rows(document) if row[0] not in carried]
    stated.sort(key=lambda row: row[0] != "Vencimiento")
    rows += [row for row in stated if row[0] != "Contacto"]
    labels = {label for label, _text in rows}
    due = move.invoice_date_due
    told = "Vencimiento" in labels or kinds.of(document.kind).is_note
    if due and due != document.issued_on and not told:
        rows.insert(1, ("Vencimiento", words.day(due)))
    if document.foreign:
        sign = _sign(document, move)
        rows.append(("Moneda", sign.name))
        rate = said.figure(document.foreign.rate)
        rows.append((f"Valor {sign.before}", f"$ {rate} al {words.day(document.issued_on)}"))
    if move.invoice_origin and not kinds.of(document.kind).is_note:
        rows.append(("Pedido", move.invoice_origin))
    return rows


def _head(values):
    """Millimetres above the lines of the first page."""
    document = values["said"]
    receiver = document.receiver
    stated = (receiver.giro, receiver.address, receiver.comuna, receiver.contact)
    rows = max(
        2 + len(list(filter(None, stated))),
        len(values["terms"]) + sum(len(text) // 26 for _label, text in values["terms"]),
    )
    head = paper.HEAD + rows * paper.PARTY_ROW
    if values["bilingual"]:  # labels of two lines
        head += 3 * (rows + 1)
    if document.references:
        head += 8 + 5 * sum(1 + len(each.reason) // 36 for each in document.references)
    if document.transport:
        head += 30
    if values["does"]:
        head += 10
    return head + 7 * len(values["corrections"])


def _foot(values, copy):
    """Millimetres of totals, stamp and what stands beside it. copy: the cedible one."""
    document, remarks = values["said"], str(values["remarks"] or "")
    rows = list(words.figure_rows(document.kind, document.adjustments, document.totals))
    if copy:
        beside = _ACKNOWLEDGEMENT
    elif values["due"]:
        beside = _PAYMENT
    else:
        beside = _BALANCE if values["balance"] else 0
    right = 4.4 * (len(rows) + bool(document.foreign)) + 8 + beside
    left = 12 + 3.5 * (len(remarks) / 60 + remarks.count("<p")) + _STAMP + _LEGEND
    return max(left, right)


def _logo(company):
    """The company's logo as an image's source; nothing where it has none of its own."""
    if company.uses_default_logo or not company.logo:
        return False
    return image_data_uri(company.logo)


def _due(move, document):
    """Of what a buyer pays: pesos still owed, False of notes and purchases; 0 when it is paid."""
    kind = kinds.of(document.kind)
    if kind.is_note or kind.is_purchase or not move._l10n_cl_printed_dte():
        return False
    return {
        "amount": 0
        if move.payment_state in ("paid", "in_payment", "reversed")
        else document.totals.total
    }


def _balance(move, document):
    """What is left of a document after a credit note over it, notes before this one included."""
    original = move.reversed_entry_id
    own = move.sudo().l10n_cl_dte_id
    if not original or not own or not document.totals.total:
        return False
    first = original.sudo().l10n_cl_dte_id
    if not first:
        return False
    before = original.reversal_move_ids.sudo().l10n_cl_dte_id.filtered(
        lambda each: each.id < own.id and each._printed()
    )
    earlier = sum(int(each.amount_total) for each in before)
    total = int(first.amount_total)
    return {
        "of": f"{words.document_name(first.document_type_id.code)} N° {first.folio}",
        "total": total,
        "earlier": earlier,
        "this": document.totals.total,
        "left": total - earlier - document.totals.total,
    }

"""What a note is about: the documents that its references name, or the one that it can only mean.

note: account.move. Documents are l10n_cl.dte.
"""

from ...sii import kinds
from ...sii.codes import CodRef


def changing_references(note):
    """The references with which a note changes tax documents."""
    return note.l10n_cl_reference_ids.filtered(lambda each: each._is_changing())


def does(note, code):
    """Whether this note does what a sii.CodRef stands for."""
    return str(code.value) in changing_references(note).mapped("code")


def does_words(move, code):
    """What a note of this code does, in the language of the invoice's document."""
    env = move.with_context(lang=move._l10n_cl_lang()).env
    labels = dict(env["l10n_cl.reference"]._fields["code"]._description_selection(env))
    return labels[code].partition(" - ")[2]


def changed_documents(note):
    """The documents issued by us that this note changes."""
    found = changing_references(note.sudo())._own_document()
    # of a folio that another system used nothing is known here without its invoice
    return found.filtered(lambda document: document.state != "elsewhere" or document.move_id)


def origin_of(note):
    """The posted invoice of ours that this note reverses or adds to; of an order's own credit
    note, the one that invoiced its lines. Empty when there are several, or none."""
    origin = note.reversed_entry_id or note.debit_origin_id
    if not origin and note.move_type == "out_refund":
        invoiced = note.line_ids.sale_line_ids.invoice_lines.move_id
        origin = invoiced.filtered(lambda move: move.move_type == "out_invoice")
    origin = origin.filtered(
        lambda move: (
            move.company_id == note.company_id
            and move.state == "posted"
            and move._l10n_cl_is_electronic()
            and move.l10n_cl_dte_id.state != "rejected"
        )
    )
    return origin if len(origin) == 1 else origin.browse()


def propose_reference(note):
    """Refer to the one document that a draft can be about, where it changes none yet.

    A draft that no wizard of ours made gets it so. It may be changed until it is posted.
    """
    if not kinds.of(note.l10n_latam_document_type_id.code).is_note or note.state != "draft":
        return
    if not note._l10n_cl_is_emitted() or changing_references(note):
        return
    original = origin_of(note.sudo())
    if original:
        whole = not note.currency_id.compare_amounts(note.amount_total, original.amount_total)
        code = CodRef.ANNULS if whole else CodRef.CORRECTS_AMOUNTS
        reason = does_words(note, str(code.value))
        note.sudo().write(original._l10n_cl_note_values(code, reason))

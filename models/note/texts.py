"""The line of a note that corrects text: DONDE DICE ... DEBE DECIR ... (PROTOCOL 5.6.9)."""

from ...sii.document import payload

CORRECTED = [
    ("giro", "Giro"),
    ("address", "Address"),
    ("name", "Name"),
    ("description", "Description of an item"),
    ("other", "Other text"),
]

# Words of the SII, in its language.
_LABELS = {"giro": "GIRO", "address": "DIRECCION", "name": "RAZON SOCIAL", "description": "DETALLE"}


def correction(what, wrong, right):
    """The text of the note's line."""
    label = f"{_LABELS[what]} " if what in _LABELS else ""
    return f"DONDE DICE {label}{wrong} DEBE DECIR {label}{right}"


def text_then(move, what):
    """That text in the signed document of an invoice; empty when it is not one text."""
    snapshot = move.sudo().l10n_cl_dte_id.payload
    return _text_of(payload.load(snapshot), what) if snapshot else ""


def text_now(move, what):
    """The same text as the partner's data would make it today."""
    return _text_of(move._l10n_cl_document(), what) if what != "description" else ""


def _text_of(document, what):
    receiver = document.receiver
    if what == "address":
        return ", ".join(filter(None, [receiver.address, receiver.comuna]))
    if what == "description":
        return document.lines[0].name if len(document.lines) == 1 else ""
    return {"giro": receiver.giro, "name": receiver.name}.get(what, "")

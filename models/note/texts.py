"""What a note that corrects text says: DONDE DICE ... DEBE DECIR ... (PROTOCOL 5.6.9)."""

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


def said_before(move, what):
    """What the document of an invoice says there; empty when that is not one text."""
    snapshot = move.sudo().l10n_cl_dte_id.payload
    return _said(payload.load(snapshot), what) if snapshot else ""


def said_now(move, what):
    """What the partner's data would make it say today."""
    return _said(move._l10n_cl_document(), what) if what != "description" else ""


def _said(document, what):
    receiver = document.receiver
    if what == "address":
        return ", ".join(filter(None, [receiver.address, receiver.comuna]))
    if what == "description":
        return document.lines[0].name if len(document.lines) == 1 else ""
    return {"giro": receiver.giro, "name": receiver.name}.get(what, "")

"""The states of a tax document and of its folio: one row a state, with all that depends on it.

Whether a document is legal, final or dead is asked here, and so are the names and colours of
states. ``LEGAL``, ``FINAL`` ... are tuples of names, for domains.

>>> STATES["objected"].word, STATES["objected"].look.decoration
('Aceptada con reparos', 'warning')
>>> LEGAL
('accepted', 'objected')
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks everywhere: a colour, always with a word and an icon.

    ink on tint: text on a badge. solid: bars and points. decoration: Odoo's name of the colour.
    """

    ink: str
    tint: str
    solid: str
    decoration: str


WAITS = Look("#495057", "#E9ECEF", "#6C757D", "info")
AT_SII = Look("#0B4A5E", "#D6ECF3", "#01737A", "info")
GOOD = Look("#0F5132", "#D1E7DD", "#157347", "success")
LOOK_AT_IT = Look("#664D03", "#FFF3CD", "#8A6100", "warning")
BAD = Look("#842029", "#F8D7DA", "#B42B27", "danger")
STOPPED = Look("#713600", "#FFE5CC", "#A65300", "danger")
GONE = Look("#495057", "#E9ECEF", "#6C757D", "muted")


@dataclass(frozen=True, slots=True)
class State:
    """One state.

    label: English, as Odoo's translations know it. word: what people in Chile read on badges.
    icon: of Font Awesome. api: its name for programs. legal: the SII took the document. final: the
    SII has decided. given_up: the folio is no longer this document's. refused: the SII holds
    none of its contents. becomes: the states that may follow. is_row: a document can be in it;
    else it is of a folio that has none yet.
    """

    name: str
    label: str
    word: str
    look: Look
    icon: str
    api: str
    becomes: tuple[str, ...] = ()
    legal: bool = False
    final: bool = False
    refused: bool = False
    given_up: bool = False
    is_row: bool = True


_ROWS = (
    State(
        "free",
        "Free",
        "Libre",
        WAITS,
        "circle-o",
        "free",
        ("reserved", "pending", "elsewhere"),
        is_row=False,
    ),
    State(
        "reserved",
        "Reserved",
        "Reservado",
        WAITS,
        "bookmark-o",
        "reserved",
        ("free", "pending", "elsewhere"),
        is_row=False,
    ),
    State("pending", "To sign", "Por firmar", WAITS, "clock-o", "ready", ("signed", "exception")),
    State(
        "signed",
        "To send",
        "Por enviar",
        AT_SII,
        "pencil",
        "signed",
        ("sent", "rejected", "foreign", "exception", "void"),
    ),
    State(
        "sent",
        "Sent",
        "Enviada",
        AT_SII,
        "paper-plane",
        "sent",
        ("accepted", "objected", "rejected", "foreign", "signed", "exception"),
    ),
    State("accepted", "Accepted", "Aceptada", GOOD, "check", "accepted", legal=True, final=True),
    State(
        "objected",
        "Accepted with objections",
        "Aceptada con reparos",
        LOOK_AT_IT,
        "exclamation-triangle",
        "objected",
        legal=True,
        final=True,
    ),
    State(
        "rejected",
        "Rejected",
        "Rechazada",
        BAD,
        "times",
        "rejected",
        ("pending", "foreign", "void"),
        final=True,
        refused=True,
    ),
    State(
        "foreign",
        "The SII holds another document",
        "El SII tiene otro documento",
        BAD,
        "exclamation-circle",
        "rejected",
        ("elsewhere",),
        final=True,
        refused=True,
    ),
    State(
        "exception",
        "Needs attention",
        "Detenida",
        STOPPED,
        "pause",
        "exception",
        ("signed", "sent", "rejected", "foreign", "void"),
    ),
    State("void", "Void", "Folio anulado", GONE, "ban", "rejected", refused=True, given_up=True),
    State(
        "elsewhere",
        "Used elsewhere",
        "Folio usado en otro sistema",
        GONE,
        "external-link",
        "rejected",
        refused=True,
        given_up=True,
    ),
)

STATES = {each.name: each for each in _ROWS}
OF_DOCUMENTS = tuple(each for each in _ROWS if each.is_row)
"""Those that a document can be in, in the order of its way."""
SET_ASIDE = tuple(each.name for each in _ROWS if not each.is_row)
"""Of a folio without document: somebody holds it, or it is there for whoever comes next."""


def _names(*states: State) -> tuple[str, ...]:
    return tuple(each.name for each in states)


LEGAL = _names(*(each for each in OF_DOCUMENTS if each.legal))
"""The SII took the document, with objections or without."""
FINAL = _names(*(each for each in OF_DOCUMENTS if each.final))
"""The SII has decided."""
GIVEN_UP = _names(*(each for each in OF_DOCUMENTS if each.given_up))
"""The folio is no longer this document's."""
DEAD = _names(*(each for each in OF_DOCUMENTS if each.refused))
"""The SII holds none of the document's contents."""
SIGNED = _names(*(s for s in OF_DOCUMENTS if s.name != "pending" and not s.refused))
"""Its content is valid: it was signed, and the SII has not refused it."""
OPEN = _names(*(s for s in OF_DOCUMENTS if not s.legal and not s.given_up))
"""The SII, or a person, must still decide something."""
FAULTY = _names(*(s for s in OF_DOCUMENTS if s.look not in (WAITS, AT_SII, GOOD)))
"""There is an objection to it, or something keeps it."""

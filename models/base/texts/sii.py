"""Sentences for the way to the SII, and for its answers as the table of codes explains them."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# What came without a code of the SII, or with one that the table does not know.
_TRANSPORT = {
    # nothing reached the SII
    "connect_failed": _lt("The SII could not be reached."),
    "connect_timeout": _lt("The SII did not pick up."),
    "tls_failed": _lt("The secure connection to the SII could not be made."),
    # not now
    "http_status": _lt("The SII answered HTTP %(status)s."),
    "html_page": _lt("The SII answered with a web page instead of a receipt."),
    "sii_internal": _lt("The SII had an internal error (%(sii_code)s)."),
    "soap_fault": _lt("The SII's service failed: %(text)s"),
    "answer_unreadable": _lt("The SII's answer could not be read."),
    # an answer, and it is no
    "not_authenticated": _lt("The SII does not accept our login (%(sii_code)s)."),
    "register_refused": _lt("The SII does not show the register: %(text)s (%(sii_code)s)."),
    # a list that came in part is not taken
    "register_incomplete": _lt(
        "The SII sent %(found)s documents of a list that counts %(expected)s; none of them was "
        "taken."
    ),
    # we do not know
    "answer_timeout": _lt("The SII did not answer in time."),
    "connection_lost": _lt("The connection broke before the SII's answer arrived."),
    "answer_cut": _lt("The SII's answer arrived incomplete."),
    "answer_too_long": _lt("The SII's answer was too long to be one."),
    "status_missing": _lt("The SII's receipt has no status."),
    "track_id_missing": _lt("The SII's receipt has no track id."),
}
_UNKNOWN_CODE = _lt("The SII answered with a code that we do not know.")

# Families of the table in which the SII's code of an error is looked up.
_FAMILIES = {
    "seed_failed": ["seed"],
    "token_failed": ["token"],
    "token_request_refused": ["token"],
    "not_authenticated": ["upload", "envelope"],
    "status_failed": ["envelope"],
    "document_status_failed": ["document"],
    "user_not_allowed": ["envelope"],
    "sii_internal": ["upload"],
    "sender_not_allowed": ["upload"],
    "company_not_allowed": ["upload"],
    "file_size_wrong": ["upload"],
    "file_truncated": ["upload"],
    "schema_invalid": ["upload"],
    "envelope_signature_invalid": ["upload"],
    "already_received": ["upload"],
}


def transport_problem_text(env, error):
    """What the SII's answer, or its lack, means, and what to do; the SII's own words beside."""
    row = code_of(env, error)
    if row:
        return f"{row._sentence()} {sii_words(error)}".rstrip()
    status = error.data.get("http_status") or error.data.get("sii_code") or ""
    data = {"text": "", "sii_code": "", "status": status, **error.data}
    if error.code in _TRANSPORT:
        sentence = env._(_TRANSPORT[error.code])
        return sentence % data
    return f"{env._(_UNKNOWN_CODE)} {sii_words(error)}".rstrip()


def code_of(env, error):
    """The row that explains the SII's code of a library error; empty when there is none."""
    table = env["l10n_cl.sii.code"]
    for family in _FAMILIES.get(error.code, []):
        if row := table._find(family, error.data.get("sii_code", "")):
            return row
    return table


def sii_words(error):
    """``(SII: 7 LSX-00213 ...)``: what the SII said, as it said it."""
    words = " ".join(filter(None, [error.data.get("sii_code"), error.data.get("text")]))
    return f"(SII: {words})" if words else ""

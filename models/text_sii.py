"""Sentences for what the SII, or the way to it, answered."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

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
    "seed_failed": _lt("The SII gave no seed to log in with (%(sii_code)s %(text)s)."),
    "token_failed": _lt("The SII gave no token (%(sii_code)s %(text)s)."),
    "status_failed": _lt("The SII could not tell the state (%(sii_code)s %(text)s)."),
    # an answer, and it is no
    "sender_not_allowed": _lt(
        "The certificate's owner may not send for this company. Give him the permission in the "
        "SII's user administration, in this environment, and try again."
    ),
    "company_not_allowed": _lt(
        "The SII did not authorise this company to send documents in this environment. Check the "
        "issuer's environment and resolution."
    ),
    "file_size_wrong": _lt("The SII refused the file for its size."),
    "file_truncated": _lt("The SII received the file cut off."),
    "schema_invalid": _lt("The SII's schema check refused the file: %(text)s"),
    "envelope_signature_invalid": _lt("The SII refused the signature of the file."),
    "already_received": _lt("The SII says that it received this very file before."),
    "token_request_refused": _lt("The SII could not read our login (%(sii_code)s %(text)s)."),
    "not_authenticated": _lt("The SII does not accept our login (%(sii_code)s)."),
    "user_not_allowed": _lt(
        "The certificate's owner may not ask for this company's documents (%(sii_code)s %(text)s)."
    ),
    # we do not know
    "answer_timeout": _lt("The SII did not answer in time."),
    "connection_lost": _lt("The connection broke before the SII's answer arrived."),
    "answer_cut": _lt("The SII's answer arrived incomplete."),
    "answer_too_long": _lt("The SII's answer was too long to be one."),
    "status_missing": _lt("The SII's receipt has no status."),
    "track_id_missing": _lt("The SII's receipt has no track id."),
}


def transport_problem_text(env, error):
    """What the SII's answer, or its lack, means."""
    status = error.data.get("http_status") or error.data.get("sii_code") or ""
    data = {"text": "", "sii_code": "", "status": status, **error.data}
    sentence = env._(_TRANSPORT[error.code])
    return sentence % data

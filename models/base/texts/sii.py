"""Sentences for the way to the SII, and for its answers as the table of codes explains them."""

from ....sii import sentences

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
    text = sentences.sentence("transport", error.code, env.lang, data)
    return text if sentences.has("transport", error.code) else f"{text} {sii_words(error)}".rstrip()


def code_of(env, error):
    """The row that explains the SII's code of a library error; empty when there is none."""
    table = env["l10n_cl.sii.code"]
    for family in _FAMILIES.get(error.code, []):
        if row := table._find(family, error.data.get("sii_code", "")):
            return row
    return table


def sii_words(error):
    """``(SII: 7 LSX-00213 ...)``: the SII's answer, as it came."""
    words = " ".join(filter(None, [error.data.get("sii_code"), error.data.get("text")]))
    return f"(SII: {words})" if words else ""

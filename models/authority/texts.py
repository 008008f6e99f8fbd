"""Sentences for authorities' files and for who signed a document."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_FILE = {
    "authority_too_big": _lt(
        "The file is too big: %(size)s bytes, at most %(limit)s are taken. Load the certificates "
        "of one authority."
    ),
    "authority_private_key": _lt(
        "The file holds a private key, which nobody but its owner may have. It was not kept: load "
        "the certificate that the authority publishes."
    ),
    "authority_too_many": _lt(
        "The file holds %(count)s certificates, at most %(limit)s are taken at once."
    ),
    "authority_is_person": _lt(
        "%(name)s is no authority: this certificate may not issue others. Load that of who issued "
        "it."
    ),
    "authority_key": _lt("The certificate's key is of a kind or size that is not taken."),
}
_UNREADABLE = _lt(
    "This is no certificate of an authority. Load the file (.crt, .cer or .pem) that it publishes."
)

_REASON = {
    "expired": _lt("The certificate had expired when it signed."),
    "not_yet_valid": _lt("The certificate was not yet in force when it signed."),
    "authority_not_in_force": _lt("The authority's own certificate was not in force."),
    "accreditation_ended": _lt("The authority was no longer accredited."),
    "signature": _lt("It names a known authority that did not sign it."),
    "is_authority": _lt("It is the certificate of an authority and not of a person."),
    "key_usage": _lt("It is not for signing documents."),
    "not_an_authority": _lt("Who issued it may not issue certificates."),
    "path_too_long": _lt("It stands below more authorities than its root allows."),
    "critical_extension": _lt("It makes conditions that are not understood here."),
    "unreadable": _lt("It cannot be read."),
    "moment": _lt("It does not say when it was signed, or says a day to come."),
    "no_rut": _lt("The certificate names no RUT."),
    "other_key": _lt("It is not of the key that signed."),
}


def authority_problem_text(env, problem):
    """Why a file of an authority cannot be used, and what to do."""
    sentence = env._(_FILE.get(getattr(problem, "code", ""), _UNREADABLE))
    return sentence % getattr(problem, "data", {})


def signer_reason_text(env, reason):
    """Why a signer's certificate is not worth what it says; empty without a reason."""
    return env._(_REASON[reason]) if reason else ""

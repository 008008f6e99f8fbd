"""Sentences for what may be wrong with a certificate or a signature."""

from odoo.tools.translate import LazyTranslate

from ...access.texts import VAULT, vault_problem_text
from .library import LIBRARY
from .values import values_told

_lt = LazyTranslate(__name__)

_CERTIFICATE = {
    "library_unfit": LIBRARY,
    "certificate_missing": _lt("The issuer has no certificate to sign with."),
    "certificate_unreadable": _lt("The certificate cannot be read. Load it again."),
    "certificate_expired": _lt("The certificate expired on %(valid_until)s. Load a new one."),
    "certificate_not_yet_valid": _lt("The certificate is valid from %(valid_from)s on only."),
    "certificate_without_rut": _lt(
        "The certificate holds no RUT: write its owner's RUT as Sender RUT on the issuer."
    ),
    "sender_not_signer": _lt(
        "The Sender RUT %(sender)s is not the RUT of the certificate, %(signer)s."
    ),
    "key_missing": _lt("The certificate came without its private key."),
    "key_unreadable": _lt("The private key cannot be read: wrong password, or a damaged file."),
    "key_not_rsa": _lt("The SII takes RSA keys only; this certificate has another kind."),
    "key_mismatch": _lt("The private key does not belong to the certificate."),
    "pfx_password_wrong": _lt("The password of the certificate file is wrong."),
    "pfx_unreadable": _lt(
        "The certificate file cannot be read: it is no .pfx or .p12 file, or a damaged one."
    ),
    "pfx_without_certificate": _lt("The certificate file holds a key, but no certificate."),
    "pfx_too_big": _lt(
        "This file has %(size)s bytes: no certificate file (.pfx or .p12) has more than %(limit)s."
    ),
    "pfx_too_costly": _lt(
        "Opening this certificate file asks for too much work: it is no ordinary .pfx. Export it "
        "again from where the certificate is installed."
    ),
    "pfx_not_opened": _lt("The program that opens certificate files failed: %(cause)s"),
    "pfx_legacy_algorithm": _lt(
        "The certificate file uses the old algorithm %(algorithm)s. Convert it once: %(remedy)s"
    ),
}

# What the SII finds fault with when we log in: its code in the table of codes (PROTOCOL 1.5).
_LOGIN = {
    "token_signature_invalid": "05",
    "token_certificate_missing": "11",
    "token_key_mismatch": "21",
    "certificate_not_accepted": "-3",
    "certificate_not_registered": "-07",
}

_SIGNATURE = {
    "envelope_fragment_broken": _lt(
        "The stored document is no longer the one that was signed: somebody changed it. It was "
        "not sent."
    ),
    "nothing_to_receive": _lt(
        "No document of this envelope is for this company with a valid signature: there is no "
        "receipt to give."
    ),
    "signing_failed": _lt(
        "The signature could not be made. The system's security policy may forbid SHA-1, which "
        "the SII demands."
    ),
}


def certificate_problem_text(env, problem):
    """What is wrong with the certificate and what to do."""
    if problem.code in _LOGIN:
        return env["l10n_cl.sii.code"]._find("token", _LOGIN[problem.code])._sentence()
    if problem.code in VAULT:
        return vault_problem_text(env, problem)
    sentence = env._(_CERTIFICATE[problem.code])
    return sentence % values_told(env, problem.data)


def signature_problem_text(env, problem):
    """Why a signature could not be made or does not hold."""
    sentence = env._(_SIGNATURE[problem.code])
    return sentence % problem.data

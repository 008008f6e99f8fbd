"""Sentences for what may be wrong with a certificate or a signature."""

from ....sii import sentences
from .values import values_written

# What the SII finds fault with when we log in: its code in the table of codes (PROTOCOL 1.5).
_LOGIN = {
    "token_signature_invalid": "05",
    "token_certificate_missing": "11",
    "token_key_mismatch": "21",
    "certificate_not_accepted": "-3",
    "certificate_not_registered": "-07",
}


def certificate_problem_text(env, problem):
    """What is wrong with the certificate, or with the secret that its key is, and what to do."""
    if problem.code in _LOGIN:
        return env["l10n_cl.sii.code"]._find("token", _LOGIN[problem.code])._sentence()
    borrowed = (each for each in ("library", "vault") if sentences.has(each, problem.code))
    family = next(borrowed, "certificate")
    return sentences.sentence(family, problem.code, env.lang, values_written(env, problem.data))


def signature_problem_text(env, problem):
    """Why a signature could not be made or does not hold."""
    return sentences.sentence("signature", problem.code, env.lang, problem.data)

"""Sentences for authorities' files and for who signed a document."""

from ...sii import sentences


def authority_problem_text(env, problem):
    """Why a file of an authority cannot be used, and what to do."""
    code, data = getattr(problem, "code", ""), getattr(problem, "data", {})
    return sentences.sentence("authority", code, env.lang, data)


def signer_reason_text(env, reason):
    """Why a signer's certificate is not worth what it says; empty without a reason."""
    return sentences.sentence("signer", reason, env.lang) if reason else ""

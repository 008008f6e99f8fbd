"""Sentences for who signed a document."""

from ...sii import sentences


def signer_reason_text(env, reason):
    """Why a signer's certificate is not trusted; empty without a reason."""
    return sentences.sentence("signer", reason, env.lang) if reason else ""

"""Sentences about folios."""


def no_folio_text(env, document_type, needed, left):
    """What is missing, and what to do. document_type: l10n_latam.document.type."""
    return env._(
        "There are no folios left for %(type)s (needed %(needed)s, left %(left)s). "
        "Ask the SII for a new CAF and load it under SII Invoicing > Folios > CAF (folios).",
        type=document_type.name,
        needed=needed,
        left=left,
    )

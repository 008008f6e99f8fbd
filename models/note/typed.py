"""Fields of a credit note that are proposed on its draft until somebody types them.

note: account.move. ``l10n_cl_note_typed`` has the names of the fields that were typed.
"""


def typed_or(note, name, propose):
    """The value of a field: ``propose(note)`` on a draft, or what was typed, or posted."""
    if note.state == "draft" and name not in typed_fields(note):
        return propose(note)
    return note[name]


def mark_typed(note, name, proposal):
    """Note that a field differs from its proposal; one that was emptied is proposed again."""
    names = typed_fields(note)
    if note[name] != proposal:
        names.add(name)
    if note._fields[name].type != "boolean" and not note[name]:
        names.discard(name)
    if names != typed_fields(note):
        note.l10n_cl_note_typed = sorted(names)


def typed_fields(note):
    """Names of the typed fields; forms write the list back, and programs may write anything."""
    kept = note.l10n_cl_note_typed
    return {name for name in kept if isinstance(name, str)} if isinstance(kept, list) else set()

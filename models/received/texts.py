"""Sentences for files and documents that others send us."""

from ...sii import sentences
from ...sii.errors import UnsafeXml
from ...sii.mail import files as mail_files
from ...sii.received import file as received_file
from ...sii.received import file_kind
from ..base.texts.errors import error_text

_PROMISED = (".xml", ".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")
"""Endings of names of what somebody sends to be read."""


def unread_text(env, content, name):
    """Why nothing comes of a mailed or dropped file that was meant to be read; empty for what
    people read, such as a print or a picture, whatever is in it."""
    promised = name.lower().endswith(_PROMISED) or mail_files.kind_of(content, name)
    if not promised and file_kind.of(content) not in file_kind.ARCHIVES:
        return ""
    try:
        received_file.read(content, name)
    except UnsafeXml as problem:
        return error_text(env, problem)
    return ""


def verdict_text(env, problem):
    """What is wrong with a document that could be read."""
    return sentences.sentence("verdict", problem.code, env.lang, problem.data)

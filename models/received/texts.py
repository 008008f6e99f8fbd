"""Sentences for files and documents that others send us."""

from ...sii import sentences
from ...sii.errors import UnsafeXml
from ...sii.mail import files as mail_files
from ...sii.received import file as received_file
from ...sii.received import file_kind

_PROMISED = (".xml", ".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")
"""Endings of names of what somebody sends to be read."""


def file_problem_text(env, problem):
    """Why a file cannot be read, and what to do."""
    root = problem.data.get("root", "")
    if problem.code == "no_document" and sentences.has("no_document", root):
        return sentences.sentence("no_document", root, env.lang, problem.data)
    return sentences.sentence("file", problem.code, env.lang, problem.data)


def unread_text(env, content, name):
    """Why nothing comes of a mailed or dropped file that was meant to be read; empty for what
    people read, such as a print or a picture, whatever is in it."""
    promised = name.lower().endswith(_PROMISED) or mail_files.kind_of(content, name)
    if not promised and file_kind.of(content) not in file_kind.ARCHIVES:
        return ""
    try:
        received_file.read(content, name)
    except UnsafeXml as problem:
        return file_problem_text(env, problem)
    return ""


def verdict_text(env, problem):
    """What is wrong with a document that could be read."""
    return sentences.sentence("verdict", problem.code, env.lang, problem.data)

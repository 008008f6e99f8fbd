"""Sentences about Python packages of the server that are missing or do not fit."""

from contextlib import contextmanager

from odoo.exceptions import UserError

from ....sii import libraries, sentences
from ....sii.errors import MissingLibrary


def library_text(env, package, reason):
    """Which package does not fit, and what to do."""
    data = {"package": package, "reason": reason}
    return sentences.sentence("library", "library_unfit", env.lang, data)


def library_texts(env):
    """A sentence for each package without which nothing can be issued."""
    found = libraries.unfit()
    return [library_text(env, name, found[name]) for name in found]


@contextmanager
def libraries_told(env):
    """Whoever asks for what a missing package makes is told so."""
    try:
        yield
    except MissingLibrary as problem:
        raise UserError(library_text(env, **problem.data)) from problem

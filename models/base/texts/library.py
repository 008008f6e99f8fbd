"""Sentences about Python packages of the server that are missing or do not fit."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ....sii import libraries
from ....sii.errors import MissingLibrary

_lt = LazyTranslate(__name__)

LIBRARY = _lt(
    "The server's Python package %(package)s is missing or does not fit (%(reason)s): have what "
    "requirements.txt of this addon names installed, and Odoo started anew."
)


def library_texts(env):
    """A sentence for each package without which nothing can be issued."""
    found = libraries.unfit()
    sentence = env._(LIBRARY)
    return [sentence % {"package": name, "reason": found[name]} for name in found]


@contextmanager
def libraries_told(env):
    """Whoever asks for what a missing package makes is told so."""
    try:
        yield
    except MissingLibrary as problem:
        sentence = env._(LIBRARY)
        raise UserError(sentence % problem.data) from problem

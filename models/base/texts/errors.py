"""From an error of the library to the sentence that people read: one place for every class."""

from contextlib import contextmanager

from odoo.exceptions import UserError

from ....sii import errors, sentences
from .caf import caf_problem_text
from .certificate import certificate_problem_text, signature_problem_text
from .library import library_text
from .rules import problems_text
from .sii import transport_problem_text


def _invalid(env, error):
    return " ".join(problems_text(env, error.problems))


def _file(env, error):
    """Why a file cannot be read; one without a document is explained by its root."""
    root = error.data.get("root", "")
    if error.code == "no_document" and sentences.has("no_document", root):
        return sentences.sentence("no_document", root, env.lang, error.data)
    return sentences.sentence("file", error.code, env.lang, error.data)


def _of(family):
    return lambda env, error: sentences.sentence(family, error.code, env.lang, error.data)


_TEXTS = {
    errors.InvalidDocument: _invalid,
    errors.CafProblem: caf_problem_text,
    errors.CertificateProblem: certificate_problem_text,
    errors.SignatureProblem: signature_problem_text,
    errors.TransportError: transport_problem_text,
    errors.UnsafeXml: _file,
    errors.MailProblem: _of("mail"),
    errors.AuthorityProblem: _of("authority"),
    errors.CertificationSetProblem: _of("test_set"),
    errors.MissingLibrary: lambda env, error: library_text(env, **error.data),
}
KNOWN = tuple(_TEXTS)
"""Classes that have a text, for an ``except``."""


def error_text(env, error):
    """What went wrong and what to do. error: one of ``KNOWN``; several problems are one text."""
    text = next(text for kind, text in _TEXTS.items() if isinstance(error, kind))
    return text(env, error)


@contextmanager
def errors_as_user_errors(env, before="", between=" ", kinds=KNOWN):
    """Errors of the library end as UserErrors with their text.

    before, between: what stands around the sentences of an invalid document. kinds: which classes.
    """
    try:
        yield
    except kinds as error:
        if isinstance(error, errors.InvalidDocument):
            text = before + between.join(problems_text(env, error.problems))
        else:
            text = error_text(env, error)
        raise UserError(text) from error

"""Sentences for mails that cannot be read, or not whole."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_MAIL = {
    "mail_too_big": _lt(
        "It has %(size)s bytes, at most %(limit)s are read. Save its files and load them one by "
        "one, or ask the sender for smaller mails."
    ),
    "mail_too_deep": _lt(
        "Its parts stand inside of each other as in no ordinary mail, so its files were not "
        "looked at. Open it in a mail program, save its XML files and load them by hand, or ask "
        "the sender to mail them again."
    ),
}


def mail_problem_text(env, problem):
    """Why a mail was not read (sii.errors.MailProblem), and what to do."""
    sentence = env._(_MAIL[problem.code])
    return sentence % problem.data

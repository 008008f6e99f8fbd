"""Sentences for mails that cannot be read, or not whole."""

from ....sii import sentences


def mail_problem_text(env, problem):
    """Why a mail was not read (sii.errors.MailProblem), and what to do."""
    return sentences.sentence("mail", problem.code, env.lang, problem.data)

"""Sentences for secrets that cannot be kept or opened."""

from ...sii import sentences


def vault_problem_text(env, problem):
    """Why a secret cannot be kept or opened, and what to do."""
    return sentences.sentence("vault", problem.code, env.lang, problem.data)

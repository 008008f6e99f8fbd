"""Sentences for what may be wrong with a CAF."""

from ....sii import sentences
from .values import values_written


def caf_problem_text(env, problem):
    """What is wrong with a CAF, or with the secret that its key is, and what to do."""
    family = "vault" if sentences.has("vault", problem.code) else "caf"
    return sentences.sentence(family, problem.code, env.lang, values_written(env, problem.data))

"""Sentences for what may be wrong with a test-set file of the SII, or a file to be answered."""

from odoo.addons.l10n_cl_sii.sii import sentences


def certification_problem_text(env, problem):
    """What is wrong with a set file, and where. problem: CertificationSetProblem."""
    return sentences.sentence("test_set", problem.code, env.lang, problem.data)

"""Sentences for what may be wrong with a test-set file of the SII, or a file to be answered."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_SET = {
    "set_not_text": _lt(
        "Line %(line)s is not text. Load the file of the test set exactly as the SII gave it."
    ),
    "set_too_long": _lt(
        "The file is longer than any test set: see line %(line)s. Load the file of the test set "
        "exactly as the SII gave it."
    ),
    "set_attention_unreadable": _lt(
        "Line %(line)s: “%(text)s” is no attention number (NUMERO DE ATENCION). Load the file "
        "exactly as the SII gave it."
    ),
    "set_empty": _lt(
        "The file holds no test set that the assistant knows (basic, exempt invoice, boleta, sales "
        "book, purchase book)."
    ),
    "set_twice": _lt("The file holds the same set twice. Load it as the SII gave it."),
    "set_incomplete": _lt(
        "The file ends at line %(line)s before its set is complete. Download it again."
    ),
    "set_case_unexpected": _lt(
        "Line %(line)s: case %(case)s was not expected there, %(expected)s was. The file was cut "
        "or changed: download it again."
    ),
    "set_reference_unknown": _lt(
        "Line %(line)s: case %(case)s refers to case “%(original)s”, which does not come before it."
    ),
    "set_document_unknown": _lt("Line %(line)s: the document “%(text)s” is not known."),
    "set_case_without_document": _lt("Line %(line)s: case %(case)s does not name its document."),
    "set_case_without_items": _lt(
        "Line %(line)s: case %(case)s has no items. The file was cut: download it again."
    ),
    "set_note_without_reference": _lt(
        "Line %(line)s: case %(case)s is a note without reference or reason."
    ),
    "set_row_unreadable": _lt("Line %(line)s cannot be understood: “%(text)s”."),
    "set_line_unknown": _lt("Line %(line)s cannot be understood: “%(text)s”."),
    "set_observation_unknown": _lt(
        "Line %(line)s: the assistant does not know what to do about “%(text)s”."
    ),
    "set_item_unknown": _lt("Line %(line)s: case %(case)s has no item “%(text)s” to take back."),
    "set_factor_missing": _lt(
        "The set has purchases of common use, but does not tell the proportion of their VAT. "
        "The file was cut: download it again."
    ),
}


def certification_problem_text(env, problem):
    """What is wrong with a set file, and where. problem: CertificationSetProblem."""
    sentence = env._(_SET[problem.code])
    return sentence % problem.data

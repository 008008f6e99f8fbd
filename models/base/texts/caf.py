"""Sentences for what may be wrong with a CAF or a certificate."""

from odoo.tools.translate import LazyTranslate

from ...access.texts import VAULT, vault_problem_text
from .values import values_told

_lt = LazyTranslate(__name__)

_CAF = {
    "caf_unreadable": _lt(
        "This file is not a CAF. Load the XML file exactly as downloaded from the SII."
    ),
    "caf_incomplete": _lt(
        "The CAF lacks %(tag)s. Load the XML file exactly as downloaded from the SII."
    ),
    "caf_twice": _lt(
        "The CAF has %(tag)s more than once, so that it can be read in two ways. Load the XML file "
        "exactly as downloaded from the SII."
    ),
    "caf_key_unfit": _lt(
        "The CAF's key of %(bits)s bits is none that the SII makes. Download the file again."
    ),
    "caf_range_invalid": _lt("The CAF's range %(first)s-%(last)s makes no sense."),
    "caf_authority_unknown": _lt(
        "The CAF was not signed by a key of the SII (key %(idk)s). Download it again."
    ),
    "caf_authority_unreadable": _lt("The public key of a CAF authority cannot be read."),
    "caf_signature_invalid": _lt(
        "The SII's signature of this CAF is not valid: the file was changed. Download it again."
    ),
    "caf_private_key_missing": _lt(
        "The CAF holds no private key (RSASK). Load the complete file, as downloaded."
    ),
    "caf_private_key_unreadable": _lt(
        "The CAF's private key cannot be read. Download the file again."
    ),
    "caf_key_mismatch": _lt(
        "The CAF's private key does not belong to its public key. Download the file again."
    ),
    "caf_of_other_issuer": _lt("The CAF belongs to RUT %(caf)s, the document is of %(issuer)s."),
    "caf_of_other_kind": _lt("The CAF is for type %(caf)s, the document is of type %(kind)s."),
    "caf_out_of_range": _lt("Folio %(folio)s is not in the CAF's range %(first)s-%(last)s."),
    "caf_not_yet_valid": _lt("The CAF is valid from %(authorised_on)s on only."),
    "caf_expired": _lt("The CAF expired on %(expired_on)s. Ask the SII for new folios."),
}


def caf_problem_text(env, problem):
    """What is wrong with a CAF and what to do, for people."""
    if problem.code in VAULT:
        return vault_problem_text(env, problem)
    sentence = env._(_CAF[problem.code])
    return sentence % values_told(env, problem.data)

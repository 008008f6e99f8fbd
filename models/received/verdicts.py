from odoo import api, fields, models

from ...sii.transport.replies import DocumentVerdict
from .signer import judge_signer
from .texts import verdict_text

WHOLE, VALID = "whole", "valid"
HELD, UNASKED, WAITING, DIFFERS = "held", "unasked", "waiting", "differs"

_NOT_HELD = {
    DocumentVerdict.DIFFERS: DIFFERS,
    DocumentVerdict.UNKNOWN: "unknown",
    DocumentVerdict.NOT_AUTHORISED: "not_authorised",
}


def sii_verdict(status):
    """The SII's verdict that an answer (sii.transport.replies.DocumentStatus) is."""
    if status.verdict == DocumentVerdict.MATCHES:
        return HELD if status.signature_asked else UNASKED
    return _NOT_HELD[status.verdict]


class VerdictsMixin(models.AbstractModel):
    """Four verdicts on a file that arrived, each for itself: none of them speaks for another.

    Its bytes and their signature; its stamp and folio; its signer (of the signer's mixin); what
    the SII answers.
    """

    _name = "l10n_cl.verdicts.mixin"
    _description = "Verdicts on a received file"
    _inherit = ["l10n_cl.signer.mixin"]

    bytes_verdict = fields.Selection(
        [(WHOLE, "Whole as signed"), ("altered", "Altered or not signed")],
        "File",
        readonly=True,
        help="Whether the file is, byte by byte, what somebody signed. Who, is another verdict.",
    )
    stamp_verdict = fields.Selection(
        [(VALID, "Stamp and folio hold"), ("invalid", "Stamp or folio do not hold")],
        "Stamp",
        readonly=True,
        help="Whether the stamp (TED) is of this document, by a key to which its folio was given.",
    )
    sii_verdict = fields.Selection(
        [
            (WAITING, "Not asked yet"),
            (HELD, "Holds it, signature and all"),
            (UNASKED, "Holds it, signature not asked"),
            (DIFFERS, "Holds another one"),
            ("unknown", "Does not show it"),
            ("not_authorised", "Folio not authorised"),
        ],
        "SII",
        required=True,
        readonly=True,
        default=WAITING,
        help="What the SII answered about number, date, receiver and total, and whether it was "
        "asked about the signature as well.",
    )
    problems = fields.Text("What is wrong", readonly=True)

    @api.model
    def _verdict_values(self, document, authorities):
        """Verdicts on a sii.received.document.ReceivedDte that a company received, as values.

        authorities: whose certificates the company believes (sii.authority.authorities.Store).
        """
        read = document.authenticity
        signer = judge_signer(read, document.signed_at, authorities, read.certificate is None)
        return {
            "bytes_verdict": "altered" if read.signature else WHOLE,
            "stamp_verdict": "invalid" if read.stamp or read.authorisation else VALID,
            "problems": "\n".join(verdict_text(self.env, each) for each in read.problems),
            **self._signer_values(signer, document.signed_at),
        }

from datetime import UTC

from odoo import api, fields, models

from ...sii import clock
from ...sii.authority import chain
from ...sii.authority.chain import Trust
from ..authority.texts import signer_reason_text


class SignerMixin(models.AbstractModel):
    """Who signed something that arrived, and what is known of who certified him.

    A badge: an issuer that is not among our authorities is unknown, which means neither genuine
    nor forged.
    """

    _name = "l10n_cl.signer.mixin"
    _description = "Signer of what arrived"

    chain_verdict = fields.Selection(
        [
            (Trust.ACCREDITED.value, "Known authority"),
            (Trust.RECOGNISED.value, "Known key of simple signatures"),
            (Trust.TEST.value, "Simulator"),
            (Trust.UNKNOWN.value, "Unknown issuer"),
            (Trust.EXPIRED.value, "Not in force when signed"),
            (Trust.BROKEN.value, "Certificate does not hold"),
            (Trust.SELF_SIGNED.value, "Certified by himself"),
            (Trust.MISSING.value, "No certificate"),
        ],
        "Signer",
        readonly=True,
        help="Who certified the signer. It decides over customers' answers; of a document it is "
        "shown, and the SII decides.",
    )
    chain_reason = fields.Char(readonly=True)
    chain_sha1 = fields.Boolean(readonly=True)
    chain_text = fields.Char("About the signer", compute="_compute_chain_text")
    signer_name = fields.Char("Signed by", readonly=True)
    signer_rut = fields.Char("Signer's RUT", readonly=True)
    signer_issuer = fields.Char("Certified by", readonly=True)
    signer_authority = fields.Char("Authority", readonly=True)
    signed_at = fields.Datetime("Signed on", readonly=True)

    @api.depends("chain_verdict", "chain_reason", "chain_sha1", "signer_issuer")
    def _compute_chain_text(self):
        for record in self:
            record.chain_text = " ".join(record._chain_sentences())

    def _chain_sentences(self):
        name = self.signer_issuer or self.env._("nobody that it names")
        sentences = {
            Trust.ACCREDITED: self.env._("%s certified the signer and is a known authority.", name),
            Trust.RECOGNISED: self.env._(
                "%s certified the signer: its key is known from other documents' simple "
                "signatures. That recognises it and accredits nobody.",
                name,
            ),
            Trust.TEST: self.env._("A simulator certified the signer: this is a test world."),
            Trust.UNKNOWN: self.env._(
                "%s, which is not among the known authorities, certified the signer: who signed "
                "is unknown, which says neither that it is genuine nor that it is not.",
                name,
            ),
            Trust.EXPIRED: self.env._("%s certified the signer.", name),
            Trust.BROKEN: self.env._("The signer's certificate does not hold."),
            Trust.SELF_SIGNED: self.env._(
                "The signer certified himself: anybody can call himself so."
            ),
            Trust.MISSING: self.env._("No certificate came with the signature."),
        }
        if self.chain_verdict:
            yield sentences[self.chain_verdict]
        if reason := signer_reason_text(self.env, self.chain_reason):
            yield reason
        if self.chain_sha1:
            yield self.env._("It was certified with SHA-1, as older authorities did.")

    @api.model
    def _signer_values(self, signer, at):
        """What is kept of a sii.authority.chain.Signer who signed at an aware moment, or None."""
        return {
            "chain_verdict": signer.trust.value,
            "chain_reason": signer.reason or False,
            "chain_sha1": signer.sha1,
            "signer_name": signer.holder or False,
            "signer_rut": signer.rut or False,
            "signer_issuer": signer.issuer or False,
            "signer_authority": signer.authority or False,
            "signed_at": at and at.astimezone(UTC).replace(tzinfo=None),
        }


def judge_signer(read, at, authorities, key_matches=True):
    """Who signed (sii.authority.chain.Signer).

    read: of a signature that verifies: its certificate_der, and the others that came along. at:
    aware moment of signing, or None for now. authorities: of a company
    (sii.authority.authorities.Store). key_matches: whether the certificate is of the key that
    signed; of another it proves nothing.
    """
    signer = chain.judge(read.certificate_der, at or clock.now(), authorities, read.others)
    return signer if key_matches or not read.certificate_der else signer.of_other_key()

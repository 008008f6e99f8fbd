import hashlib

from odoo import fields, models

from ...sii.errors import CertificateProblem, InvalidDocument, SignatureProblem
from ..access.intact import AlteredFile
from ..base.texts.errors import error_text


class Issuer(models.Model):
    """Under which name envelopes are sealed today: it changes with cover and certificate."""

    _inherit = "l10n_cl.issuer"

    def _seal_name(self):
        """Under which cover and certificate envelopes are sealed today. CertificateProblem."""
        cover = self._caratula()
        signer = self._signer()
        certificate = hashlib.sha256(signer.certificate_der).hexdigest()[:16]
        parts = (
            self.environment,
            cover.issuer_rut,
            cover.sender_rut,
            f"{cover.resolution_number}/{cover.resolution_date}",
            certificate,
        )
        return " ".join(map(str, parts))


class Envio(models.Model):
    """Before it leaves, an envelope is compared with who the company is to the SII today.

    What was never sent is sealed anew under today's cover and certificate, its documents untouched.
    What may be at the SII keeps its bytes: of it a person decides.
    """

    _inherit = "l10n_cl.envio"

    sealed_as = fields.Char(
        readonly=True,
        copy=False,
        help="Environment, company, sender, resolution and certificate that it was sealed under.",
    )
    may_be_held = fields.Boolean(
        readonly=True, copy=False, help="An upload of it had no answer: the SII may have taken it."
    )

    def _may_leave(self):
        """Whether its bytes are whole and name today's company; else it stops, with a reason.

        What was never sent is sealed anew where it must be. The folios of what may leave are noted
        in the mark's file: a backup that is restored over this database is behind it, and found
        out.
        """
        if not self._is_fit():
            return False
        if not self.issuer_id.is_copy:
            sent = [(document._mark_key(), document.folio) for document in self.dte_ids]
            self.issuer_id._note_sent(sent)
        return True

    def _is_fit(self):
        try:
            if not self._make_fit():
                return False
            self._xml_bytes()
        except AlteredFile as altered:
            self._stop(str(altered), back_to="ready")
        except (CertificateProblem, SignatureProblem, InvalidDocument) as problem:
            self._stop(error_text(self.env, problem), back_to="ready")
        else:
            return True
        return False

    def _make_fit(self):
        """Whether it may leave as it is, or as it was sealed anew; else it stops.

        Raises AlteredFile, CertificateProblem, SignatureProblem and InvalidDocument.
        """
        if text := self._stranger_text():
            self._stop(text, back_to="ready")
            return False
        if self.sealed_as == self.issuer_id._seal_name():
            return True
        if not self.may_be_held:
            self._seal_anew()
            return True
        self._stop(
            self.env._(
                "It may have been sent already, under another certificate, sender or resolution "
                "than today's, and the SII does not show it. Look for its documents on the SII's "
                "portal. If they are not there, press Try Again: it is sealed anew and sent."
            ),
            back_to="ready",
        )
        return False

    def _stranger_text(self):
        """Why documents of this envelope cannot be the issuer's of today; empty when they are."""
        issuer = self.issuer_id
        for document in self.dte_ids:
            if document.issuer_rut != issuer.company_rut:
                return self.env._(
                    "%(document)s was signed for RUT %(signed)s, the company's RUT is %(today)s. "
                    "Nothing was sent. Set the RUT back, or give up the folio.",
                    document=document.display_name,
                    signed=document.issuer_rut,
                    today=issuer.company_rut or self.env._("not set"),
                )
            if document.environment != issuer.environment:
                return self.env._(
                    "%s belongs to the SII's other environment than the issuer's. Nothing was "
                    "sent. Set the issuer's environment back.",
                    document.display_name,
                )
        return ""

    def _seal_anew(self):
        """Seal its documents under today's cover. An altered one stays behind, alone."""
        documents = self._undecided().sorted("id")
        whole = documents.filtered(lambda document: document._is_whole())
        altered = documents - whole
        if not whole:
            altered[:1]._xml_bytes()
        altered._stop_altered()
        altered.envio_id = False
        self.write(self._sealed_values(whole))
        self._note(self.env._("Sealed anew under today's certificate and cover."))

    def _unseal_unfit(self):
        """A person decides that what may have been sent, or whose file is lost, is sealed anew."""
        for envio in self.filtered(lambda each: each.stopped_in == "ready"):
            if not envio._is_whole() or not envio._fits():
                envio.write({"sealed_as": False, "may_be_held": False})

    def _fits(self):
        try:
            return self.sealed_as == self.issuer_id._seal_name()
        except CertificateProblem:
            # nothing can be sealed: it stops again, with that reason
            return True

"""The shop's side of the company: folios of boletas, and buyers without a name."""

import base64

from lxml import etree

from .common import ACTECO, COMPANY_RUT, RESOLUTION_DATE, SIGNER_RUT, SiiCase

NS = {"s": "http://www.sii.cl/SiiDte"}


class BoletaCase(SiiCase):
    @classmethod
    def _register_at_sii(cls):
        result = super()._register_at_sii()
        cls.sii.register_company(
            {
                "rut": COMPANY_RUT,
                "name": cls.company.name,
                "resolution_date": RESOLUTION_DATE,
                "resolution_number": 0,
                "actecos": [ACTECO],
                "types": [33, 34, 39, 41, 56, 61],
                "users": [SIGNER_RUT],
            }
        )
        return result

    def setUp(self):
        super().setUp()
        self.cafs |= {code: self.load_caf(code, 1000) for code in (39, 41)}
        self.nobody = self.env.ref("l10n_cl.par_cfa")

    def boleta(self, lines=None, code=39, **values):
        """A posted boleta for nobody in particular."""
        lines = lines or [{"tax_ids": False} if code == 41 else {}]
        return self.post(**{"code": code, "lines": lines, "partner_id": self.nobody.id, **values})

    def texts(self, move, path):
        xml = etree.fromstring(base64.b64decode(move.l10n_cl_dte_id.xml))
        return [element.text for element in xml.iterfind(f".//s:{path}", NS)]

    def assert_accepted(self, moves):
        for move in moves:
            verdict = move.l10n_cl_dte_sii_text, move.l10n_cl_reason_ids.mapped("code")
            self.assertEqual(move.l10n_cl_dte_state, "accepted", verdict)

    def held(self, move):
        """What the SII holds of a boleta's folio."""
        document = move.l10n_cl_dte_id
        return self.sii.documents(COMPANY_RUT, document.document_code, document.folio)

    def asked(self, operation):
        return [each for each in self.exchanges() if each["operation"] == operation]

    def script(self, on, do, **entry):
        self.sii.add_to_script({"on": on, "do": do, **entry})

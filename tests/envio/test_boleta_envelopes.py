"""Many boletas in one envelope: each gets its own verdict, none suffers for another."""

from ..boleta_case import BoletaCase


class TestBoletaEnvelopes(BoletaCase):
    def boletas(self, count):
        moves = self.env["account.move"]
        for number in range(count):
            moves |= self.boleta(lines=[{"price_unit": 1000 + number}])
        return moves

    def folio(self, move):
        return {"type": 39, "folio": move.l10n_cl_dte_id.folio}

    def test_ten_in_one(self):
        moves = self.boletas(10)
        self.run_crons()
        self.assert_accepted(moves)
        self.assertEqual(len(moves.l10n_cl_dte_ids.envio_id), 1)
        self.assertEqual(len(self.asked("boleta_upload")), 1)

    def test_both_kinds_in_one_and_facturas_apart(self):
        moves = self.boleta() + self.boleta(code=41) + self.post()
        self.run_crons()
        self.assert_accepted(moves)
        envios = moves.l10n_cl_dte_ids.envio_id
        self.assertEqual(sorted(envios.mapped("channel")), ["boleta", "dte"])

    def test_each_has_its_own_result(self):
        moves = self.boletas(10)
        rejected, objected = moves[3], moves[7]
        self.script("document", "reject:HED-3-861", match=self.folio(rejected))
        self.script("document", "object:HED-2-510", match=self.folio(objected))
        self.run_crons()
        self.assert_accepted(moves - rejected - objected)
        self.assertEqual(rejected.l10n_cl_dte_state, "rejected")
        self.assertEqual(rejected.l10n_cl_reason_ids.code, "HED-3-861")
        self.assertEqual(len(rejected.activity_ids), 1)
        self.assertEqual(objected.l10n_cl_dte_state, "objected")
        self.assertEqual(objected.l10n_cl_reason_ids.code, "HED-2-510")
        self.assertFalse(self.asked("boleta_document_status"), "the envelope's status names them")

    def test_all_rejected(self):
        moves = self.boletas(3)
        self.script("document", "reject:HED-3-861", times=3)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"rejected"})

    def test_wrong_cover_is_not_tried_in_pieces(self):
        self.issuer.resolution_date = "2001-01-01"
        moves = self.boletas(4)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"rejected"})
        self.assertEqual(len(self.asked("boleta_upload")), 1)

    def test_a_refused_envelope_goes_out_in_halves(self):
        moves = self.boletas(5)
        documents = moves.l10n_cl_dte_ids.sudo()
        damaged = self.env["l10n_cl.envio"].sudo()._seal(documents)
        damaged.write(
            damaged._file_values(
                damaged._xml_bytes().replace(b"<TmstFirmaEnv>20", b"<TmstFirmaEnv>19")
            )
        )
        self.run_crons()
        self.assertEqual(damaged.state, "refused")
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"signed"})
        self.run_crons()
        self.assert_accepted(moves)
        self.assertEqual(len(documents.envio_id), 2)

    def test_one_that_cannot_be_sealed_stays_behind(self):
        moves = self.boletas(4)
        spoiled = moves[1].l10n_cl_dte_id.sudo()
        spoiled.write(
            spoiled._file_values(spoiled._xml_bytes().replace(b"<MntTotal>", b"<MntTotal>9"))
        )
        self.run_crons()
        self.assert_accepted(moves - moves[1])
        self.assertEqual(spoiled.state, "exception")
        self.assertEqual(len(moves[1].activity_ids), 1)

    def test_a_certification_set_goes_by_the_other_channel(self):
        moves = self.boletas(3)
        envio = self.env["l10n_cl.envio"].sudo()._seal(moves.l10n_cl_dte_ids.sudo(), "dte")
        self.run_crons()
        self.assert_accepted(moves)
        self.assertEqual(envio.state, "processed")
        self.assertEqual(len(self.asked("upload")), 1)
        self.assertFalse(self.asked("boleta_upload"))

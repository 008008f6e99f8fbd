"""What happens behind the scenes is reported in the language of the company that reads it."""

from ..emission.emission_case import EmissionCase


class TestLanguage(EmissionCase):
    def test_what_crons_write_is_read_by_the_company(self):
        self.env["res.lang"]._activate_lang("es_CL")
        self.company.partner_id.lang = "es_CL"
        self.sii.add_to_script({"on": "upload", "do": "503"})
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.sii_text, "El SII respondió HTTP 503.")
        waiting = move.with_context(lang="es_CL").l10n_cl_dte_waiting_text
        self.assertIn("El SII respondió HTTP 503. Se enviará al SII. Próximo paso:", waiting)

    def test_labels_that_one_model_borrows_from_another(self):
        self.env["res.lang"]._activate_lang("es_CL")
        caf = self.env["l10n_cl.caf"].with_context(lang="es_CL")
        labels = dict(caf.fields_get(["environment"])["environment"]["selection"])
        self.assertEqual(labels["certification"], "Certificación (maullin)")

    def test_what_is_owed_is_named_by_its_day(self):
        self.env["res.lang"]._activate_lang("es_CL")
        statement = self.statement()
        statement.due_date = "2026-03-02"
        named = statement.with_context(lang="es_CL").display_name
        self.assertEqual(named, f"{statement.order_id.name} · 02-03-2026")

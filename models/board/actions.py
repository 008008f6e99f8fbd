import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from ..access.entry import EMITTER, MANAGER, entry

# So many files at once, and bytes of each: a CAF has a few thousand
_MOST_FILES, _MOST_BYTES = 50, 100_000
_HEAD_BYTES = 500


class Board(models.AbstractModel):
    """What is done on the page itself."""

    _inherit = "l10n_cl.board"

    @api.model
    @entry("read", EMITTER)
    def ask_sii(self):
        """Button: ask now about what was sent, whenever its turn would be."""
        envios = self.env["l10n_cl.envio"].sudo()
        waiting = envios.search(
            [("company_id", "in", self._companies().ids), ("state", "=", "sent")], limit=1000
        )
        # what another worker holds is being asked about
        waiting.try_lock_for_update(allow_referencing=True).write({"next_attempt_at": False})
        envios._wake("poll")
        envios._wake("send")

    @api.model
    @entry("read", EMITTER)
    def load_files(self, files):
        """Button: files of folios and of suppliers together, each to where it belongs.

        files: as of ``load_folios``. Returns ``results`` of those of folios, and ``action``, what
        came of the others (False when there are none). Raises UserError: of the others nothing
        can be used.
        """
        folios = [file for file in files if self._is_of_folios(file)]
        others = [file for file in files if file not in folios]
        results = [self._load_caf(str(file.get("name")), file["content"]) for file in folios]
        return {"results": results, "action": self._receive(others) if others else False}

    def _is_of_folios(self, file):
        try:
            start = base64.b64decode(file.get("content") or "")[:_HEAD_BYTES]
        except (binascii.Error, ValueError, TypeError):
            return False
        return b"<AUTORIZACION" in start

    def _receive(self, files):
        attachments = self.env["ir.attachment"].create(
            [{"name": str(file.get("name")), "datas": file.get("content")} for file in files]
        )
        wizard = self.env["l10n_cl.receive"].create({"attachment_ids": attachments.ids})
        return wizard.action_load()

    @api.model
    @entry("read", MANAGER)
    def load_folios(self, files):
        """Files of folios that were dropped, each by itself.

        files: dicts of ``name`` and ``content`` (base64). Returns a dict for each: ``name``,
        ``done`` and ``text``, what became of it.
        """
        if len(files) > _MOST_FILES:
            raise UserError(self.env._("Drop %s files at most.", _MOST_FILES))
        return [self._load_caf(str(file.get("name")), file.get("content") or "") for file in files]

    def _load_caf(self, name, content):
        try:
            if len(base64.b64decode(content, validate=True)) > _MOST_BYTES:
                raise UserError(self.env._("This is too big to be a CAF."))
            with self.env.cr.savepoint():
                caf = self.env["l10n_cl.caf"].create({"file": content})
        except (binascii.Error, ValueError, TypeError):
            return self._result(name, False, self.env._("The file did not arrive whole."))
        except UserError as problem:
            return self._result(name, False, str(problem))
        return self._result(name, True, caf.display_name)

    def _result(self, name, done, text):
        return {"name": name, "done": done, "text": text}

"""Files of many documents: a job makes them piece by piece, and offers zips when it ends."""

import io
import zipfile

from odoo import models

from ..access.entry import VIEWER, entry
from ..base.job.works import WORKS, Outcome, Work

# of one zip that is offered: what a browser fetches and a worker holds in memory without trouble
_LARGEST = 64 * 2**20
# What marks the zip of one piece until it is put together with others
_PART = "l10n_cl.job part"


class _Files(Work):
    model = "l10n_cl.dte"
    group = VIEWER
    extension = ""
    # XML is compressed well, a PDF is compressed already
    compression = zipfile.ZIP_DEFLATED

    def in_order(self, documents):
        return documents.search([("id", "in", documents.ids)], order="document_code, folio, id")

    def skipped_text(self, job, document):
        if document._printed():
            return ""
        return document.env._("It is not signed, or no valid tax document.")

    def do(self, job, documents):
        files = {self._name(document): self._bytes(document) for document in documents}
        _keep(job, f"{job.work}_{job.done:06}.zip", self._zip(files.items()), _PART)
        return {document: Outcome(self._name(document)) for document in documents}

    def close(self, job):
        """Put parts together, so many as make one zip; whether none is left."""
        parts = job.file_ids.filtered(lambda file: file.description == _PART).sorted("id")
        if not parts:
            return True
        together, size = parts[:1], parts[0].file_size
        for part in parts[1:]:
            if (size := size + part.file_size) > _LARGEST:
                break
            together |= part
        number = len(job.file_ids - parts) + 1
        content = self._zip(_members(together))
        _keep(job, f"{job.display_name.replace('#', '')} {number}.zip", content, False)
        left = parts - together
        together.unlink()
        return not left

    def _name(self, document):
        return document.xml_name.removesuffix("xml") + self.extension

    def _bytes(self, document):
        raise NotImplementedError

    def _zip(self, files):
        """The zip of (name, bytes) pairs."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", self.compression) as archive:
            for name, content in files:
                archive.writestr(name, content)
        return buffer.getvalue()


def _members(parts):
    """(name, bytes) of every file in some zips, one zip at a time."""
    for part in parts:
        with zipfile.ZipFile(io.BytesIO(part.raw)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)


def _keep(job, name, content, mark):
    values = {"name": name, "raw": content, "description": mark, "mimetype": "application/zip"}
    place = {"res_model": job._name, "res_id": job.id}
    job.file_ids |= job.env["ir.attachment"].create(values | place)


class _Xml(_Files):
    """The signed documents, byte by byte."""

    extension = "xml"
    most = 500

    def label(self, env):
        return env._("XML files")

    def _bytes(self, document):
        return document.sudo()._xml_bytes()


class _Pdf(_Files):
    """The prints; each takes a run of wkhtmltopdf."""

    extension = "pdf"
    compression = zipfile.ZIP_STORED
    most = 10

    def label(self, env):
        return env._("PDF files")

    def _bytes(self, document):
        return document._source()._l10n_cl_pdf()


WORKS["xml"] = _Xml()
WORKS["pdf"] = _Pdf()


class AccountMove(models.Model):
    _inherit = "account.move"

    @entry("read", VIEWER)
    def l10n_cl_action_files(self, extension):
        """Action: the job that makes a zip of the tax documents, as ``xml`` or ``pdf``."""
        return self.l10n_cl_dte_id.action_files(extension)


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    @entry("read", VIEWER)
    def action_files(self, extension):
        """Action: the job that makes a zip of them, as ``xml`` or ``pdf``."""
        if extension not in ("xml", "pdf"):
            raise ValueError(extension)
        return self.env["l10n_cl.job"]._ask(extension, self)._open()

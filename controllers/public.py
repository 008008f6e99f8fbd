"""A tax document for whoever was given its token: its buyer, mostly from a ticket's QR code."""

from odoo.http import Controller, content_disposition, request, route
from odoo.tools.misc import get_lang

from ..models.access.intact import AlteredFile
from .door import PRIVATE, not_found

_URL = "/l10n_cl_sii/document/<string:token>"


class PublicDocument(Controller):
    """Nothing of a document is shown without its token, and every wrong token gets the same 404."""

    @route(_URL, type="http", auth="public", methods=["GET"], sitemap=False)
    def page(self, token):
        document = self._find(token)
        answer = request.render("l10n_cl_sii.public_document", {"document": document})
        answer.headers.extend(PRIVATE)
        return answer

    @route(f"{_URL}/pdf", type="http", auth="public", methods=["GET"], sitemap=False)
    def pdf(self, token):
        document = self._find_valid(token)
        name = document.xml_name.removesuffix(".xml") + ".pdf"
        return self._file(document._public_pdf_bytes, name, "application/pdf")

    @route(f"{_URL}/xml", type="http", auth="public", methods=["GET"], sitemap=False)
    def xml(self, token):
        document = self._find_valid(token)
        return self._file(document._xml_bytes, document.xml_name, "text/xml")

    def _find(self, token):
        document = request.env["l10n_cl.dte"]._find_public(token)
        if not document:
            raise not_found()
        # it speaks the language of who issued it, whatever the browser asks for
        language = get_lang(request.env, document.company_id.partner_id.lang or "es_CL").code
        request.update_context(lang=language)
        return document.with_context(lang=language)

    def _find_valid(self, token):
        """What was rejected or given up is no document: there is nothing to download."""
        document = self._find(token)
        if not document._printed():
            raise request.not_found()
        text = request.env._("Documents were downloaded by their public addresses.")
        company = document.company_id
        request.env["l10n_cl.trace"]._count(
            "download", company, text, f"company {company.id}", daily=True, of_all=True
        )
        return document

    def _file(self, read, name, kind):
        """The file that ``read()`` gives; what was altered on the server is not given out."""
        try:
            content = read()
        except AlteredFile:
            text = request.env._("This document cannot be given out now. Ask who issued it.")
            headers = {"Content-Type": "text/plain; charset=utf-8", **PRIVATE}
            return request.make_response(text, list(headers.items()), status=409)
        headers = {
            "Content-Type": kind,
            "Content-Length": len(content),
            "Content-Disposition": content_disposition(name),
            **PRIVATE,
        }
        return request.make_response(content, list(headers.items()))
